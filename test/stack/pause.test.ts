/** A sale that is paused and resumed, seen through the gate and around it, with an edge store that is prompt or slow. */

import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { pause, resume } from '../../domain/pause.ts';
import { slotOf } from '../../domain/slots.ts';
import type { Shopper } from '../support/shopper.ts';
import { buyAround, contentOf } from './around.ts';
import { MINUTE_MS, type Scene, startScene } from './scene.ts';

/** Slots are spread over 20 seconds. Tickets live long: one that was issued before the pause is used after it. */
const admission = { expectedShoppers: 1000, perSecond: 50, difficulty: 0, ticketSeconds: 600 };
const WIDTH_MS = 20_000;

describe.each([0, 30_000])(
  'a pause, with an edge store that takes %d ms',
  (keyValueStoreDelayMs) => {
    let scene: Scene;
    let doorKey: string;
    let waiting: { readonly shopper: Shopper; readonly ticket: string; readonly lot: number }[];
    let slotsFrom: number;
    let bought: string;

    beforeAll(async () => {
      const sale = { id: 'pause', admission, items: [{ units: 12 }] };
      scene = await startScene(sale, { keyValueStoreDelayMs });
      await scene.stack.clock.advance(MINUTE_MS);
      doorKey = (await scene.doorKey('pause')) ?? '';
      const shoppers = await Promise.all(Array.from({ length: 8 }, () => scene.enter()));
      waiting = await Promise.all(
        shoppers.map(async (shopper) => {
          const ticket = await shopper.ticket('pause');
          return { shopper, ticket, lot: contentOf(ticket).f };
        }),
      );
    }, 60_000);

    afterAll(() => scene?.stop());

    const around = ({ shopper, ticket }: (typeof waiting)[number]) =>
      buyAround(scene, shopper, doorKey, 'pause', ticket);
    const through = async ({ shopper, ticket }: (typeof waiting)[number]) =>
      (await shopper.buy('pause', { ticket, doorKey })).body['code'];
    const invocations = () => scene.stack.requests.functions['Buy']?.invocations;

    test('stops buying within a second, around the gate and through it', async () => {
      const [first] = waiting as [(typeof waiting)[number]];
      const { status, orderId = '' } = await around(first);
      expect(status).toBe(201);
      bought = orderId;
      expect(await pause(scene.deployment, 'pause')).toEqual({ kind: 'paused' });
      await scene.stack.clock.advance(1000);
      for (const one of waiting) {
        expect(await around(one)).toEqual({ status: 503, code: 'paused' });
        expect(await through(one)).toBe('paused');
      }
      const { body } = await scene.ask('GET', '/api/sales/pause');
      expect(body['phase']).toBe('paused');
    });

    test('reaches no function once the edges have heard of it', async () => {
      await scene.stack.clock.advance(keyValueStoreDelayMs);
      const before = invocations();
      for (const one of waiting) expect(await through(one)).toBe('paused');
      expect(invocations()).toBe(before);
    });

    test('leaves orders alone: they can be paid, and sweeps settle them', async () => {
      const [{ shopper }] = waiting as [(typeof waiting)[number]];
      await scene.pay(await shopper.token(bought));
      expect((await shopper.look(bought)).body['status']).toBe('PAID');
      await scene.stack.clock.advance(MINUTE_MS);
      await scene.sweep('pause');
      expect((await scene.ask('GET', '/api/sales/pause')).body).toMatchObject({
        ...{ phase: 'paused', items: [{ remaining: 11, unpaid: 0 }] },
      });
    });

    test('is followed by slots in the same order, a minute later, at the gate and in the function', async () => {
      const now = scene.stack.clock.now();
      const outcome = await resume(scene.deployment, 'pause');
      if (outcome.kind !== 'resumed') throw new Error(outcome.kind);
      slotsFrom = outcome.slotsFrom;
      expect(slotsFrom - now).toBeGreaterThanOrEqual(60_000);
      await scene.stack.clock.advance(keyValueStoreDelayMs + 1000);
      for (const { shopper, ticket, lot } of waiting) {
        const { body } = await shopper.ask('POST', '/api/sales/pause/ticket');
        expect(contentOf(body['ticket']).f).toBe(lot);
        expect(body['slotEpochMs']).toBe(slotOf(slotsFrom, WIDTH_MS, lot));
        expect(await through({ shopper, ticket, lot })).toBe('not-your-turn');
        expect((await around({ shopper, ticket, lot })).code).toBe('not-your-turn');
      }
    });

    test('admits nobody before the new slots begin, and each from their own slot on', async () => {
      const inOrder = waiting.slice(1).sort((a, b) => a.lot - b.lot);
      await scene.stack.clock.advance(slotsFrom - scene.stack.clock.now() - 2000);
      for (const one of inOrder) expect((await around(one)).code).toBe('not-your-turn');
      for (const one of inOrder) {
        const slot = slotOf(slotsFrom, WIDTH_MS, one.lot);
        await scene.stack.clock.advance(Math.max(0, slot - scene.stack.clock.now() + 1));
        expect(await through(one)).toBeUndefined();
      }
    });

    test('sells nothing twice, and breaks no promise', async () => {
      const late = await Promise.all(Array.from({ length: 8 }, () => scene.enter()));
      await scene.stack.clock.advance(slotsFrom + WIDTH_MS - scene.stack.clock.now());
      const codes = await Promise.all(
        late.map(async (shopper) => (await shopper.buy('pause', { doorKey })).body['code']),
      );
      await scene.stack.settle();
      // 12 units: one before the pause, seven of those who waited, four of those who came late.
      expect(codes.filter((code) => code === undefined)).toHaveLength(4);
      expect(await scene.broken('pause')).toEqual({});
    });
  },
);
