/** A sale whose slots are drawn with a public value, as a shopper sees it and checks it afterwards. */

import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { fetchSlots, judgeSlots, slotsOfShopper } from '../../adapters/public-slots.ts';
import { seedHash } from '../../adapters/slots.ts';
import { draw } from '../../domain/draw.ts';
import type { PublishedSale } from '../../domain/sale.ts';
import { MINUTE_MS, type Scene, startScene } from './scene.ts';

const admission = { expectedShoppers: 1000, perSecond: 50, difficulty: 0, ticketSeconds: 10 };

let scene: Scene;

beforeAll(async () => {
  scene = await startScene();
}, 30_000);

afterAll(() => scene?.stop());

/** A sale that opens in ten minutes and is over in twenty. */
function aDrawnSale(id: string): Promise<PublishedSale> {
  const now = scene.stack.clock.now();
  return scene.publish({
    ...{ id, admission, draw: { source: 'drand round 7' } },
    ...{ opensAt: now + 10 * MINUTE_MS, closesAt: now + 20 * MINUTE_MS },
  });
}

const slotsOf = (saleId: string) => fetchSlots(scene.stack.siteUrl, saleId);
const ask = async (saleId: string) =>
  (await scene.enter()).ask('POST', `/api/sales/${saleId}/ticket`);

describe('a draw', () => {
  test('is announced, decides the slots, and can be checked by anybody after the sale', async () => {
    const { slotSeed } = await aDrawnSale('drawn');
    const announced = await slotsOf('drawn');
    expect(announced).toMatchObject({
      ...{ seedHash: seedHash(slotSeed), source: 'drand round 7' },
      ...{ publicValue: null, seed: null, widthMs: 20_000 },
    });
    expect((await ask('drawn')).body['code']).toBe('not-open');
    expect(await draw(scene.deployment, 'drawn', 'a1b2c3')).toEqual({ kind: 'drawn' });
    const { body: mine } = await ask('drawn');
    expect(mine['slotEpochMs']).toBeGreaterThanOrEqual(announced.opensAtEpochMs);
    scene.stack.clearCache();
    expect(await slotsOf('drawn')).toMatchObject({ publicValue: 'a1b2c3', seed: null });

    await scene.stack.clock.advance(21 * MINUTE_MS);
    const revealed = await slotsOf('drawn');
    expect(revealed.seed).toBe(slotSeed);
    expect(judgeSlots(revealed, announced.seedHash)).toBe('right');
    expect(slotsOfShopper(revealed, mine['shopper'])).toEqual({
      ...{ lot: mine['lot'], slots: [mine['slotEpochMs']] },
    });
  });

  test('that never comes leaves the slots to the seed alone, a minute before the opening', async () => {
    await aDrawnSale('undrawn');
    await scene.stack.clock.advance(8 * MINUTE_MS + 1000);
    expect(await draw(scene.deployment, 'undrawn', 'late')).toEqual({ kind: 'too-late' });
    expect((await ask('undrawn')).body['code']).toBe('not-open');
    await scene.stack.clock.advance(MINUTE_MS);
    const { body: mine } = await ask('undrawn');
    await scene.stack.clock.advance(12 * MINUTE_MS);
    const revealed = await slotsOf('undrawn');
    expect(revealed.publicValue).toBeNull();
    expect(slotsOfShopper(revealed, mine['shopper']).lot).toBe(mine['lot']);
  });
});
