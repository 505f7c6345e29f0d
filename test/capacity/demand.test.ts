import { describe, expect, test } from '@jest/globals';
import { demandOf, raised, roundUp } from '../../capacity/demand.ts';
import { USUAL } from '../../capacity/habits.ts';
import { LIMITS, limitsIn, raiseText } from '../../capacity/limits.ts';
import { planFor, planOf } from '../../capacity/plan.ts';
import { aPublishedSale } from '../support/sales.ts';

const HAS = limitsIn('us-east-1');

const needsOf = (wanted: Parameters<typeof planFor>[0]) =>
  Object.fromEntries(demandOf(planFor(wanted), HAS, USUAL).needs.map((need) => [need.limit, need]));

describe('planFor()', () => {
  test('admits so many that everybody has an answer in time, unless it is told a rate', () => {
    const wanted = { shoppers: 100_000, units: 100, seconds: 60, limit: 1 };
    expect(planFor(wanted)).toMatchObject({
      perSecond: 1_667,
      shards: 7,
      expectedShoppers: 100_000,
    });
    expect(planFor({ ...wanted, perSecond: 500 })).toMatchObject({ perSecond: 500, shards: 3 });
  });

  test('takes any number up to the limit for as likely as another', () => {
    expect(planFor({ shoppers: 1, units: 1, seconds: 1, limit: 3 }).unitsPerOrder).toBe(2);
  });
});

describe('planOf()', () => {
  const sale = aPublishedSale();

  test('is the size of a sale file: its admission, and all of its items together', () => {
    const [item] = sale.items;
    if (item === undefined) throw new Error('Cannot test: the sale has no item');
    const items = [
      { ...item, units: 80, limit: 1 },
      { ...item, units: 80, limit: 3 },
    ];
    const admission = { ...sale.admission, expectedShoppers: 900, perSecond: 300 };
    expect(planOf({ ...sale, items, admission })).toMatchObject({
      shoppers: 900,
      perSecond: 300,
      units: 160,
      // Two for each item: 80 units in 40s, and 300 buys a second in 250s.
      shards: 4,
      unitsPerOrder: 1.5,
      paymentWindow: sale.paymentWindow,
      open: (sale.closesAt - sale.opensAt) / 1_000,
    });
  });

  test('counts stock without end as no units', () => {
    const items = sale.items.map((item) => ({ ...item, units: 'unlimited' as const }));
    expect(planOf({ ...sale, items }, 500)).toMatchObject({
      shoppers: 500,
      units: 0,
      shards: 0,
      unitsPerOrder: 1,
    });
  });
});

describe('demandOf()', () => {
  test('asks for what 10,000 units and a million shoppers need in a minute', () => {
    const needs = needsOf({ shoppers: 1_000_000, units: 10_000, seconds: 60, limit: 1 });
    // 16,667 admitted a second; 30 % of the crowd is there at the opening: flag, press and a look each 3.75 s.
    expect(needs['buyRate']).toMatchObject({ need: 16_667, has: 5_000, ask: 17_000 });
    expect(needs['edgeRequests']?.need).toBeCloseTo(300_000 * (2 + 1 / 3.75) + 16_667, 0);
    expect(needs['buyEnvironments']).toMatchObject({ need: 1_667, has: 500, ask: 1_700 });
    expect(needs['apiRate']?.factor).toBeGreaterThan(1.6);
    expect(needs['partitionWrites']?.need).toBeCloseTo((16_667 * 4) / 250, 0);
  });

  test('names no number for what nobody can raise, and none for what is enough', () => {
    const needs = needsOf({ shoppers: 1_000_000, units: 10_000, seconds: 60, limit: 1 });
    expect(needs['newEnvironments']?.factor).toBeGreaterThan(1);
    expect(needs['newEnvironments']).not.toHaveProperty('ask');
    expect(needs['busCalls']).not.toHaveProperty('ask');
  });

  test('has the worst first', () => {
    const { needs } = demandOf(
      planFor({ shoppers: 1e6, units: 1e4, seconds: 60, limit: 1 }),
      HAS,
      USUAL,
    );
    const factors = needs.map(({ factor }) => factor);
    expect(factors).toEqual(factors.toSorted((a, b) => b - a));
  });

  test('lets in all who are there at once where nobody waits for a slot', () => {
    const plan = {
      ...planFor({ shoppers: 10_000, units: 10, seconds: 60, limit: 1 }),
      expectedShoppers: 0,
    };
    const needs = demandOf(plan, HAS, USUAL).needs;
    expect(needs.find(({ limit }) => limit === 'buyRate')?.need).toBe(3_000);
  });
});

describe('raised()', () => {
  test('leaves nothing exceeded but what nobody can raise', () => {
    const plan = planFor({ shoppers: 1_000_000, units: 10_000, seconds: 60, limit: 1 });
    const more = raised(plan, HAS, USUAL);
    const exceeded = demandOf(plan, more, USUAL).needs.filter(({ factor }) => factor > 1);
    expect(exceeded).toEqual([]);
    expect(more.readyEnvironments).toBe(1_667);
  });
});

describe('roundUp()', () => {
  test('has two digits, and is never less', () => {
    expect([0, 7, 99.2, 100, 16_667, 17_000].map(roundUp)).toEqual([
      0, 7, 100, 100, 17_000, 17_000,
    ]);
  });
});

describe('limitsIn()', () => {
  test('has a quarter of the rate in a small Region, and fewer events in one that is not named', () => {
    expect(limitsIn('eu-south-1')).toMatchObject({
      apiRate: 2_500,
      apiBurst: 1_250,
      busCalls: 400,
    });
    expect(limitsIn('eu-central-1')).toMatchObject({
      apiRate: 10_000,
      apiBurst: 5_000,
      busCalls: 2_400,
    });
  });

  test('has the sizes of the stage, and the account’s environments where none are kept', () => {
    expect(limitsIn('us-east-1', 'dev')).toMatchObject({ buyBurst: 5_000, buyEnvironments: 1_000 });
    expect(limitsIn('us-east-1', 'prod')).toMatchObject({ buyBurst: 2_500, buyEnvironments: 500 });
  });
});

describe('LIMITS', () => {
  test.each(Object.entries(LIMITS))(
    '%s says how it is raised, and where it is from',
    (_name, limit) => {
      expect(raiseText(limit)).not.toBe('');
      expect(limit.source).toMatch(/^https:\/\/|^capacity\/sizes\.ts$/);
      if (limit.raise.by === 'quota' && 'code' in limit.raise) {
        expect(limit.raise.code).toMatch(/^L-[0-9A-F]{8}$/);
      }
    },
  );

  test('says so where no source for a code was found', () => {
    const raise = { by: 'quota', service: 'scheduler', name: 'Some rate' } as const;
    expect(raiseText({ ...LIMITS.schedulesRun, raise })).toBe(
      '"Some rate" (code unverified) of scheduler',
    );
  });
});
