import { describe, expect, test } from '@jest/globals';
import type { Configuration } from './configuration.ts';
import { CONFIGURATIONS } from './configurations.ts';
import { explore } from './explorer.ts';
import { traceOf } from './trace.ts';

const MOST = 100_000;

/** Small enough to be explored each time. `npm run prove` explores all. */
const SMALL = ['sold out, and restocked', 'lost answers', 'unlimited stock'];

const TWO_SHOPPERS: Configuration = {
  name: 'two shoppers, one unit',
  ...{ shoppers: [1, 1], limit: 1, units: 1, shards: 1 },
  budget: { buy: 3, rollback: 1, 'sweep-backwards': 1 },
};

describe('explore()', () => {
  test.each(SMALL)('finds nothing in all states of: %s', async (wanted) => {
    const config = CONFIGURATIONS.find(({ name }) => name === wanted);
    const { states, stores, flaw } = await explore(config as Configuration, MOST);
    expect(flaw).toBeUndefined();
    expect(states).toBeGreaterThan(stores);
    expect(stores).toBeGreaterThan(100);
  });

  test('finds the shortest way to a flaw, step by step', async () => {
    const { flaw } = await explore(TWO_SHOPPERS, MOST);
    expect(flaw?.what).toBe('claim ada.0.2 is RESERVED and holds no unit in shard 0 (oversell)');
    const lines = traceOf(flaw as NonNullable<typeof flaw>);
    expect(lines).toHaveLength(14);
    expect(lines[0]).toMatch(/^ {2}1 {2}ada buys +claim: done +claim 0 state PENDING, holder ada/);
    expect(lines[12]).toMatch(/^ 13 {2}sweep cures +return: done +stock 0 avail 1$/);
    expect(lines[13]).toContain(flaw?.what);
  });

  test('gives up on more states than it may look at', async () => {
    await expect(explore(TWO_SHOPPERS, 99)).rejects.toThrow(
      'Cannot explore "two shoppers, one unit": it has more than 99 states',
    );
  });

  test('knows every configuration by a name of its own', () => {
    const names = CONFIGURATIONS.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    expect(names).toEqual(expect.arrayContaining(SMALL));
  });
});
