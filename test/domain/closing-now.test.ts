import { describe, expect, test } from '@jest/globals';
import { findSale } from '../../domain/catalogue.ts';
import { closeNow } from '../../domain/closing.ts';
import { statusKey } from '../../domain/items.ts';
import type { PublishedSale } from '../../domain/sale.ts';
import { lateUntil } from '../../domain/sweep-sale.ts';
import { OPENS_AT } from '../support/sales.ts';
import { CLOSES_AT, closingScene, DAY_MS, killedAnywhere, NOW } from './closing-scene.ts';

describe('closeNow()', () => {
  test('sets schedules, decides, closes items and files, tells of it, and then the edge', async () => {
    const { shop, world, seen, schedules, done, entry, phases } = await closingScene();
    expect(await closeNow(world, 'night')).toEqual({ kind: 'closed', closesAt: NOW });
    const statuses = ['STATUS#night#lamp', 'STATUS#night#sofa'];
    expect(done).toEqual([
      ...['schedules', 'SALE#night', 'SALE#night', ...statuses, 'end files', 'send'],
      ...['edge', 'files'],
    ]);
    expect([...schedules.keys()]).toEqual([NOW]);
    expect(await entry()).toMatchObject({ closesAt: NOW, closed: true });
    expect([await phases(), seen.edge?.closesAt]).toEqual([['CLOSED', 'CLOSED'], NOW]);
    expect(shop.messages).toMatchObject([{ what: 'closed', occurrence: String(NOW) }]);
    shop.clock.now = NOW;
    expect(await shop.buy('ada')).toEqual({ kind: 'closed' });
  });

  test('can be repeated after a crash at any call, and the first closing counts', async () => {
    const calls = await killedAnywhere(
      (world) => closeNow(world, 'night'),
      async ({ shop, seen, schedules, entry, phases }) => {
        expect(await phases()).toEqual(['CLOSED', 'CLOSED']);
        expect(await entry()).toMatchObject({ closesAt: NOW, closed: true });
        expect([seen.edge?.closesAt, seen.files?.closesAt]).toEqual([NOW, NOW]);
        expect([...schedules.keys()]).toEqual([NOW]);
        expect(new Set(shop.messages.map((one) => JSON.stringify(one))).size).toBe(1);
      },
    );
    expect(calls).toBe(9);
  });

  test('is final: a second one later changes nothing but repeats the first', async () => {
    const { world, state, entry, schedules } = await closingScene();
    await closeNow(world, 'night');
    state.now += 60_000;
    expect(await closeNow(world, 'night')).toEqual({ kind: 'closed', closesAt: NOW });
    expect([(await entry()).closesAt, [...schedules.keys()]]).toEqual([NOW, [NOW]]);
  });

  test('finishes a closing that never came by itself', async () => {
    const { world, state, entry, phases } = await closingScene();
    state.now = CLOSES_AT + 5;
    expect(await closeNow(world, 'night')).toEqual({ kind: 'closed', closesAt: CLOSES_AT });
    expect([await phases(), (await entry()).closed]).toEqual([['CLOSED', 'CLOSED'], true]);
  });

  test('closes a sale that has not opened, and one that is not whole', async () => {
    const { shop, world, state, entry } = await closingScene();
    shop.store.items.delete('stock/STATUS#night#sofa/');
    state.now = OPENS_AT - DAY_MS;
    expect(await closeNow(world, 'night')).toEqual({ kind: 'closed', closesAt: state.now });
    expect((await entry()).closesAt).toBe(OPENS_AT - DAY_MS);
    expect(await shop.status('sofa')).toBeUndefined();
    expect(await closeNow(world, 'day')).toEqual({ kind: 'unknown-sale' });
  });

  test('leaves orders to be paid, to expire, and sweeps to end', async () => {
    const { shop, world, state } = await closingScene();
    shop.clock.now = NOW;
    const [paid, left] = [await shop.order('ada'), await shop.order('eve')];
    await closeNow(world, 'night');
    expect(await shop.pay(paid, 'pay-1')).toMatchObject({ kind: 'paid' });
    const sale = (await findSale(shop.store, 'night')) as PublishedSale;
    shop.clock.now = lateUntil(sale) + 60_000;
    state.now = shop.clock.now;
    await shop.settle();
    expect(await shop.record(left)).toMatchObject({ state: 'RELEASED', reason: 'expired' });
    const [status] = await shop.store.read([statusKey(shop.item())]);
    expect(status).toMatchObject({ phase: 'CLOSED' });
  });
});
