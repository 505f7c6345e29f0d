/** @module Writes on plain objects: for the in-memory twin and the exhaustive exploration. */

import type { Attributes, Change, Condition, Value, Write, WriteAnswer } from './write.ts';

/** An item, or none. */
export type Plain = Attributes | undefined;

type Members = ReadonlySet<string | number>;

/** What becomes of an item, and what the writer is told. Nothing is changed in place. */
export function apply(
  item: Plain,
  write: Write,
): { readonly item: Plain; readonly answer: WriteAnswer } {
  if (write.when !== undefined && !holds(item, write.when)) {
    return { item, answer: { kind: 'refused', item } };
  }
  if ('put' in write) return { item: write.put, answer: { kind: 'done' } };
  const changed = write.change.reduce(change, item ?? {});
  return {
    item: changed,
    answer: write.returns ? { kind: 'done', item: changed } : { kind: 'done' },
  };
}

/** Whether a condition holds for an item, as DynamoDB decides it. */
export function holds(item: Plain, condition: Condition): boolean {
  switch (condition.op) {
    case 'all':
      return condition.of.every((one) => holds(item, one));
    case 'any':
      return condition.of.some((one) => holds(item, one));
    case 'equals':
      return item?.[condition.attr] === condition.value;
    case 'atLeast':
      return numberAt(item, condition.attr) >= condition.value;
    case 'below':
      return numberAt(item, condition.attr) < condition.value;
    case 'has':
      return membersAt(item, condition.attr).has(condition.member);
    case 'lacks':
      return !membersAt(item, condition.attr).has(condition.member);
    case 'missing':
      return !isThere(item, condition.attr);
    case 'present':
      return isThere(item, condition.attr);
  }
}

function change(item: Attributes, one: Change): Attributes {
  switch (one.op) {
    case 'set':
      return { ...item, [one.attr]: one.value };
    case 'unset':
      return without(item, one.attr);
    case 'add':
      return { ...item, [one.attr]: ((item[one.attr] as number | undefined) ?? 0) + one.by };
    case 'insert':
      return withSet(item, one.attr, new Set([...membersAt(item, one.attr), ...one.members]));
    case 'remove':
      return withSet(
        item,
        one.attr,
        less(membersAt(item, one.attr), new Set<string | number>(one.members)),
      );
  }
}

/** DynamoDB has no empty set: a set that loses its last member is gone. */
const withSet = (item: Attributes, attr: string, members: Members): Attributes =>
  members.size === 0 ? without(item, attr) : { ...item, [attr]: members as Value };

const less = (from: Members, taken: Members): Members =>
  new Set([...from].filter((member) => !taken.has(member)));

function without(item: Attributes, attr: string): Attributes {
  const { [attr]: _, ...rest } = item;
  return rest;
}

/** A comparison with a missing number is false: NaN compares false with everything. */
const numberAt = (item: Plain, attr: string): number => {
  const value = item?.[attr];
  return typeof value === 'number' ? value : Number.NaN;
};

const membersAt = (item: Plain, attr: string): Members => {
  const value = item?.[attr];
  return value instanceof Set ? value : new Set();
};

/** The key is not among the attributes, but an item that is there has one. */
const isThere = (item: Plain, attr: string): boolean =>
  item !== undefined && (attr === 'pk' || item[attr] !== undefined);
