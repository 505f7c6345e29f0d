/** @module Statements of a web ACL, as predicates. */

import { type BlockList, isIPv6 } from 'node:net';
import { FIELD_MEMBERS, fieldOf, keyFieldOf, type WafRequest } from './field.ts';
import { allow, choose, type Fail, type Fields, fields, kindOf, listOf } from './json.ts';
import { rateTest } from './rate.ts';

export type Test = (request: WafRequest, now: number) => boolean;

export type StatementContext = {
  /** Sets of addresses by their ARN. */
  readonly addressSets: ReadonlyMap<string, BlockList>;
  readonly fail: Fail;
};

type Compile = (given: Fields, context: StatementContext) => Test;

type Compare<T> = (value: string, wanted: T) => boolean;

const POSITIONS: Readonly<Record<string, Compare<string>>> = {
  EXACTLY: (value, wanted) => value === wanted,
  STARTS_WITH: (value, wanted) => value.startsWith(wanted),
  ENDS_WITH: (value, wanted) => value.endsWith(wanted),
  CONTAINS: (value, wanted) => value.includes(wanted),
};

const sizeIs =
  (compare: (size: number, wanted: number) => boolean): Compare<number> =>
  (value, wanted) =>
    compare(Buffer.byteLength(value), wanted);

const SIZES: Readonly<Record<string, Compare<number>>> = {
  EQ: sizeIs((size, wanted) => size === wanted),
  NE: sizeIs((size, wanted) => size !== wanted),
  LT: sizeIs((size, wanted) => size < wanted),
  LE: sizeIs((size, wanted) => size <= wanted),
  GT: sizeIs((size, wanted) => size > wanted),
  GE: sizeIs((size, wanted) => size >= wanted),
};

/** @throws {Error} naming the web ACL and what of the statement nobody here knows */
export function testOf(statement: unknown, context: StatementContext): Test {
  const [kind, given] = kindOf(statement, context.fail);
  return choose(KINDS, kind, context.fail)(given, context);
}

const byteMatch: Compile = (given, { fail }) => {
  allow(given, [...FIELD_MEMBERS, 'PositionalConstraint', 'SearchString'], fail);
  const field = fieldOf(given, fail);
  const compare = choose(POSITIONS, given['PositionalConstraint'], fail);
  const wanted = String(given['SearchString']);
  return (request) => field(request).some((value) => compare(value, wanted));
};

const regexMatch: Compile = (given, { fail }) => {
  allow(given, [...FIELD_MEMBERS, 'RegexString'], fail);
  const field = fieldOf(given, fail);
  const pattern = new RegExp(String(given['RegexString']));
  return (request) => field(request).some((value) => pattern.test(value));
};

const sizeConstraint: Compile = (given, { fail }) => {
  allow(given, [...FIELD_MEMBERS, 'ComparisonOperator', 'Size'], fail);
  const field = fieldOf(given, fail);
  const compare = choose(SIZES, given['ComparisonOperator'], fail);
  const wanted = Number(given['Size']);
  return (request) => field(request).some((value) => compare(value, wanted));
};

const addressSet: Compile = (given, { addressSets, fail }) => {
  allow(given, ['Arn'], fail);
  const set = addressSets.get(String(given['Arn']));
  if (set === undefined) throw fail(`there is no IP set "${given['Arn']}"`);
  return ({ sourceIp }) => set.check(sourceIp, isIPv6(sourceIp) ? 'ipv6' : 'ipv4');
};

const all = ({ Statements }: Fields, context: StatementContext): readonly Test[] =>
  listOf(Statements).map((one) => testOf(one, context));

const and: Compile = (given, context) => {
  const tests = all(given, context);
  return (request, now) => tests.every((test) => test(request, now));
};

const or: Compile = (given, context) => {
  const tests = all(given, context);
  return (request, now) => tests.some((test) => test(request, now));
};

const not: Compile = ({ Statement }, context) => {
  const test = testOf(Statement, context);
  return (request, now) => !test(request, now);
};

const RATE_MEMBERS = [
  'AggregateKeyType',
  'CustomKeys',
  'EvaluationWindowSec',
  'Limit',
  'ScopeDownStatement',
];

const rateBased: Compile = (given, context) => {
  const { fail } = context;
  allow(given, RATE_MEMBERS, fail);
  const keyOf = choose(AGGREGATES, given['AggregateKeyType'], fail)(given, fail);
  const scope = given['ScopeDownStatement'];
  const isCounted = scope === undefined ? () => true : testOf(scope, context);
  const test = rateTest({
    limit: Number(given['Limit']),
    windowMs: 1000 * Number(given['EvaluationWindowSec'] ?? 300),
    keyOf,
  });
  return (request, now) => isCounted(request, now) && test(request, now);
};

type KeyOf = (request: WafRequest) => string | undefined;

const AGGREGATES: Readonly<Record<string, (given: Fields, fail: Fail) => KeyOf>> = {
  IP: () => (request) => request.sourceIp,
  CUSTOM_KEYS: ({ CustomKeys }, fail) => {
    const parts = listOf(CustomKeys).map((key) => {
      const [kind, named] = kindOf(key, fail);
      return keyFieldOf(kind, fields(named), fail);
    });
    return (request) => {
      const values = parts.map((part) => part(request)[0]);
      // AWS WAF counts no request that lacks one of the keys.
      return values.includes(undefined) ? undefined : values.join('\n');
    };
  },
};

const KINDS: Readonly<Record<string, Compile>> = {
  ByteMatchStatement: byteMatch,
  RegexMatchStatement: regexMatch,
  SizeConstraintStatement: sizeConstraint,
  IPSetReferenceStatement: addressSet,
  AndStatement: and,
  OrStatement: or,
  NotStatement: not,
  RateBasedStatement: rateBased,
  // AWS keeps these rules to itself: here they match nothing, and the stack says so when it starts.
  ManagedRuleGroupStatement: () => () => false,
};
