import { describe, expect, test } from '@jest/globals';
import type { SweepMessage } from '../../domain/messages.ts';
import { isRange } from '../../domain/sweep-range.ts';

const RANGE: SweepMessage = { v: 1, kind: 'sweep', saleId: 'night', sku: 'lamp', block: 0 };

const read = (message: unknown) => isRange(message as SweepMessage);

describe('isRange()', () => {
  test('takes a range of an item', () => {
    expect(read(RANGE)).toBe(true);
    expect(read({ ...RANGE, saleId: 'a'.repeat(40), block: 124 })).toBe(true);
  });

  test.each([
    ...[7, 'night', [], {}, { ...RANGE, v: 2 }, { ...RANGE, kind: 'order' }],
    ...[undefined, '', 7, ['night'], {}, 'a'.repeat(41), 'a#b'].flatMap((name) => [
      { ...RANGE, saleId: name },
      { ...RANGE, sku: name },
    ]),
    ...[undefined, '0', -1, 0.5, Number.NaN, [0]].map((block) => ({ ...RANGE, block })),
  ])('takes no %j', (message) => {
    expect(read(message)).toBe(false);
  });
});
