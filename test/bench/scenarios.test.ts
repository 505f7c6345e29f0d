/** Scenarios on a stack: a fast failure is no speed, and what must hold at any speed holds. */

import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { draft, load } from '../../bench/loader.ts';
import { publishLarge } from '../../bench/million.ts';
import { openSale } from '../../bench/open-sale.ts';
import { reaches } from '../../bench/rounds.ts';
import { openSoldOut, type SoldOutShop } from '../../bench/sold-out-shop.ts';
import { sizesOf, sweep } from '../../bench/sweep.ts';
import { sweepOnce } from '../../bench/sweep-run.ts';
import { startLocalSale } from '../../cli/local-sale.ts';

describe('sold-out', () => {
  let shop: SoldOutShop;

  beforeAll(async () => {
    shop = await openSoldOut();
  });

  afterAll(() => shop?.local.stop());

  test('counts rejects as long as nothing is left, and no order for one', async () => {
    let rejects = 0;
    while (rejects === 0) rejects += (await shop.press(200)).answered;
    await shop.local.restock(3);
    // What an environment knows of a sale is a second old at most.
    await shop.local.stack.clock.advance(1000);
    await expect(shop.press(200)).rejects.toThrow('Cannot measure');
  });
});

describe('sweep', () => {
  test('meets its bars at the size that CI measures', async () => {
    const parts = await sweep.run({ rounds: 1, seconds: 1 });
    expect(parts.map(({ title }) => title)).toContain(
      '20,000 units in 500 shards, 200 orders open',
    );
    const barred = parts.flatMap(({ figures }) => figures).filter(({ bar }) => bar);
    expect(barred.map(reaches)).toEqual([true, true, true]);
  });

  test('finds a sweep that left other orders open than it should have', async () => {
    const now = Date.now();
    const local = await startLocalSale({ sale: openSale(1, now + 72_000_000) });
    const tables = new DynamoDBClient(local.stack.clientOverrides);
    const store = draft();
    const large = await publishLarge(store, 400, now, local.deployment.secret);
    await large.order(3, now - 600_000);
    await load(tables, local.deployment.tables, store.take());
    const { calls } = await sweepOnce(local, large, 3);
    expect(calls.every((call) => call.function === 'Sweep' && call.errors === 0)).toBe(true);
    await expect(sweepOnce(local, large, 2)).rejects.toThrow('3 orders are open, not 2');
    await local.stop();
  });

  test('is of a million units by default, and of few where there is a second', () => {
    expect(sizesOf(2)).toEqual({ units: 1_000_000, opens: [0, 1000, 10_000] });
    expect(sizesOf(1)).toEqual({ units: 20_000, opens: [0, 20, 200] });
    expect(sizesOf(5).opens).toEqual([0, 1000, 10_000, 50_000]);
  });
});
