import { describe, expect, test } from '@jest/globals';
import { suspects } from '../../domain/suspects.ts';
import { isMoreThanChance, RULES } from '../../domain/suspects-rules.ts';
import { OPENS_AT } from '../support/sales.ts';
import { crowd, farm, honest, spread } from './suspects-builders.ts';

const LEAST = 3;
const network = 'datacentre';
const client = { ja4: 'ja4-bot', agent: 'agent-bot' };

describe('suspects()', () => {
  test('finds nothing in a crowd in which everybody is at home', () => {
    expect(suspects(crowd(2000), 2)).toEqual([]);
    expect(suspects([], 2)).toEqual([]);
  });

  test('finds buyers who share a device, and says what they did', () => {
    const bots = farm(20, 'bot', { quantity: 2, trace: { device: 'd', country: 'DE', ja4: 'j' } });
    const [paid, ...unpaid] = bots;
    const at = OPENS_AT - 50;
    const all = [...crowd(200), ...unpaid, { ...paid!, isPaid: true, at }];
    const [cluster, ...others] = suspects(all, LEAST);
    expect(others).toEqual([]);
    expect(cluster).toEqual({
      ...{ score: 200, points: 5, rules: ['device'], buyers: 20, guests: 20, orders: 20 },
      ...{ units: 40, paid: 2, firstAt: at, lastAt: Math.max(...bots.map((one) => one.at)) },
      ...{ countries: ['DE'], clients: ['j'], orderIds: expect.any(Array) },
    });
    expect(cluster?.orderIds[0]).toBe('night.lamp.bot0');
    expect([...(cluster?.orderIds ?? [])].sort()).toEqual(bots.map((one) => one.orderId).sort());
  });

  test('shows clusters of so many buyers, not of fewer', () => {
    const all = [...crowd(50), ...farm(3, 'bot', { trace: { device: 'd' } })];
    expect(suspects(all, 3)).toHaveLength(1);
    expect(suspects(all, 4)).toEqual([]);
  });

  test('is no cluster when one buyer has many orders', () => {
    const orders = [1, 2, 3, 4].map((item) => honest(7, { orderId: `night.item-${item}.h7` }));
    expect(suspects([...crowd(50), ...orders], 2)).toEqual([]);
  });

  test('ranks by points and units, and earlier ones first where these are equal', () => {
    const device = (name: string) => ({ trace: { device: name } });
    const all = [
      ...crowd(1000),
      ...farm(4, 'late', { ...device('late'), at: OPENS_AT + 20_000 }),
      ...farm(4, 'early', { ...device('early'), at: OPENS_AT - 20_000 }),
      ...farm(30, 'client', { trace: { network, ...client } }),
      ...farm(3, 'greedy', { ...device('greedy'), quantity: 10 }),
    ];
    const found = suspects(all, LEAST);
    expect(found.map(({ score, rules, buyers }) => [score, rules[0], buyers])).toEqual([
      [150, 'device', 3],
      [90, 'client', 30],
      [20, 'device', 4],
      [20, 'device', 4],
    ]);
    expect(found[2]?.orderIds[0]).toContain('early');
  });

  test('joins what is joined by different things, and counts each rule once', () => {
    const all = [
      ...crowd(500),
      ...farm(5, 'one', { trace: { device: 'd1', network, ...client } }),
      ...farm(5, 'two', { trace: { device: 'd2', network, ...client } }),
      ...farm(4, 'three', { trace: { device: 'd2' } }),
    ];
    const [cluster, ...others] = suspects(all, LEAST);
    expect(others).toEqual([]);
    expect(cluster).toMatchObject({ buyers: 14, points: 8, rules: ['device', 'client'] });
  });

  test('answers the same whatever order the orders come in', () => {
    const all = [
      ...crowd(300),
      ...farm(9, 'bot', { trace: { network, ...client }, at: OPENS_AT + 50 }),
    ];
    expect(suspects(all.toReversed(), LEAST)).toEqual(suspects(all, LEAST));
  });
});

describe('the rule "client"', () => {
  const inNetwork = (count: number, trace: object) =>
    farm(count, 'bot', { trace: { network, ...trace } });

  test('finds a client that a network has and hardly anybody else, from four buyers on', () => {
    const found = (count: number) => suspects([...crowd(2000), ...inNetwork(count, client)], 2);
    expect(found(4)).toMatchObject([{ buyers: 4, rules: ['client'], points: 3 }]);
    expect(found(3)).toEqual([]);
  });

  test('wants TLS client and user agent to be the same', () => {
    const apart = inNetwork(12, client).map((one, index) => ({
      ...one,
      trace: { ...one.trace, agent: `agent-${index}` },
    }));
    expect(suspects([...crowd(2000), ...apart], 2)).toEqual([]);
  });

  test('takes the lack of both for a likeness, as long as others have them', () => {
    const bare = inNetwork(12, {}).map(({ trace: { device = '' }, ...one }) => ({
      ...one,
      trace: { network, device },
    }));
    expect(suspects([...crowd(2000), ...bare], 2)).toMatchObject([{ buyers: 12 }]);
    const all = crowd(2000).map(({ trace: { device = '' }, ...one }) => ({
      ...one,
      trace: { network, device },
    }));
    expect(suspects(all, 2)).toEqual([]);
  });

  test.each([500, 5000])(
    'leaves 500 honest buyers behind one address alone, among %d',
    (others) => {
      const carrier = Array.from({ length: 500 }, (_, index) =>
        honest(20_000 + index, { trace: { network: 'carrier' } }),
      );
      expect(suspects([...crowd(others), ...carrier], 2)).toEqual([]);
    },
  );

  test('finds a farm behind that very address', () => {
    const carrier = Array.from({ length: 500 }, (_, index) =>
      honest(20_000 + index, { trace: { network: 'carrier' } }),
    );
    const bots = farm(20, 'bot', { trace: { network: 'carrier', ...client } });
    const [cluster, ...more] = suspects([...crowd(2000), ...carrier, ...bots], LEAST);
    expect(more).toEqual([]);
    expect(cluster).toMatchObject({ buyers: 20, guests: 20 });
  });

  test('leaves the most common browser alone, however many of a network use it', () => {
    const common = { ja4: 'ja4-0', agent: 'agent-0' };
    expect(suspects([...crowd(2000), ...inNetwork(200, common)], 2)).toEqual([]);
  });
});

describe('the rule "burst"', () => {
  /** Seconds apart from each other, but for some that are within so many ms. */
  const burst = (count: number, withinMs: number) =>
    farm(count, 'bot', { trace: { network } }).map((one, index) => ({
      ...one,
      at: OPENS_AT + 4321 + Math.floor((index * withinMs) / (count - 1)),
      trace: { ...one.trace, ja4: `ja4-${index}` },
    }));

  test('finds orders of one network within 100 ms, and not over 100 ms', () => {
    const found = (withinMs: number) => suspects([...crowd(2000), ...burst(4, withinMs)], 2);
    expect(found(99)).toMatchObject([{ buyers: 4, rules: ['burst'], points: 1 }]);
    expect(found(100)).toEqual([]);
  });

  test('finds a burst wherever it begins', () => {
    for (const shift of [0, 30, 60, 90]) {
      const bots = burst(8, 80).map((one) => ({ ...one, at: one.at + shift }));
      expect(suspects([...crowd(2000), ...bots], LEAST)).toMatchObject([{ buyers: 8 }]);
    }
  });

  test('finds nothing where everybody orders in that instant', () => {
    const at = (index: number) => OPENS_AT + 4250 + Math.floor(spread(index, 5) * 300);
    const rush = crowd(2000, (index) => ({ at: at(index) }));
    expect(suspects([...rush, ...burst(20, 90)], 2)).toEqual([]);
  });
});

describe('isMoreThanChance()', () => {
  test.each([
    ['nobody else has it', { ofNetwork: 100, elsewhere: 0, others: 399 }, 4],
    ['a tenth of the others have it', { ofNetwork: 100, elsewhere: 39, others: 399 }, 43],
    ['there are no others', { ofNetwork: 10, elsewhere: 0, others: 0 }, 43],
  ])('wants more than 3, and 4 times what chance gives: %s', (_, counts, bound) => {
    expect(isMoreThanChance({ here: bound, ...counts })).toBe(false);
    expect(isMoreThanChance({ here: bound + 1, ...counts })).toBe(true);
  });

  test('never holds for what a quarter of the others have', () => {
    const counts = { ofNetwork: 1000, elsewhere: 250, others: 1000 };
    expect(isMoreThanChance({ here: 1000, ...counts })).toBe(false);
  });
});

describe('RULES', () => {
  test('are weighed from strong to weak', () => {
    expect(RULES.map(({ name, points }) => [name, points])).toEqual([
      ['device', 5],
      ['client', 3],
      ['burst', 1],
    ]);
  });
});
