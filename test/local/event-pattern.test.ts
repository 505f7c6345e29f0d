import { describe, expect, test } from '@jest/globals';
import { matchesPattern } from '../../local/services/event-pattern.ts';

const EVENT = { source: 'shop', detail: { sku: 'lamp-1', amount: 5, tags: ['a', 'b'] } };

describe('matchesPattern()', () => {
  test.each([
    [{ source: ['shop'] }, { source: ['other'] }],
    [{ source: ['other', 'shop'] }, { source: [null] }],
    [{ detail: { tags: ['b'] } }, { detail: { tags: ['c'] } }],
    [{ detail: { sku: [{ prefix: 'lamp' }] } }, { detail: { sku: [{ prefix: '1' }] } }],
    [{ detail: { sku: [{ suffix: '-1' }] } }, { detail: { amount: [{ suffix: '5' }] } }],
    [{ detail: { sku: [{ exists: true }] } }, { detail: { sku: [{ exists: false }] } }],
    [{ detail: { none: [{ exists: false }] } }, { detail: { none: [{ exists: true }] } }],
    // What every object or text has is in no event.
    [{ constructor: [{ exists: false }] }, { constructor: [{ exists: true }] }],
    [{ source: { length: [{ exists: false }] } }, { source: { length: [4] } }],
    [
      { source: [{ 'equals-ignore-case': 'SHOP' }] },
      { source: [{ 'equals-ignore-case': 'SHOPS' }] },
    ],
    [{ source: [{ 'anything-but': ['x', 'y'] }] }, { source: [{ 'anything-but': 'shop' }] }],
    [
      { detail: { amount: [{ numeric: ['>', 4, '<=', 5] }] } },
      { detail: { amount: [{ numeric: ['>=', 4, '<', 5] }] } },
    ],
    [{ detail: { amount: [{ numeric: ['=', 5] }] } }, { detail: { sku: [{ numeric: ['=', 5] }] } }],
  ])('takes %j and leaves %j', (taken, left) => {
    expect(matchesPattern(taken, EVENT)).toBe(true);
    expect(matchesPattern(left, EVENT)).toBe(false);
  });

  test('names what it does not know', () => {
    expect(() => matchesPattern({ source: [{ wildcard: 's*' }] }, EVENT)).toThrow(
      'Cannot match "wildcard": unknown to the local stack',
    );
  });
});
