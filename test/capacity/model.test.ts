import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { USUAL } from '../../capacity/habits.ts';
import type { Limits } from '../../capacity/limits.ts';
import { type Course, simulate } from '../../capacity/model.ts';
import { ordersOf, type Plan, planFor } from '../../capacity/plan.ts';
import { OUTCOMES } from '../../capacity/second.ts';
import type { Design } from '../../capacity/setting.ts';
import { habits, LIMITS, limits, plans, ROUNDING } from './arbitrary.ts';

const designs = fc.constantFrom<Design>('edge', 'naive');

const sumOf = ({ seconds }: Course, name: keyof Course['seconds'][number]) =>
  seconds.reduce((sum, second) => sum + second[name], 0);

/** By how much each law is broken, at worst: none by more than rounding. An `expect` for each second would take minutes. */
function breachesOf(plan: Plan, limit: Limits, { seconds, people }: Course) {
  const stock = ordersOf({ ...plan, shoppers: Number.POSITIVE_INFINITY });
  let [api, sold, released] = [0, 0, 0];
  const worst = { negative: 0, lost: 0, environments: 0, bucket: 0, oversold: 0, missing: 0 };
  const note = (law: keyof typeof worst, by: number) => {
    worst[law] = Math.max(worst[law], by);
  };
  for (const [index, second] of seconds.entries()) {
    const outcomes = OUTCOMES.map((name) => second[name]);
    note('negative', -Math.min(...outcomes));
    // Every press ends in exactly one outcome.
    note('lost', Math.abs(outcomes.reduce((total, one) => total + one, 0) - second.clicks));
    note('environments', second.environments - limit.concurrency);
    api += second.apiRequests;
    note('bucket', api - limit.apiBurst - limit.apiRate * (index + 1));
    sold += second.sold;
    released += second.released;
    // No unit is sold twice, but for those that came back.
    note('oversold', sold - released - stock);
  }
  const everybody = Object.values(people).reduce((total, one) => total + one, 0);
  note('missing', Math.abs(everybody - plan.shoppers));
  note('negative', -Math.min(...Object.values(people)));
  return worst;
}

describe('simulate()', () => {
  test('loses no press and no shopper, sells no unit twice, and keeps every bucket', () => {
    fc.assert(
      fc.property(plans, limits, habits, designs, (plan, limit, habit, design) => {
        const course = simulate({ plan, limits: limit, habits: habit }, design);
        for (const by of Object.values(breachesOf(plan, limit, course))) {
          expect(by).toBeLessThanOrEqual(ROUNDING);
        }
      }),
      { numRuns: 25 },
    );
  }, 120_000);

  test('admits no more than the rate of the slots, where nobody has to come again', () => {
    const plan = planFor({ shoppers: 100_000, units: 100_000, seconds: 100, limit: 1 });
    const roomy = { ...LIMITS, readyEnvironments: 500, warmWrites: 40_000, edgeRequests: 1e9 };
    const { seconds } = simulate({ plan, limits: roomy, habits: USUAL }, 'edge');
    let admitted = 0;
    for (const [index, second] of seconds.slice(0, 100).entries()) {
      admitted += second.admitted - second.busy;
      expect(admitted).toBeLessThanOrEqual(plan.perSecond * (index + 1) * 1.001);
    }
    // All who are there at the end of the slots were admitted.
    expect(admitted).toBeGreaterThan(0.8 * plan.shoppers);
  });

  test('sells everything that a crowd wants, and tells all others', () => {
    const plan = planFor({ shoppers: 50_000, units: 1_000, seconds: 60, limit: 1 });
    const patient = { ...USUAL, givesUp: 0, comesBack: 0, pays: 1 };
    const course = simulate({ plan, limits: LIMITS, habits: patient }, 'edge');
    expect(sumOf(course, 'sold')).toBeCloseTo(1_000, 1);
    expect(course.people.toldSoldOut).toBeCloseTo(49_000, 0);
  });

  test('is throttled by CloudFront when the whole crowd is there in one second', () => {
    const plan = planFor({ shoppers: 1_000_000, units: 100, seconds: 60, limit: 1 });
    const { seconds } = simulate({ plan, limits: LIMITS, habits: USUAL }, 'edge');
    expect(seconds[0]?.edgeRequests).toBeCloseTo(250_000, -1);
    expect(seconds[0]?.throttledEdge).toBeGreaterThan(100_000);
  });

  test('throttles in Lambda at a cold opening, and not at one that was warmed up', () => {
    const plan = {
      ...planFor({ shoppers: 5_000, units: 5_000, seconds: 1, limit: 1 }),
      expectedShoppers: 0,
    };
    const all = { ...USUAL, present: 1 };
    const at = (readyEnvironments: number) =>
      simulate({ plan, limits: { ...LIMITS, readyEnvironments }, habits: all }, 'edge').seconds[0];
    expect(at(0)?.latencyMs).toBeGreaterThan(80);
    expect(at(500)?.latencyMs).toBeCloseTo(40);
    expect(at(500)?.throttledLambda).toBeLessThan(at(0)?.throttledLambda ?? 0);
  });

  test('sells as fast as the table takes writes: three for an order', () => {
    const plan = planFor({ shoppers: 300_000, units: 300_000, seconds: 60, limit: 1 });
    const rest = { ...LIMITS, readyEnvironments: 500, edgeRequests: 1e9, warmWrites: 3_000 };
    const { seconds } = simulate({ plan, limits: rest, habits: USUAL }, 'edge');
    expect(seconds[10]?.sold).toBeCloseTo(1_000, 0);
    expect(seconds[10]?.throttledTable).toBeGreaterThan(1_000);
  });

  test('meets the limit of one partition where all units lie in one shard', () => {
    const plan = {
      ...planFor({ shoppers: 50_000, units: 40_000, seconds: 10, limit: 1 }),
      shards: 1,
    };
    const rest = { ...LIMITS, readyEnvironments: 500, warmWrites: 40_000 };
    const { seconds } = simulate({ plan, limits: rest, habits: USUAL }, 'edge');
    // Of 1,000 write units: a shard of more than 40 units is larger than 1 KB.
    expect(Math.max(...seconds.map(({ sold }) => sold))).toBeCloseTo(500, 0);
  });

  test('sells again what was not paid, after the window, the grace and a sweep', () => {
    const plan = planFor({ shoppers: 10_000, units: 100, seconds: 10, limit: 1 });
    const { seconds } = simulate({ plan, limits: LIMITS, habits: USUAL }, 'edge');
    const again = seconds.findIndex(({ released }) => released > 1);
    // Ordered in the first seconds, due 16 minutes after that, and swept at the next full one.
    expect(again).toBe(1_020);
    // A fifth of the hundred, in whole but for the few that came in the second before.
    const back = seconds[again]?.released ?? 0;
    expect(back).toBeGreaterThan(19);
    expect(back).toBeLessThanOrEqual(20);
    const sold = seconds.slice(again, again + 6).reduce((sum, second) => sum + second.sold, 0);
    expect(sold).toBeCloseTo(back, 1);
  });

  test('says "busy" until a sweep has proven it, where there are too many shards to scan', () => {
    const few = {
      ...planFor({ shoppers: 200_000, units: 2_000, seconds: 60, limit: 1 }),
      shards: 2_000,
    };
    const many = { ...few, shards: 2_001, units: 2_001 };
    const soldOut = (plan: Plan) =>
      simulate({ plan, limits: LIMITS, habits: USUAL }, 'edge').seconds.findIndex(
        (second) => second.soldOut > 1,
      );
    expect(soldOut(few)).toBeLessThan(20);
    expect(soldOut(many)).toBeGreaterThanOrEqual(60);
  });

  test('has unlimited stock for everybody, at one write each', () => {
    const plan = {
      ...planFor({ shoppers: 1_000, units: 1, seconds: 10, limit: 1 }),
      units: 0,
      shards: 0,
    };
    const course = simulate(
      { plan, limits: LIMITS, habits: { ...USUAL, givesUp: 0, pays: 0 } },
      'edge',
    );
    expect(sumOf(course, 'sold')).toBeCloseTo(1_000, 0);
    // One for the claim and one for the record; each is released later, and recorded again.
    expect(sumOf(course, 'writes')).toBeCloseTo(3_000, -1);
  });

  test('is the same each time', () => {
    const plan = planFor({ shoppers: 10_000, units: 100, seconds: 10, limit: 1 });
    const setting = { plan, limits: LIMITS, habits: USUAL };
    expect(simulate(setting, 'edge')).toEqual(simulate(setting, 'edge'));
  });
});
