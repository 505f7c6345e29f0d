import { describe, expect, test } from '@jest/globals';
import { openingAt } from '../../domain/sale.ts';
import type { Place } from '../../load/place.ts';
import { UNSEEN } from '../../load/report.ts';
import { runElsewhere } from '../../load/run-elsewhere.ts';
import { runScenario } from '../../load/run-scenario.ts';
import { SCENARIOS, type Scenario } from '../../load/scenarios.ts';
import type { CallCount } from '../../local/calls.ts';
import { type FakeShop, startFakeShop } from './fake-shop.ts';

const AHEAD_MS = 180_000;
const call = (name: string, operation: string): CallCount => ({
  function: name,
  service: 'dynamodb',
  operation,
  table: 'Stock',
  calls: 3,
  errors: 0,
  writeUnits: 3,
  readUnits: 0,
});

/** A place whose stack is a fake shop: every stretch of calls that is asked for is a win's. */
function placeAt(shop: FakeShop, scenario: Scenario, log: string[]): Place {
  const published = { doorKey: 'sesame', salt: '', slotSeed: '', publishedAt: 0 };
  return {
    stack: {
      siteUrl: shop.url,
      settle: async () => {},
      clock: {
        now: shop.now,
        advance: async (ms) => {
          log.push(`advance ${Math.round(ms / 60_000)} min`);
          shop.advance(ms);
          if (ms > 600_000) shop.expire();
        },
      },
      calls: {
        snapshot: () => [],
        since: () => [call('Buy', 'UpdateItem'), call('Sweep', 'BatchGetItem')],
      },
      requests: { front: {}, waf: {}, api: {}, functions: {} },
    },
    sale: { ...openingAt(scenario.sale, shop.now() + AHEAD_MS), ...published },
    audit: async (answers) => {
      log.push(`audit ${answers?.length} answers`);
      return { ...UNSEEN, promises: { ...UNSEEN.promises, 'no-leak': true } };
    },
    restock: async (units) => {
      log.push(`restock ${units}`);
      shop.restock(units);
    },
    stop: () => shop.stop(),
  };
}

async function rehearse(scenario: Scenario) {
  const opensAt = Date.now() + AHEAD_MS;
  const shop = await startFakeShop({ units: 4, opensAt });
  const log: string[] = [];
  try {
    return {
      log,
      report: await runScenario(scenario, placeAt(shop, scenario, log), { headStartMs: 100 }),
    };
  } finally {
    await shop.stop();
  }
}

const small = (
  over: Partial<Omit<Scenario, 'habits'>> & { readonly habits?: Partial<Scenario['habits']> } = {},
): Scenario => ({
  ...SCENARIOS.doubleClicks,
  ...over,
  habits: { ...SCENARIOS.doubleClicks.habits, shoppers: 8, doubleClick: 0, ...over.habits },
});

describe('runScenario()', () => {
  test('skips to the opening, lets windows pass, and audits what the crowd was answered', async () => {
    const { log, report } = await rehearse(small());
    expect(log[0]).toBe('advance 3 min');
    expect(log.slice(-2)).toEqual(['advance 19 min', `audit ${report.attempts} answers`]);
    expect(report.wins).toBe(4);
    expect(report.promises['no-leak']).toBe(true);
  });

  test('counts what one win takes, and one reject of many', async () => {
    const { report } = await rehearse(small());
    expect(report.awsCalls.win).toMatchObject({ dynamoWrites: 3, dynamoReads: 0, writeUnits: 3 });
    expect(report.awsCalls.reject).toMatchObject({ dynamoWrites: 0.15 });
  });

  test('has seen no reject where everybody got what they wanted', async () => {
    const { report } = await rehearse(small({ habits: { shoppers: 3 } }));
    expect(report.awsCalls.reject).toBe('not-seen');
  });

  test('lets shoppers come again after the expiry', async () => {
    const { log, report } = await rehearse(small({ again: true, habits: { pay: 0, payAgain: 1 } }));
    expect(log.filter((line) => line === 'advance 19 min')).toHaveLength(2);
    expect(report.wins).toBe(8);
    expect(report.paid).toBe(4);
  });

  test('restocks once, in the middle', async () => {
    const restock = { atOrders: 1, units: 2 };
    const { log } = await rehearse(small({ restock }));
    expect(log.filter((line) => line === 'restock 2')).toHaveLength(1);
  });

  test('fails when the middle was never reached', async () => {
    const restock = { atOrders: 5, units: 2 };
    await expect(rehearse(small({ restock }))).rejects.toThrow('fewer than 5 orders were granted');
  });
});

describe('runElsewhere()', () => {
  test('sends the crowd, and judges nothing', async () => {
    const opensAt = Date.now() - 1000;
    const sale = { ...SCENARIOS.doubleClicks.sale, id: 'night' };
    const shop = await startFakeShop({ units: 4, opensAt });
    const { habits } = small();
    const limits = { connections: 8, patienceMs: 1000 };
    const seen: number[] = [];
    const onProgress = ({ done }: { readonly done: number }) => seen.push(done);
    const report = await runElsewhere({
      url: shop.url,
      sale,
      habits,
      seed: 1,
      onProgress,
      ...limits,
    });
    await shop.stop();
    expect(report.wins).toBe(4);
    expect(report.promises).toEqual(UNSEEN.promises);
    expect(report.awsCalls.win).toBe('not-seen');
    expect(report.costUsd).toBeGreaterThan(0);
    expect(seen.at(-1)).toBe(8);
  });
});

describe('SCENARIOS', () => {
  test('keep a sale open for two payment windows and the sweeps after them', () => {
    for (const { sale } of Object.values(SCENARIOS)) {
      expect(sale.closesAt - sale.opensAt).toBeGreaterThan(2 * (sale.paymentWindow + 240) * 1000);
    }
  });
});

describe('openingAt()', () => {
  test('moves the closing with the opening', () => {
    const moved = openingAt({ ...SCENARIOS.allAbandon.sale, opensAt: 1000, closesAt: 1500 }, 9000);
    expect(moved).toMatchObject({ opensAt: 9000, closesAt: 9500 });
  });
});
