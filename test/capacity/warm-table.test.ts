import { describe, expect, test } from '@jest/globals';
import { TICKS_PER_SECOND } from '../../capacity/tick.ts';
import { warmTable } from '../../capacity/warm-table.ts';

const HALF_AN_HOUR = 1_800 * TICKS_PER_SECOND;

/** Uses so much a second, for some seconds. */
function use(table: ReturnType<typeof warmTable>, perSecond: number, ticks: number) {
  for (let tick = 0; tick < ticks; tick++) table.use(perSecond / TICKS_PER_SECOND);
}

describe('warmTable()', () => {
  test('takes its warm throughput, and no more, at first', () => {
    expect(warmTable(4_000, 40_000).room() * TICKS_PER_SECOND).toBe(4_000);
  });

  test('takes twice its peak half an hour after it, and not a step before', () => {
    const table = warmTable(4_000, 40_000);
    use(table, 3_500, HALF_AN_HOUR - 1);
    expect(table.room() * TICKS_PER_SECOND).toBeCloseTo(4_000);
    use(table, 3_500, 1);
    expect(table.room() * TICKS_PER_SECOND).toBeCloseTo(7_000);
  });

  test('never takes less than before', () => {
    const table = warmTable(4_000, 40_000);
    use(table, 1_000, HALF_AN_HOUR);
    expect(table.room() * TICKS_PER_SECOND).toBeCloseTo(4_000);
  });

  test('never grows beyond the quota', () => {
    const table = warmTable(4_000, 5_000);
    use(table, 4_000, HALF_AN_HOUR);
    expect(table.room() * TICKS_PER_SECOND).toBe(5_000);
    expect(warmTable(9_000, 5_000).room() * TICKS_PER_SECOND).toBe(5_000);
  });
});
