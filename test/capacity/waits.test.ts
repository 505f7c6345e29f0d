import { describe, expect, test } from '@jest/globals';
import { MEAN_AGAIN_SECONDS } from '../../capacity/coming-again.ts';
import { USUAL } from '../../capacity/habits.ts';
import { limitsIn } from '../../capacity/limits.ts';
import { simulate } from '../../capacity/model.ts';
import { planFor } from '../../capacity/plan.ts';
import { runSeconds } from '../../capacity/run-time.ts';
import type { TickRow } from '../../capacity/second.ts';
import { TICKS_PER_SECOND } from '../../capacity/tick.ts';
import { type Quantiles, waits } from '../../capacity/waits.ts';

const aTick = (some: Partial<TickRow>): TickRow => ({
  ...{ notYourTurn: 0, throttledEdge: 0, throttledApi: 0, throttledLambda: 0, throttledTable: 0 },
  ...{ busy: 0, soldOut: 0, sold: 0, retries: 0, fresh: 0, comeAgain: 0, edgeRequests: 0 },
  ...{ apiRequests: 0, runs: 0, busySeconds: 0, paid: 0, released: 0, gaveUp: 0, latencyMs: 0 },
  ...{ cold: 0, environments: 0, queue: 0, writes: 0 },
  ...some,
});

/** What came of it, tick by tick. */
function seen(rows: readonly Partial<TickRow>[]) {
  const watch = waits();
  for (const row of rows) watch.see(aTick(row));
  return watch.all();
}

const ranks = (answer: Quantiles | undefined) => [answer?.p50, answer?.p95, answer?.p99];

describe('waits()', () => {
  test('is a run of the function where everybody is answered at once', () => {
    const { course, seconds } = seen(Array(TICKS_PER_SECOND).fill({ fresh: 10, sold: 10 }));
    expect(ranks(course.answer)).toEqual([0.5, 0.95, 0.99].map((rank) => runSeconds(rank, 0)));
    expect(course.request).toEqual(course.answer);
    expect(seconds).toEqual([course]);
  });

  test('adds a wait for each refusal: as many answers had one more as were refused once more', () => {
    // From the first tick on 100 press, of whom and of all who come again four in ten are answered.
    const [share, fresh] = [0.4, 100];
    const returning: number[] = [];
    const rows = Array.from({ length: 600 }, (_, tick) => {
      const back = [10, 11, 12, 13, 14].reduce(
        (sum, ago) => sum + (returning[tick - ago] ?? 0) / 5,
        0,
      );
      const pressing = fresh + back;
      returning.push(pressing * (1 - share));
      return { fresh, sold: pressing * share, comeAgain: pressing * (1 - share) };
    });
    const { answer } = seen(rows).course;
    // Geometric: 0.4 after none, 0.64 after at most one, 0.784, 0.870, 0.922, 0.953; 0.990 after nine.
    expect(answer?.p50).toBeGreaterThan(MEAN_AGAIN_SECONDS);
    expect(answer?.p50).toBeLessThan(MEAN_AGAIN_SECONDS + 0.5);
    expect(Math.floor((answer?.p95 ?? 0) / MEAN_AGAIN_SECONDS)).toBe(5);
    expect(Math.floor((answer?.p99 ?? 0) / MEAN_AGAIN_SECONDS)).toBe(8);
  });

  test('counts who is answered, not who gives up', () => {
    const rows = [{ fresh: 100, sold: 50, gaveUp: 50 }, ...Array(20).fill({})];
    expect(seen(rows).course.answer?.p99).toBeLessThan(0.2);
  });

  test('says nothing of a second in which nobody was answered', () => {
    const { seconds } = seen([...Array(TICKS_PER_SECOND).fill({ fresh: 5, comeAgain: 5 })]);
    expect(seconds).toEqual([{ request: undefined, answer: undefined }]);
  });

  test('has cold starts among the longest requests, in their share', () => {
    const { course } = seen([{ fresh: 100, sold: 100, cold: 2 }]);
    expect(course.request?.p95).toBeLessThan(0.2);
    expect(course.request?.p99).toBeGreaterThan(0.36);
  });

  test('sees all whom a course answers', () => {
    const plan = planFor({ shoppers: 50_000, units: 500, seconds: 5, limit: 1 });
    const watch = waits();
    const limits = { ...limitsIn('us-east-1'), readyEnvironments: 450 };
    simulate({ plan, limits, habits: USUAL }, 'edge', watch.see);
    const { course, seconds } = watch.all();
    // Ten thousand a second where five are let through: half of them wait.
    expect(course.answer?.p50).toBeGreaterThan(0.03);
    expect(course.answer?.p95).toBeGreaterThan(MEAN_AGAIN_SECONDS);
    expect(seconds[0]?.answer?.p99).toBeLessThan(MEAN_AGAIN_SECONDS);
  });
});
