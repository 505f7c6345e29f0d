import { describe, expect, test } from '@jest/globals';
import { closeNow, EXTEND_SECONDS, extend } from '../../domain/closing.ts';
import { type Status, saleKey } from '../../domain/items.ts';
import { close } from '../../domain/open-close.ts';
import { pause } from '../../domain/pause.ts';
import { plainSale } from '../../domain/publish.ts';
import { shut } from '../../domain/purchase.ts';
import { lateUntil } from '../../domain/sweep-sale.ts';
import { set } from '../../domain/write.ts';
import { CLOSES_AT, closingScene, DAY_MS, killedAnywhere, NOW, UNTIL } from './closing-scene.ts';

describe('extend()', () => {
  test('sets schedules, then decides, then tells the edge, then the page', async () => {
    const { world, seen, schedules, done, entry } = await closingScene();
    expect(await extend(world, 'night', UNTIL)).toEqual({ kind: 'extended', closesAt: UNTIL });
    expect(done).toEqual(['schedules', 'SALE#night', 'edge', 'files']);
    expect([...schedules.keys()]).toEqual([UNTIL]);
    const moved = { closesAt: UNTIL, plannedClosesAt: CLOSES_AT };
    for (const sale of [await entry(), seen.edge, seen.files]) expect(sale).toMatchObject(moved);
  });

  test('has buys, sweeps and late payments go by the new closing, and publishing by the file', async () => {
    const { shop, world, entry } = await closingScene();
    await extend(world, 'night', UNTIL);
    const sale = await entry();
    const status = (await shop.status()) as Status;
    expect(shut(sale, status, UNTIL - 1)).toBeUndefined();
    expect(shut(sale, status, UNTIL)).toEqual({ kind: 'closed' });
    expect(lateUntil(sale)).toBe(UNTIL + 900_000 + 1_800_000);
    expect(plainSale(sale)).toEqual(plainSale(shop.sale));
  });

  test('can be repeated after a crash at any call: the same closing everywhere', async () => {
    const calls = await killedAnywhere(
      (world) => extend(world, 'night', UNTIL),
      async ({ seen, schedules, entry, phases }) => {
        expect((await entry()).closesAt).toBe(UNTIL);
        expect([seen.edge?.closesAt, seen.files?.closesAt]).toEqual([UNTIL, UNTIL]);
        expect([...schedules.keys()]).toEqual([UNTIL]);
        expect(await phases()).toEqual(['OPEN', 'OPEN']);
      },
    );
    expect(calls).toBe(4);
  });

  test('has somebody to close it at whatever closing the catalogue names, at every call', async () => {
    for (let at = 1; at <= 4; at++) {
      const { world, state, schedules, entry } = await closingScene();
      state.failsAt = at;
      await expect(extend(world, 'night', UNTIL)).rejects.toThrow('killed');
      expect([CLOSES_AT, ...schedules.keys()]).toContain((await entry()).closesAt);
    }
  });

  test('finishes what a crash has left even when the old closing is past', async () => {
    const { world, state, seen } = await closingScene();
    state.failsAt = 3;
    await expect(extend(world, 'night', UNTIL)).rejects.toThrow('killed');
    state.now = CLOSES_AT + 1;
    expect(await extend(world, 'night', UNTIL)).toMatchObject({ kind: 'extended' });
    expect(seen.edge?.closesAt).toBe(UNTIL);
  });

  test('is early enough a minute before the closing, and no millisecond later', async () => {
    const { world, state } = await closingScene();
    state.now = CLOSES_AT - EXTEND_SECONDS * 1000 + 1;
    const tooLate = { kind: 'too-late', closesAt: CLOSES_AT };
    expect(await extend(world, 'night', UNTIL)).toEqual(tooLate);
    expect(state.calls).toBe(0);
    state.now = CLOSES_AT - EXTEND_SECONDS * 1000;
    expect(await extend(world, 'night', UNTIL)).toMatchObject({ kind: 'extended' });
  });

  test('reaches thirty days beyond the sale file, however often, and no millisecond more', async () => {
    const { world } = await closingScene();
    const latest = CLOSES_AT + 30 * DAY_MS;
    await extend(world, 'night', CLOSES_AT + DAY_MS);
    expect(await extend(world, 'night', latest + 1)).toEqual({ kind: 'too-far', latest });
    expect(await extend(world, 'night', latest)).toMatchObject({ kind: 'extended' });
  });

  test('never closes earlier', async () => {
    const { world, state } = await closingScene();
    const closesAt = CLOSES_AT;
    expect(await extend(world, 'night', CLOSES_AT - 1)).toEqual({ kind: 'not-later', closesAt });
    expect(state.calls).toBe(0);
    expect(await extend(world, 'night', CLOSES_AT)).toEqual({ kind: 'extended', closesAt });
  });

  test('refuses a sale that is over by the clock, or closed, or not there, or not whole', async () => {
    const { shop, world, state } = await closingScene();
    state.now = CLOSES_AT;
    expect(await extend(world, 'night', UNTIL)).toEqual({ kind: 'closed' });
    expect(await extend(world, 'day', UNTIL)).toEqual({ kind: 'unknown-sale' });
    state.now = NOW;
    shop.store.items.delete('stock/STATUS#night#sofa/');
    expect(await extend(world, 'night', UNTIL)).toEqual({ kind: 'unfinished' });
    await closeNow(world, 'night');
    expect(await extend(world, 'night', UNTIL)).toEqual({ kind: 'closed' });
  });

  test('judges anew where somebody else has moved the closing meanwhile', async () => {
    const { shop, world, state, entry } = await closingScene();
    const later = UNTIL + DAY_MS;
    state.before = async (name) => {
      if (name !== 'SALE#night') return;
      state.before = async () => {};
      await shop.store.write({ item: saleKey('night'), change: [set('closesAt', later)] });
    };
    expect(await extend(world, 'night', UNTIL)).toEqual({ kind: 'not-later', closesAt: later });
    expect((await entry()).closesAt).toBe(later);
  });

  test('does not bring back a sale that its closing has met first, however long it took', async () => {
    const { shop, world, state, entry, phases, seen } = await closingScene();
    const closing = {
      ...world,
      store: shop.store,
      queue: shop.world.queue,
      publish: async () => {},
    };
    state.before = async (name) => {
      if (name !== 'SALE#night') return;
      // The operator's command hangs: the closing comes and goes.
      state.before = async () => {};
      state.now = CLOSES_AT;
      expect(await close(closing, 'night')).toBe(true);
    };
    expect(await extend(world, 'night', UNTIL)).toEqual({ kind: 'closed' });
    expect(await entry()).toMatchObject({ closesAt: CLOSES_AT, closed: true });
    expect([await phases(), seen.edge]).toEqual([['CLOSED', 'CLOSED'], undefined]);
  });

  test('has a closing that was waiting for its second give way', async () => {
    const { shop, world, state, phases } = await closingScene();
    state.now = CLOSES_AT - 2000;
    const closing = {
      ...world,
      async wait(ms: number) {
        const moved = { item: saleKey('night'), change: [set('closesAt', UNTIL)] };
        await shop.store.write(moved);
        state.now += ms;
      },
    };
    expect(await close(closing, 'night')).toBe(false);
    expect([await phases(), shop.messages]).toEqual([['OPEN', 'OPEN'], []]);
    // The schedule of the new closing.
    state.now = UNTIL;
    expect(await close(world, 'night')).toBe(true);
    expect(shop.messages).toMatchObject([{ what: 'closed', occurrence: String(UNTIL) }]);
  });

  test('leaves no edge with what another operator has changed meanwhile', async () => {
    const { world, state, seen } = await closingScene();
    state.before = async (name) => {
      if (name !== 'edge') return;
      state.before = async () => {};
      await pause({ ...world, site: { putSlots: async () => {} } }, 'night');
    };
    await extend(world, 'night', UNTIL);
    expect(seen.edge).toMatchObject({ closesAt: UNTIL, paused: true });
  });
});
