/** @module Compiles a step to a DynamoDB expression: the other half of `domain/plain-item.ts`. */

import type {
  AttributeValue,
  PutItemCommandInput,
  UpdateItemCommandInput,
} from '@aws-sdk/client-dynamodb';
import type { Change, Condition, Put, Table, Update } from '../domain/write.ts';
import { storedItem, storedKey, storedMember, storedSet, storedValue } from './dynamo-item.ts';

/** The name of each table. A function that never touches one need not know it. */
export type Tables = Readonly<Partial<Record<Table, string>>>;

/** The table that a key lies in. @throws {TypeError} when the function was not told of it */
export function tableOf(tables: Tables, table: Table): string {
  const name = tables[table];
  if (name === undefined)
    throw new TypeError(`Cannot reach table "${table}": it is not configured`);
  return name;
}

/** A put as the SDK sends it. */
export function putInput(tables: Tables, { item, when, put }: Put): PutItemCommandInput {
  const input = { TableName: tableOf(tables, item.table), Item: storedItem(item, put) };
  if (when === undefined) return input;
  const terms = new Terms();
  return {
    ...input,
    ConditionExpression: conditionOf(when, terms),
    ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
    ...terms.maps(),
  };
}

/** An update as the SDK sends it. */
export function updateInput(tables: Tables, update: Update): UpdateItemCommandInput {
  const { item, when, change, returns } = update;
  const terms = new Terms();
  return {
    TableName: tableOf(tables, item.table),
    Key: storedKey(item),
    ...(when && {
      ConditionExpression: conditionOf(when, terms),
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
    }),
    UpdateExpression: changesOf(change, terms),
    ...(returns && { ReturnValues: 'ALL_NEW' }),
    ...terms.maps(),
  };
}

/** Placeholders: attribute names may be reserved words, and values never stand in an expression. */
class Terms {
  readonly #names = new Map<string, string>();
  readonly #values: AttributeValue[] = [];

  name(attr: string): string {
    const known = this.#names.get(attr);
    if (known !== undefined) return known;
    const name = `#${this.#names.size}`;
    this.#names.set(attr, name);
    return name;
  }

  value(value: AttributeValue): string {
    this.#values.push(value);
    return `:${this.#values.length - 1}`;
  }

  maps(): Pick<UpdateItemCommandInput, 'ExpressionAttributeNames' | 'ExpressionAttributeValues'> {
    const names = [...this.#names].map(([attr, name]) => [name, attr]);
    const values = this.#values.map((value, index) => [`:${index}`, value]);
    return {
      ExpressionAttributeNames: Object.fromEntries(names),
      // An empty map is refused.
      ...(values.length > 0 && { ExpressionAttributeValues: Object.fromEntries(values) }),
    };
  }
}

function conditionOf(condition: Condition, terms: Terms): string {
  switch (condition.op) {
    case 'all':
      return joined(condition.of, ' AND ', terms);
    case 'any':
      return joined(condition.of, ' OR ', terms);
    case 'equals':
      return `${terms.name(condition.attr)} = ${terms.value(storedValue(condition.value))}`;
    case 'atLeast':
      return `${terms.name(condition.attr)} >= ${terms.value(storedValue(condition.value))}`;
    case 'below':
      return `${terms.name(condition.attr)} < ${terms.value(storedValue(condition.value))}`;
    case 'has':
      return `contains(${terms.name(condition.attr)}, ${terms.value(storedMember(condition.member))})`;
    case 'lacks': {
      const attr = terms.name(condition.attr);
      const member = terms.value(storedMember(condition.member));
      return `attribute_not_exists(${attr}) OR NOT contains(${attr}, ${member})`;
    }
    case 'missing':
      return `attribute_not_exists(${terms.name(condition.attr)})`;
    case 'present':
      return `attribute_exists(${terms.name(condition.attr)})`;
  }
}

/** DynamoDB refuses parentheses that are redundant: only a part with parts of its own, beside another, gets them. */
function joined(conditions: readonly Condition[], operator: string, terms: Terms): string {
  const parts = conditions.map((one) => ({ text: conditionOf(one, terms), isPlain: isPlain(one) }));
  const [only] = parts;
  if (only !== undefined && parts.length === 1) return only.text;
  return parts.map(({ text, isPlain: bare }) => (bare ? text : `(${text})`)).join(operator);
}

/** Whether a condition compiles to one comparison. */
function isPlain(condition: Condition): boolean {
  if (condition.op === 'lacks') return false;
  const [only, ...others] = 'of' in condition ? condition.of : [];
  if (!('of' in condition)) return true;
  return only !== undefined && others.length === 0 && isPlain(only);
}

const CLAUSE = {
  set: 'SET',
  unset: 'REMOVE',
  add: 'ADD',
  insert: 'ADD',
  remove: 'DELETE',
} as const;

function changesOf(changes: readonly Change[], terms: Terms): string {
  const clauses = Map.groupBy(changes, ({ op }) => CLAUSE[op]);
  return [...clauses]
    .map(([clause, ones]) => `${clause} ${ones.map((one) => changeOf(one, terms)).join(', ')}`)
    .join(' ');
}

function changeOf(change: Change, terms: Terms): string {
  const attr = terms.name(change.attr);
  switch (change.op) {
    case 'set':
      return `${attr} = ${terms.value(storedValue(change.value))}`;
    case 'unset':
      return attr;
    case 'add':
      return `${attr} ${terms.value(storedValue(change.by))}`;
    case 'insert':
    case 'remove':
      return `${attr} ${terms.value(storedSet(change.members))}`;
  }
}
