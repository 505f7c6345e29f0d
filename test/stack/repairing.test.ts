/** Operators repair by hand what the sweep would: seen first, then done. */

import { DeleteItemCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { storedKey } from '../../adapters/dynamo-item.ts';
import { shardKey } from '../../domain/items.ts';
import { orderIdOf, orderOf } from '../../domain/order-id.ts';
import { claimKeyOf } from '../../domain/steps.ts';
import { type Attributes, exists, set } from '../../domain/write.ts';
import { aClaim, aHolder } from '../domain/claim-builders.ts';
import { type SaleCommands, saleCommands } from './sale-command.ts';
import { MINUTE_MS, type Scene, startScene } from './scene.ts';

let scene: Scene;
let commands: SaleCommands;

beforeAll(async () => {
  scene = await startScene();
  commands = saleCommands(scene);
  await scene.open();
}, 60_000);

afterAll(async () => {
  commands?.close();
  await scene?.stop();
});

/**
 * A sale with an order of twenty minutes ago that nobody has paid, and no sweep that has noticed. The command has the
 * machine's clock, which no test moves: so the order is written as it would stand there.
 */
async function overdue(id: string): Promise<string> {
  const { store } = scene.deployment;
  const then = Date.now() - 20 * MINUTE_MS;
  await scene.publishBare({ id, opensAt: then, closesAt: then + 120 * MINUTE_MS });
  const item = { saleId: id, sku: 'lamp' };
  const holder = aHolder('ada', { since: Math.floor(then / 1000) });
  const claim = aClaim({
    ...{ state: 'RESERVED', holder, claimedAt: then, reservedAt: then, changedAt: then },
    ...{ payBy: then + 15 * MINUTE_MS, leaseAt: then, eraseAt: Math.floor(then / 1000) + 86_400 },
  });
  await store.write({ item: claimKeyOf(item, holder), put: claim as unknown as Attributes });
  const shard = { cap: 10, avail: 9, held: new Set([holder]) };
  await store.write({ item: shardKey(item, 0), put: shard });
  return orderIdOf({ ...item, holder });
}

describe('repair', () => {
  test('shows what it would do, does nothing before it was asked, then does it once', async () => {
    const orderId = await overdue('late');
    const standing = async () => (await scene.dump()).filter((item) => item.includes('#late'));
    const before = await standing();
    const dry = await commands.sale('repair', 'late', '--dry-run');
    expect([dry.code, dry.out]).toEqual([
      0,
      expect.stringMatching(
        new RegExp(
          `lamp: 1 released \\(expire\\): not paid in time\\n  ${orderId} RESERVED, \\d+:\\d\\d old, to be paid \\d+:\\d\\d ago\\n`,
        ),
      ),
    ]);
    const asked = await commands.sale('repair', 'late');
    expect([asked.code, asked.err]).toEqual([
      1,
      expect.stringContaining('Cannot ask whether to repair "late"'),
    ]);
    expect(await standing()).toEqual(before);

    const done = await commands.sale('repair', 'late', '--yes');
    expect([done.code, done.out]).toEqual([0, expect.stringMatching(/\nRepaired: 1 expire\n$/)]);
    await scene.stack.settle();
    expect(await scene.record(orderId)).toMatchObject({ state: 'RELEASED', reason: 'expired' });
    const again = await commands.sale('repair', 'late', '--yes');
    expect([again.code, again.out]).toEqual([0, expect.stringContaining('Nothing to do')]);
    const { entries } = JSON.parse((await commands.sale('log', '--sale', 'late', '--json')).out);
    expect(entries).toMatchObject([{ what: 'repair', detail: { expire: 1 }, outcome: 'repaired' }]);
    expect(await scene.broken('late')).toEqual({});
  }, 120_000);

  test('names what no sweep puts right, with what to do, and ends with 1', async () => {
    const orderId = await overdue('odd');
    const { saleId, sku, holder } = orderOf(orderId)!;
    const { db, tables, store } = scene.deployment;
    const Key = storedKey(claimKeyOf({ saleId, sku }, holder));
    await db.send(new DeleteItemCommand({ TableName: tables.stock, Key }));
    await store.write({
      ...{ item: shardKey({ saleId, sku }, 0), when: exists, change: [set('avail', 11)] },
    });
    const { code, out } = await commands.sale('repair', 'odd', '--yes');
    expect(code).toBe(1);
    expect(out).toContain('lamp: 1 NOT REPAIRED (alarm): their claim is missing');
    expect(out).toContain(`${orderId} without a claim`);
    expect(out).toMatch(
      /NOT REPAIRED: STOCK#odd#lamp#0 available, held and sold units are 12, not 10/,
    );
    const json = await commands.sale('repair', 'odd', '--json');
    expect(JSON.parse(json.out)).toMatchObject({
      ...{ kind: 'looked', items: [{ cases: [{ orderId, verdict: 'alarm' }] }] },
    });
  }, 120_000);

  test('says that there is no such sale', async () => {
    const { code, err } = await commands.sale('repair', 'nowhere');
    expect([code, err]).toEqual([1, 'Cannot repair "nowhere": there is no such sale\n']);
  }, 120_000);
});
