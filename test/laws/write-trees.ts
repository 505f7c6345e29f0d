/** @module Random conditions and changes, as deep and as odd as the types of `domain/write.ts` allow. */

import fc from 'fast-check';
import {
  type Attributes,
  absent,
  add,
  all,
  any,
  atLeast,
  below,
  type Change,
  type Condition,
  equals,
  exists,
  has,
  insert,
  lacks,
  missing,
  present,
  remove,
  set,
  type Update,
  unset,
  type Value,
} from '../../domain/write.ts';
import { aHolder } from '../domain/claim-builders.ts';

const HOLDERS = [1, 2, 3].map((attempt) => aHolder('ada', { attempt }));

const holder = fc.constantFrom(...HOLDERS);
const small = fc.integer({ min: -2, max: 3 });
const number = fc.oneof({ weight: 4, arbitrary: small }, fc.maxSafeInteger());
const state = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom('PENDING', 'RESERVED', 'PAID') },
  fc.constantFrom('', 'ü\u{1f600}', 'a b', ':0', '#0', "' OR 1=1"),
);

/** Attributes by what they hold; among them words that DynamoDB reserves, and names that no expression takes bare. */
const NUMBERS = ['avail', 'count', 'size'] as const;
const TEXTS = ['state', 'order', 'a-b.c'] as const;
const HELD = ['held', 'sold'] as const;
const ANY = [...NUMBERS, ...TEXTS, ...HELD, 'soldOut', 'empty', 'none'] as const;

const anyAttr = fc.constantFrom(...ANY);

/** Comparisons that fit their attribute, and at times ones that do not. */
const simple: fc.Arbitrary<Condition> = fc.oneof(
  fc.constantFrom(absent, exists),
  fc.tuple(fc.constantFrom(...NUMBERS), number).map(([attr, value]) => atLeast(attr, value)),
  fc.tuple(fc.constantFrom(...NUMBERS), number).map(([attr, value]) => below(attr, value)),
  fc.tuple(fc.constantFrom(...NUMBERS), number).map(([attr, value]) => equals(attr, value)),
  fc.tuple(fc.constantFrom(...TEXTS), state).map(([attr, value]) => equals(attr, value)),
  fc.boolean().map((value) => equals('soldOut', value)),
  fc.tuple(fc.constantFrom(...HELD), holder).map(([attr, one]) => has(attr, one)),
  fc.tuple(fc.constantFrom(...HELD), holder).map(([attr, one]) => lacks(attr, one)),
  small.map((one) => has('empty', one)),
  small.map((one) => lacks('empty', one)),
  anyAttr.map(missing),
  anyAttr.map(present),
  fc
    .tuple(anyAttr, fc.oneof(state, number, fc.boolean()))
    .map(([attr, value]) => equals(attr, value)),
  fc.tuple(anyAttr, number).map(([attr, value]) => atLeast(attr, value)),
  fc.tuple(anyAttr, number).map(([attr, value]) => below(attr, value)),
);

/** Trees of them. */
const conditions: fc.Arbitrary<Condition> = fc.letrec<{ tree: Condition }>((tie) => ({
  tree: fc.oneof(
    { depthSize: 'small', withCrossShrink: true, maxDepth: 4 },
    simple,
    fc.array(tie('tree'), { minLength: 1, maxLength: 3 }).map((of) => all(...of)),
    fc.array(tie('tree'), { minLength: 1, maxLength: 3 }).map((of) => any(...of)),
  ),
})).tree;

const some = <T>(of: fc.Arbitrary<T>) => fc.uniqueArray(of, { minLength: 1, maxLength: 3 });

/** Changes that fit their attribute: DynamoDB refuses others as mistakes. */
const change: fc.Arbitrary<Change> = fc.oneof(
  fc.tuple(fc.constantFrom(...NUMBERS), number).map(([attr, value]) => set(attr, value)),
  fc.tuple(fc.constantFrom(...NUMBERS), small).map(([attr, by]) => add(attr, by)),
  fc.tuple(fc.constantFrom(...TEXTS), state).map(([attr, value]) => set(attr, value)),
  fc.boolean().map((value) => set('soldOut', value)),
  fc.tuple(fc.constantFrom(...HELD), some(holder)).map(([attr, ones]) => insert(attr, ...ones)),
  fc.tuple(fc.constantFrom(...HELD), some(holder)).map(([attr, ones]) => remove(attr, ...ones)),
  fc.tuple(fc.constantFrom(...HELD), some(holder)).map(([attr, ones]) => set(attr, new Set(ones))),
  some(small).map((ones) => insert('empty', ...ones)),
  some(small).map((ones) => remove('empty', ...ones)),
  some(small).map((ones) => set('empty', new Set(ones))),
  anyAttr.map(unset),
);

/** DynamoDB refuses two changes of one attribute in one update. */
const changes = fc.uniqueArray(change, {
  minLength: 1,
  maxLength: 6,
  selector: ({ attr }) => attr,
});

const values: fc.Arbitrary<Readonly<Record<string, Value>>> = fc.record(
  {
    avail: number,
    count: number,
    state,
    order: state,
    soldOut: fc.boolean(),
    held: some(holder).map((ones) => new Set(ones)),
    empty: some(small).map((ones) => new Set(ones)),
  },
  { requiredKeys: ['avail'] },
);

/** Whole items. */
export const items: fc.Arbitrary<Attributes> = values;

type Unplaced = Omit<Update, 'item'> | { readonly when?: Condition; readonly put: Attributes };

const when = fc.option(conditions, { nil: undefined });

/** Writes that want only a key. */
export const writes: fc.Arbitrary<Unplaced> = fc
  .oneof(
    { weight: 3, arbitrary: fc.record({ when, change: changes, news: fc.boolean() }) },
    { weight: 1, arbitrary: fc.record({ when, put: items }) },
  )
  .map(({ when: condition, ...rest }) => {
    const only = condition === undefined ? {} : { when: condition };
    if ('put' in rest) return { ...only, put: rest.put };
    return { ...only, change: rest.change, ...(rest.news && { returns: 'new' as const }) };
  });
