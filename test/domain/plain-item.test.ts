import { describe, expect, test } from '@jest/globals';
import { apply, holds, type Plain } from '../../domain/plain-item.ts';
import {
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
  unset,
} from '../../domain/write.ts';

const ITEM: Plain = { avail: 3, state: 'OPEN', soldOut: false, held: new Set(['a']) };
const item = { table: 'stock', pk: 'x' } as const;

describe('holds()', () => {
  test.each<[string, Condition, boolean, boolean]>([
    ['equals a number', equals('avail', 3), true, false],
    ['equals another', equals('avail', 4), false, false],
    ['equals false', equals('soldOut', false), true, false],
    ['atLeast the value', atLeast('avail', 3), true, false],
    ['atLeast one more', atLeast('avail', 4), false, false],
    ['below the value', below('avail', 3), false, false],
    ['below one more', below('avail', 4), true, false],
    // A comparison with what is not a number is false, in DynamoDB too.
    ['atLeast of a text', atLeast('state', 0), false, false],
    ['below of what is missing', below('leaseAt', 9), false, false],
    ['has a member', has('held', 'a'), true, false],
    ['has no such member', has('held', 'b'), false, false],
    ['lacks a member', lacks('held', 'a'), false, true],
    ['lacks where there is no set', lacks('sold', 'a'), true, true],
    ['missing an attribute', missing('sold'), true, true],
    ['missing one that is there', missing('held'), false, true],
    ['present', present('held'), true, false],
    ['absent', absent, false, true],
    ['exists', exists, true, false],
    ['all of some', all(equals('avail', 3), exists), true, false],
    ['all but one', all(equals('avail', 3), absent), false, false],
    ['any of some', any(absent, equals('avail', 3)), true, true],
    ['any of none', any(equals('avail', 9), below('avail', 0)), false, false],
  ])('%s', (_, condition, ofItem, ofNothing) => {
    expect(holds(ITEM, condition)).toBe(ofItem);
    expect(holds(undefined, condition)).toBe(ofNothing);
  });
});

describe('apply()', () => {
  const changed = (from: Plain, ...change: Change[]) => apply(from, { item, change }).item;

  test('replaces an item as a whole by a put', () => {
    const { item: now, answer } = apply(ITEM, { item, put: { cap: 1 } });
    expect([now, answer]).toEqual([{ cap: 1 }, { kind: 'done' }]);
  });

  test('changes nothing where the condition fails, and brings the item that refused', () => {
    const refused = apply(ITEM, { item, when: absent, put: { cap: 1 } });
    expect(refused).toEqual({ item: ITEM, answer: { kind: 'refused', item: ITEM } });
    const nothing = apply(undefined, { item, when: exists, change: [set('a', 1)] });
    expect(nothing).toEqual({ item: undefined, answer: { kind: 'refused', item: undefined } });
  });

  test('sets, unsets and adds, from 0 where nothing was', () => {
    expect(changed({ a: 1, b: 2 }, set('a', 5), unset('b'), add('c', 2), add('a', -1))).toEqual({
      a: 4,
      c: 2,
    });
    expect(changed(undefined, add('c', 2))).toEqual({ c: 2 });
  });

  test('inserts into sets and removes from them, and never leaves an empty one', () => {
    expect(changed(undefined, insert('held', 'a', 'b'))).toEqual({ held: new Set(['a', 'b']) });
    expect(changed(ITEM, insert('held', 'a'))).toEqual(ITEM);
    expect(changed({ held: new Set(['a', 'b']) }, remove('held', 'b', 'z'))).toEqual({
      held: new Set(['a']),
    });
    expect(changed(ITEM, remove('held', 'a'))).not.toHaveProperty('held');
    expect(changed({}, remove('held', 'a'))).toEqual({});
  });

  test('changes nothing in place', () => {
    const before = structuredClone(ITEM);
    changed(ITEM, add('avail', -1), insert('held', 'b'), remove('held', 'a'), unset('state'));
    expect(ITEM).toEqual(before);
  });

  test('answers the item as it is afterwards only where it is asked for', () => {
    const change = [add('avail', 1)];
    expect(apply({ avail: 1 }, { item, change }).answer).toEqual({ kind: 'done' });
    expect(apply({ avail: 1 }, { item, change, returns: 'new' }).answer).toEqual({
      kind: 'done',
      item: { avail: 2 },
    });
  });
});
