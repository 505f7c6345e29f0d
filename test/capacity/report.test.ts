import { describe, expect, test } from '@jest/globals';
import { costOf, naiveCostOf } from '../../capacity/cost.ts';
import { USUAL } from '../../capacity/habits.ts';
import { limitsIn } from '../../capacity/limits.ts';
import { simulate } from '../../capacity/model.ts';
import { planFor } from '../../capacity/plan.ts';
import { PRICES } from '../../capacity/prices.ts';
import { reportOf } from '../../capacity/report.ts';
import type { Second } from '../../capacity/second.ts';
import { summaryOf } from '../../capacity/summary.ts';

const LIMITS = limitsIn('us-east-1');
const plan = planFor({ shoppers: 100_000, units: 100, seconds: 60, limit: 1 });
const setting = { plan, limits: { ...LIMITS, readyEnvironments: 100 }, habits: USUAL };

const aSecond = (some: Partial<Second>): Second => ({
  ...{ notYourTurn: 0, throttledEdge: 0, throttledApi: 0, throttledLambda: 0, throttledTable: 0 },
  ...{ busy: 0, soldOut: 0, sold: 0, clicks: 0, retries: 0, admitted: 0, edgeRequests: 0 },
  ...{ apiRequests: 0, runs: 0, busySeconds: 0, paid: 0, released: 0, gaveUp: 0, latencyMs: 0 },
  ...{ environments: 0, queue: 0, writes: 0, fresh: 0, comeAgain: 0, cold: 0 },
  ...some,
});

const NOBODY = { waiting: 0, comingAgain: 0, ordered: 0, toldSoldOut: 0, gaveUp: 0 };

const lineOf = (cost: ReturnType<typeof costOf>, what: string) =>
  cost.lines.find((line) => line.what === what);

describe('costOf()', () => {
  const seconds = [
    aSecond({
      clicks: 1e6,
      edgeRequests: 4e6,
      apiRequests: 1e6,
      runs: 1e6,
      busySeconds: 4e4,
      writes: 1e6,
    }),
    aSecond({ sold: 100, paid: 80, released: 20 }),
  ];
  const cost = costOf(setting, { seconds, refused: [], people: NOBODY });

  test('multiplies what was used by its price', () => {
    expect(lineOf(cost, 'API Gateway requests')?.usd).toBeCloseTo(3.5);
    expect(lineOf(cost, 'DynamoDB write units')?.usd).toBeCloseTo(0.625, 3);
    // 200 messages, and 290 sweeps of one range: three calls each.
    expect(lineOf(cost, 'SQS calls')?.count).toBe(3 * (200 + 285));
    expect(lineOf(cost, 'EventBridge events')?.count).toBe(200);
  });

  test('adds what was asked for before the opening by those who were there', () => {
    // 30,000 × (6 + 6 + 20) requests.
    expect(lineOf(cost, 'CloudFront requests')?.count).toBe(4e6 + 960_000);
    expect(lineOf(cost, 'CloudFront requests')?.usd).toBeCloseTo(4.96);
  });

  test('pays for what stands ready by the second, from the warm-up on', () => {
    // 100 × 0.5 GB from 15 minutes before the opening until half an hour after the slots, which last a minute.
    const count = 100 * 0.5 * (900 + 60 + 1_800);
    const { count: counted = 0, usd = 0 } = lineOf(cost, 'Lambda provisioned GB-seconds') ?? {};
    // Less than one part in a thousand: a whole number of shoppers a second is not exactly a minute.
    expect(Math.abs(counted - count)).toBeLessThan(count / 1000);
    expect(usd).toBeCloseTo(counted * PRICES.provisionedGbSecond);
  });

  test('is the sum of its lines', () => {
    expect(cost.usd).toBeCloseTo(cost.lines.reduce((sum, { usd }) => sum + usd, 0));
  });
});

describe('naiveCostOf()', () => {
  test('is dearer behind the edge by far: nobody is turned away before a function', () => {
    const built = costOf(setting, simulate(setting, 'edge'));
    const naive = naiveCostOf(setting);
    const api = (cost: typeof built) => lineOf(cost, 'API Gateway requests')?.usd ?? 0;
    expect(api(naive)).toBeGreaterThan(20 * api(built));
  });
});

describe('summaryOf()', () => {
  test('says in which second the stock was gone, and everybody had an answer', () => {
    const small = planFor({ shoppers: 100, units: 10, seconds: 1, limit: 1 });
    const seconds = [
      aSecond({ sold: 9 }),
      aSecond({ sold: 1, soldOut: 50, queue: 7 }),
      aSecond({ soldOut: 38, gaveUp: 1 }),
    ];
    expect(summaryOf(small, { seconds, refused: [], people: NOBODY })).toMatchObject({
      soldOutAfter: 2,
      answeredAfter: 3,
      peak: { sold: 9 },
      queue: { most: 7, until: 2 },
    });
    expect(
      summaryOf(small, { seconds: seconds.slice(0, 1), refused: [], people: NOBODY }),
    ).toMatchObject({
      soldOutAfter: undefined,
      answeredAfter: undefined,
    });
  });
});

describe('reportOf()', () => {
  test('suggests the rate that was asked for where the account takes it', () => {
    const { admission, scenes } = reportOf(plan, LIMITS, USUAL);
    expect(admission).toMatchObject({ expectedShoppers: 100_000, perSecond: 1_667 });
    expect(scenes.asItIs.soldOutAfter).toBe(1);
  });

  test('suggests less where it does not, and then fewer are throttled', () => {
    const tooFast = planFor({ shoppers: 1_000_000, units: 10_000, seconds: 60, limit: 1 });
    const { admission, scenes } = reportOf(tooFast, LIMITS, USUAL);
    expect(admission.perSecond).toBe(4_500);
    expect(admission.slotSeconds).toBeCloseTo(222.2, 1);
    expect(scenes.suggested.outcomes.throttledApi).toBeLessThan(
      scenes.asItIs.outcomes.throttledApi / 10,
    );
    expect(scenes.naive.soldOutAfter).toBeGreaterThan(100);
  });
});
