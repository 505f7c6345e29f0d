import { describe, expect, test } from '@jest/globals';
import { findSale } from '../../domain/catalogue.ts';
import { close } from '../../domain/open-close.ts';
import { type PauseWorld, pause, resume } from '../../domain/pause.ts';
import type { PublishedSale } from '../../domain/sale.ts';
import { anItem, OPENS_AT } from '../support/sales.ts';
import { openShop } from '../support/shop.ts';

const SKUS = ['lamp', 'sofa'];
const NOW = OPENS_AT + 10_000;

/** A sale in the middle of its day. Any of the calls to the world can fail, once. */
async function scene(changes: Partial<PublishedSale> = {}) {
  const shop = await openShop({ items: SKUS.map((sku) => anItem({ sku })), ...changes });
  const seen: { edge?: PublishedSale; slots?: PublishedSale } = {};
  const state = { now: NOW, calls: 0, failsAt: 0 };
  const step = () => {
    if (++state.calls === state.failsAt) throw new Error('killed');
  };
  const world: PauseWorld = {
    store: {
      read: shop.store.read,
      async write(write) {
        step();
        return shop.store.write(write);
      },
    },
    edge: {
      async changeSale(sale) {
        step();
        seen.edge = sale;
      },
    },
    site: {
      async putSlots(sale) {
        step();
        seen.slots = sale;
      },
    },
    clock: () => state.now,
  };
  const phases = async () =>
    Promise.all(SKUS.map(async (sku) => (await shop.status(sku))?.phase ?? 'none'));
  return { shop, world, seen, state, phases, entry: () => findSale(shop.store, 'night') };
}

/** Counts the calls of something that succeeds. */
async function callsOf(run: (world: PauseWorld) => Promise<unknown>, isPaused: boolean) {
  const { world, state } = await scene();
  if (isPaused) await pause(world, 'night');
  const before = state.calls;
  await run(world);
  return state.calls - before;
}

describe('pause()', () => {
  test('pauses every item and the edge: nobody can buy', async () => {
    const { shop, world, seen, phases } = await scene();
    expect(await pause(world, 'night')).toEqual({ kind: 'paused' });
    expect(await phases()).toEqual(['PAUSED', 'PAUSED']);
    expect(seen.edge).toMatchObject({ id: 'night', paused: true });
    shop.clock.now = NOW;
    expect(await shop.buy('ada')).toEqual({ kind: 'paused' });
  });

  test('is the same pause when it is repeated', async () => {
    const { world, seen, phases, entry } = await scene();
    await pause(world, 'night');
    const [edge, sale] = [seen.edge, await entry()];
    expect(await pause(world, 'night')).toEqual({ kind: 'paused' });
    expect([await phases(), seen.edge, await entry()]).toEqual([['PAUSED', 'PAUSED'], edge, sale]);
  });

  test('can be repeated after a crash at any step', async () => {
    const calls = await callsOf((world) => pause(world, 'night'), false);
    expect(calls).toBe(4);
    for (let at = 1; at <= calls; at++) {
      const { world, state, seen, phases } = await scene();
      state.failsAt = at;
      await expect(pause(world, 'night')).rejects.toThrow('killed');
      expect(await pause(world, 'night')).toEqual({ kind: 'paused' });
      expect([await phases(), seen.edge?.paused]).toEqual([['PAUSED', 'PAUSED'], true]);
    }
  });

  test('tells the tables before the edge', async () => {
    const { world, state, seen, phases } = await scene();
    state.failsAt = 4;
    await expect(pause(world, 'night')).rejects.toThrow('killed');
    expect([await phases(), seen.edge]).toEqual([['PAUSED', 'PAUSED'], undefined]);
  });

  test('leaves payments and sweeps alone, and does not end by them', async () => {
    const { shop, world, phases } = await scene();
    shop.clock.now = NOW;
    const [paid, abandoned] = [await shop.order('ada'), await shop.order('eve')];
    await pause(world, 'night');
    expect(await shop.pay(paid, 'pay-1')).toMatchObject({ kind: 'paid' });
    shop.clock.now += 20 * 60_000;
    await shop.settle();
    expect(await shop.record(abandoned)).toMatchObject({ state: 'RELEASED' });
    expect(await phases()).toEqual(['PAUSED', 'PAUSED']);
  });

  test('does not keep a sale from closing, and opens none that is closed', async () => {
    const { shop, world, state, phases } = await scene();
    await pause(world, 'night');
    const files = { publish: async () => {}, wait: async () => {} };
    const doors = { ...world, ...files, queue: shop.world.queue };
    state.now = shop.sale.closesAt;
    expect(await close(doors, 'night')).toBe(true);
    state.now = shop.sale.closesAt - 1;
    await pause(world, 'night');
    await resume(world, 'night');
    expect(await phases()).toEqual(['CLOSED', 'CLOSED']);
  });

  test('pauses one millisecond before the closing, and not at it', async () => {
    const { shop, world, state } = await scene();
    state.now = shop.sale.closesAt;
    expect(await pause(world, 'night')).toEqual({ kind: 'closed' });
    expect(await resume(world, 'night')).toEqual({ kind: 'closed' });
    state.now = shop.sale.closesAt - 1;
    expect(await pause(world, 'night')).toEqual({ kind: 'paused' });
  });

  test('refuses a sale that is not there, and one whose publishing has stopped half way', async () => {
    const { shop, world, state } = await scene();
    expect(await pause(world, 'day')).toEqual({ kind: 'unknown-sale' });
    expect(await resume(world, 'day')).toEqual({ kind: 'unknown-sale' });
    shop.store.items.delete('stock/STATUS#night#sofa/');
    expect(await pause(world, 'night')).toEqual({ kind: 'unfinished' });
    expect(state.calls).toBe(0);
  });
});

describe('resume()', () => {
  const from = NOW + 60_000;

  test('opens every item, and begins the slots again a minute later', async () => {
    const { world, seen, phases, entry } = await scene();
    await pause(world, 'night');
    expect(await resume(world, 'night')).toEqual({ kind: 'resumed', slotsFrom: from });
    expect(await phases()).toEqual(['OPEN', 'OPEN']);
    for (const sale of [await entry(), seen.edge, seen.slots]) {
      expect(sale).toMatchObject({ slotsFrom: from, slotEpochs: [from] });
      expect(sale).not.toHaveProperty('paused');
    }
  });

  test('begins them later where it is asked to, and never before the opening', async () => {
    const { world, state } = await scene();
    await pause(world, 'night');
    expect(await resume(world, 'night', 61)).toMatchObject({ slotsFrom: NOW + 61_000 });
    state.now = OPENS_AT - 60_001;
    await pause(world, 'night');
    expect(await resume(world, 'night')).toMatchObject({ slotsFrom: OPENS_AT });
    state.now = OPENS_AT - 59_999;
    await pause(world, 'night');
    expect(await resume(world, 'night')).toMatchObject({ slotsFrom: OPENS_AT + 1 });
  });

  test.each([59, 0, -1, Number.NaN])('refuses to begin them in %d s', async (seconds) => {
    const { world } = await scene();
    await expect(resume(world, 'night', seconds)).rejects.toThrow(
      `Cannot resume in ${seconds} s: the edges need to hear of it, it must be 60 or more`,
    );
  });

  test('changes nothing in a sale that is not paused', async () => {
    const { world, state } = await scene();
    expect(await resume(world, 'night')).toEqual({ kind: 'running', slotsFrom: OPENS_AT });
    await pause(world, 'night');
    await resume(world, 'night');
    const { calls } = state;
    state.now += 5000;
    expect(await resume(world, 'night')).toEqual({ kind: 'running', slotsFrom: from });
    expect(state.calls).toBe(calls);
  });

  test('remembers every slot epoch', async () => {
    const { world, state, seen } = await scene();
    for (const now of [NOW, NOW + 600_000]) {
      state.now = now;
      await pause(world, 'night');
      await resume(world, 'night');
    }
    expect(seen.slots?.slotEpochs).toEqual([from, from + 600_000]);
  });

  test('can be repeated after a crash at any step, and until then the function admits nobody', async () => {
    const calls = await callsOf((world) => resume(world, 'night'), true);
    expect(calls).toBe(6);
    for (let at = 1; at <= calls; at++) {
      const { world, state, seen, phases, entry } = await scene();
      await pause(world, 'night');
      state.failsAt = state.calls + at;
      await expect(resume(world, 'night')).rejects.toThrow('killed');
      // Whatever phase an item has: who lets somebody in has the new base, as the edge has.
      if ((await phases()).includes('OPEN')) {
        expect([(await entry())?.slotsFrom, seen.edge?.slotsFrom]).toEqual([from, from]);
      }
      state.now += 5000;
      const again = { kind: 'resumed', slotsFrom: from + 5000 };
      expect(await resume(world, 'night')).toEqual(again);
      expect(await phases()).toEqual(['OPEN', 'OPEN']);
      expect(await entry()).toMatchObject({ slotsFrom: from + 5000 });
      expect(seen.edge).toMatchObject({ slotsFrom: from + 5000 });
      expect(await resume(world, 'night')).toMatchObject({ kind: 'running' });
    }
  });
});
