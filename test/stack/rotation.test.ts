/** Keys rotate in the middle of a sale: whatever was signed before, meanwhile and after it is good. */

import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { rotationSettings } from '../../adapters/key-rotation.ts';
import { rotate } from '../../domain/rotation.ts';
import type { Shopper } from '../support/shopper.ts';
import { MINUTE_MS, type Scene, startScene } from './scene.ts';

const kidOf = (token: string) => token.replace('fs_session=', '').split('.')[0];

describe.each([0, 30_000])('keys rotate, with an edge store that takes %d ms', (delay) => {
  let scene: Scene;
  let veteran: Shopper;

  beforeAll(async () => {
    const sale = { id: 'keys', items: [{ units: 500, limit: 5 }] };
    scene = await startScene(sale, { keyValueStoreDelayMs: delay });
    await scene.stack.clock.advance(MINUTE_MS);
    veteran = await scene.enter();
  }, 30_000);

  afterAll(() => scene?.stop());

  /** Enters, buys, and looks at the order; so does somebody who has been there from the beginning. */
  async function shop(): Promise<string | undefined> {
    const newcomer = await scene.enter();
    const orderId = await newcomer.order('keys');
    expect((await newcomer.look(orderId)).status).toBe(200);
    const again = await veteran.buy('keys');
    expect(again.body['code']).toBeUndefined();
    expect((await veteran.look(again.body['orderId'])).status).toBe(200);
    return kidOf(newcomer.cookie);
  }

  const rotateWith = (wait: (ms: number) => Promise<void>) =>
    rotate({
      ...rotationSettings,
      keys: scene.deployment.keys,
      clock: scene.stack.clock.now.bind(scene.stack.clock),
      wait,
    });

  test('and nobody is refused meanwhile', async () => {
    expect(await shop()).toBe('k1');
    const outcome = await rotateWith(async (ms) => {
      for (let left = ms; left > 0; left -= 10_000) {
        await scene.stack.clock.advance(Math.min(left, 10_000));
        expect(await shop()).toBe('k1');
      }
    });
    expect(outcome).toEqual({ kind: 'rotated', active: 'k2', kept: ['k1'] });
    for (let passed = 0; passed < 3 * MINUTE_MS; passed += 10_000) {
      await shop();
      await scene.stack.clock.advance(10_000);
    }
    expect(await shop()).toBe('k2');
  });

  test('and nobody is refused where the edges are ahead of the functions', async () => {
    await scene.stack.clock.advance(5000);
    await shop();
    // Nobody waits: functions keep the secret that they have read.
    await rotateWith(async () => {});
    await scene.stack.clock.advance(Math.max(delay, 6000));
    expect(await shop()).toBe('k3');
    await scene.stack.settle();
    expect(await scene.broken('keys')).toEqual({});
  });
});
