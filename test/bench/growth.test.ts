import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type ColumnSeen, figuresOf } from '../../bench/growth-figures.ts';
import { planOf, type Series } from '../../bench/growth-series.ts';
import { type GrowthShop, openGrowthShop } from '../../bench/growth-shop.ts';
import { usageBelow } from '../../bench/process-tree.ts';
import { reaches } from '../../bench/rounds.ts';

describe('planOf()', () => {
  const { series } = planOf({ rounds: 5, seconds: 2 });

  const sizes = (title: string, of: 'units' | 'sales' | 'shoppers') =>
    series.find((one) => one.title.startsWith(title))?.columns.map(({ size }) => size[of]);

  test('grows each alone to 100 times as much, and all together', () => {
    expect(sizes('Units of one sale', 'units')).toEqual([8_400, 84_000, 840_000]);
    expect(sizes('Sales side by side', 'sales')).toEqual([1, 10, 100]);
    expect(sizes('Sales side by side', 'units')).toEqual([8_400, 8_400, 8_400]);
    expect(sizes('Shoppers of an earlier', 'shoppers')).toEqual([100, 1_000, 10_000]);
    const together = series.at(-1)?.columns.at(-1)?.size;
    expect(together).toEqual({ units: 840_000, sales: 100, shoppers: 10_000 });
  });

  test('has a crowd of 100 times as many press at the same moment', () => {
    const crowds = series.find(({ isOwn }) => !isOwn);
    expect(crowds?.columns.map(({ connections }) => connections)).toEqual([20, 200, 2_000]);
  });

  test.each([
    [5, 2],
    [1, 1],
    [100, 2],
  ])('leaves half of all units for sale, with %i rounds of %i s', (rounds, seconds) => {
    const plan = planOf({ rounds, seconds });
    for (const { columns, isOwn } of plan.series) {
      const orders = columns.map(
        ({ connections }) =>
          plan.warm + rounds * (isOwn ? plan.buys : Math.max(plan.buys, connections)),
      );
      const sold = isOwn ? Math.max(...orders) : orders.reduce((sum, one) => sum + one, 0);
      for (const { size } of columns) expect(size.units).toBeGreaterThanOrEqual(2 * sold);
    }
  });
});

describe('figuresOf()', () => {
  const size = { units: 1, sales: 1, shoppers: 1 };
  const series: Series = {
    title: 'Units',
    isOwn: true,
    columns: ['few', 'many'].map((name) => ({ name, size, connections: 1 })),
  };
  const seen = (buysPerSecond: number, changes: Partial<ColumnSeen> = {}): ColumnSeen => ({
    sold: [{ buysPerSecond, stackMicros: 900, engineMicros: 800 }],
    swept: [{ ms: 100, readUnitsAnOrder: 2 }],
    memory: { stack: 300e6, heap: 40e6, engines: 20e6 },
    ...changes,
  });

  const named = (columns: readonly ColumnSeen[], name: string) =>
    figuresOf(series, columns).find((figure) => figure.name === name);

  test.each([
    [800, true],
    [799, false],
  ])('the last column must sell at least 0.8 of the first: %i of 1,000', (rate, isMet) => {
    const figure = named([seen(1000), seen(rate)], 'many: buys');
    expect(figure?.ratio).toBe(rate / 1000);
    expect(figure && reaches(figure)).toBe(isMet);
    expect(named([seen(1000), seen(rate)], 'few: buys')?.bar).toBeUndefined();
  });

  test.each([
    [2, true],
    [2.01, false],
  ])(
    'a sweep reads a claim and a record of an open order, no more: %d',
    (readUnitsAnOrder, isMet) => {
      const swept = [{ ms: 100, readUnitsAnOrder }];
      const figure = named([seen(1), seen(1, { swept })], 'many: read units of a sweep');
      expect(figure && reaches(figure)).toBe(isMet);
    },
  );

  test('tells what is held in the end, beside the first', () => {
    const [few, many] = [seen(1), seen(1, { memory: { stack: 330e6, heap: 80e6 } })];
    const figure = named([few, many], 'many: of that, held on the heap');
    expect([figure?.median, figure?.ratio]).toEqual([80, 2]);
  });

  test('leaves out what the system does not tell', () => {
    const sold = [{ buysPerSecond: 1, stackMicros: 1, engineMicros: undefined }];
    const untold = seen(1, { sold, memory: { stack: 300e6, heap: 40e6 } });
    const names = figuresOf(series, [untold, untold]).map(({ name }) => name);
    expect(names).toContain('few: memory of the stack');
    expect(names.filter((name) => /of the tables/.test(name))).toEqual([]);
  });

  test('tells neither sweeps nor memory of columns that share a shop', () => {
    const shared = { sold: seen(1).sold, swept: [] };
    expect(figuresOf(series, [shared, shared])).toHaveLength(6);
  });
});

describe('usageBelow()', () => {
  const folder = mkdtempSync(join(tmpdir(), 'proc-'));

  const put = (pid: number, parent: number, ticks: number, kb: number) => {
    mkdirSync(join(folder, `${pid}`));
    const rest = `S ${parent} 1 1 0 -1 0 0 0 0 0 ${ticks} 1 9 9 20`;
    writeFileSync(join(folder, `${pid}`, 'stat'), `${pid} (a (b) c) ${rest}\n`);
    writeFileSync(join(folder, `${pid}`, 'status'), `Name:\tx\nVmRSS:\t   ${kb} kB\n`);
  };

  beforeAll(() => {
    put(10, 1, 50, 1);
    put(30, 10, 9, 100);
    // Begun by one with a larger number.
    put(20, 30, 19, 200);
    put(40, 1, 99, 400);
    mkdirSync(join(folder, '50'));
  });

  afterAll(() => rmSync(folder, { recursive: true }));

  test('adds up what a process has started, and that in turn', () => {
    expect(usageBelow(10, folder)).toEqual({ rss: 300 * 1024, cpuMs: 300 });
    expect(usageBelow(20, folder)).toEqual({ rss: 0, cpuMs: 0 });
  });

  test('knows nothing where there is no such folder', () => {
    expect(usageBelow(10, join(folder, 'none'))).toBeUndefined();
  });
});

describe('a shop of growth', () => {
  let shop: GrowthShop;

  beforeAll(async () => {
    shop = await openGrowthShop({ units: 40, sales: 2, shoppers: 3 });
  });

  afterAll(() => shop?.stop());

  test('sells over all its sales, and sweeps and audits what it has sold', async () => {
    const empty = await shop.sweep();
    await shop.sell(6, 2);
    const run = await shop.sweep();
    expect(run.readUnits - empty.readUnits).toBe(2 * 6);
    await shop.audit();
    expect(shop.open).toBe(6);
    expect((await shop.memory()).heap).toBeGreaterThan(0);
    expect((await shop.processors()).stack).toBeGreaterThan(0);
  });

  test('sells after more sweeps than a ticket lives, and each sweep is a minute later', async () => {
    for (let count = 0; count < 61; count++) await shop.sweep();
    await shop.sell(1, 1);
    expect(shop.open).toBe(7);
  });

  test('takes no refusal for a buy, and no sweep that finds other orders than were sold', async () => {
    await expect(shop.sell(60, 8)).rejects.toThrow('Cannot measure: answered');
    await expect(shop.sweep()).rejects.toThrow(/orders are open, not 7/);
  });
});
