import { describe, expect, test } from '@jest/globals';
import { limitsIn } from '../../capacity/limits.ts';
import { planFor } from '../../capacity/plan.ts';
import { ledger } from '../../capacity/refusals.ts';
import { views } from '../../capacity/views.ts';

const LIMITS = { ...limitsIn('us-east-1'), partitionReads: 3_000, warmReads: 12_000 };

/** 400 shards: the status and two hints, 1.5 read units for each look besides the sale's own. */
const plan = { ...planFor({ shoppers: 1e6, units: 400, seconds: 60, limit: 1 }), shards: 400 };

/** Refused of so many in a tenth of a second, and by which limits. */
function refusedOf(reached: number, environments: number, other: Partial<typeof LIMITS> = {}) {
  const { note, take } = ledger();
  const refused = views(plan, { ...LIMITS, ...other }, note).refused(reached, environments);
  const by = Object.entries(take()).flatMap(([limit, count]) => (count > 0 ? [limit] : []));
  return { refused, by };
}

describe('views()', () => {
  test('lets as many environments read the sale as its partition has units', () => {
    // Each reads once a second, for one unit of the sale: 3,000 can.
    expect(refusedOf(30_000, 3_000)).toEqual({ refused: 0, by: [] });
    expect(refusedOf(30_000, 6_000)).toEqual({ refused: 15_000, by: ['partitionReads'] });
  });

  test('lets as many read status and hints as the table has units, warm or in all', () => {
    // 1,000 × 1.5 a second.
    expect(refusedOf(10_000, 1_000, { warmReads: 1_500 })).toEqual({ refused: 0, by: [] });
    expect(refusedOf(10_000, 1_000, { warmReads: 750 })).toEqual({
      refused: 5_000,
      by: ['warmReads'],
    });
    expect(refusedOf(10_000, 1_000, { tableReads: 750 }).by).toEqual(['tableReads']);
  });

  test('reads for no environment that nobody asks', () => {
    // Ten presses in a tenth of a second are a hundred a second, whatever stands ready.
    expect(refusedOf(10, 100_000)).toEqual({ refused: 0, by: [] });
    expect(refusedOf(0, 100_000)).toEqual({ refused: 0, by: [] });
  });
});
