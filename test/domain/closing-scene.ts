/** @module A world in which closings are moved: it counts its calls, and can be killed at any of them. */

import { expect } from '@jest/globals';
import { findSale } from '../../domain/catalogue.ts';
import type { ClosingWorld } from '../../domain/closing.ts';
import type { PublishedSale } from '../../domain/sale.ts';
import { anItem, OPENS_AT } from '../support/sales.ts';
import { openShop } from '../support/shop.ts';

const SKUS = ['lamp', 'sofa'];
export const CLOSES_AT = OPENS_AT + 3_600_000;
export const NOW = OPENS_AT + 10_000;
export const UNTIL = CLOSES_AT + 3_600_000;
export const DAY_MS = 24 * 3_600_000;

/** A sale in the middle of its day. Any of the calls to the world can fail, once, or be preceded by something else. */
export async function closingScene() {
  const shop = await openShop({ items: SKUS.map((sku) => anItem({ sku })), closesAt: CLOSES_AT });
  const seen: { edge?: PublishedSale; files?: PublishedSale; ended: number } = { ended: 0 };
  const schedules = new Map<number, number>();
  const done: string[] = [];
  const state = { now: NOW, calls: 0, failsAt: 0, before: async (_step: string) => {} };
  const step = async (name: string) => {
    await state.before(name);
    if (++state.calls === state.failsAt) throw new Error('killed');
    done.push(name);
  };
  const world: ClosingWorld = {
    store: {
      read: shop.store.read,
      async write(write) {
        await step(write.item.pk);
        return shop.store.write(write);
      },
    },
    queue: {
      async send(message) {
        await step('send');
        await shop.world.queue.send(message);
      },
    },
    clock: () => state.now,
    wait: async () => {
      throw new Error('nobody waits');
    },
    async publish() {
      await step('end files');
      seen.ended++;
    },
    edge: {
      async changeSale(sale) {
        await step('edge');
        seen.edge = sale;
      },
    },
    site: {
      async putSale(sale) {
        await step('files');
        seen.files = sale;
      },
    },
    schedules: {
      async createEnd({ closesAt }) {
        await step('schedules');
        schedules.set(closesAt, (schedules.get(closesAt) ?? 0) + 1);
      },
    },
  };
  const phases = async () =>
    Promise.all(SKUS.map(async (sku) => (await shop.status(sku))?.phase ?? 'none'));
  const entry = async () => (await findSale(shop.store, 'night')) as PublishedSale;
  return { shop, world, seen, schedules, done, state, phases, entry };
}

type Run = (world: ClosingWorld) => Promise<unknown>;

/** Kills something at each of its calls, once, and repeats it. @returns how many calls it makes */
export async function killedAnywhere(
  run: Run,
  whole: (at: Awaited<ReturnType<typeof closingScene>>) => unknown,
) {
  const undisturbed = await closingScene();
  await run(undisturbed.world);
  const { calls } = undisturbed.state;
  for (let at = 1; at <= calls; at++) {
    const one = await closingScene();
    one.state.failsAt = at;
    await expect(run(one.world)).rejects.toThrow('killed');
    await run(one.world);
    await whole(one);
  }
  return calls;
}
