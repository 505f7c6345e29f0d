/** What a plan foretells, beside what becomes of the same crowd on the local stack, in time that only the test moves. */

import { rmSync } from 'node:fs';
import { afterEach, describe, expect, test } from '@jest/globals';
import { simulate } from '../../capacity/model.ts';
import { soldOutAt } from '../../capacity/summary.ts';
import { releaseTime } from '../support/still-time.ts';
import { counted, expectNear, foretold, rehearse, sayBoth, settingOf } from './foretelling.ts';
import { figure, say } from './say.ts';
import { type Scene, startScene } from './scene.ts';
import { throttledAssembly } from './throttled-assembly.ts';

let scene: Scene | undefined;
let assembly: string | undefined;

afterEach(async () => {
  releaseTime();
  await scene?.stop();
  if (assembly !== undefined) rmSync(assembly, { recursive: true, force: true });
  scene = undefined;
  assembly = undefined;
});

describe('a plan', () => {
  test('foretells what slots let in, what the gate refuses, and when the stock is gone', async () => {
    const shoppers = 3_000;
    const admission = { expectedShoppers: shoppers, perSecond: 150 };
    const options = { id: 'foretold', item: { units: 1_200, price: 0 }, admission };
    scene = await startScene(options);
    const real = await rehearse(scene, shoppers, 60);
    const setting = settingOf(scene, shoppers);
    const model = simulate(setting, 'edge').seconds;
    const at = [1, 2, 4, 8, 12, 30];
    sayBoth('3,000 at once, 150/s admitted, 1,200 units', real, model, at);
    for (const second of at) {
      const came = Math.min(shoppers, admission.perSecond * second);
      expectNear(
        counted(real, 'notYourTurn', second),
        foretold(model, 'notYourTurn', second),
        0.02,
      );
      expectNear(counted(real, 'sold', second), foretold(model, 'sold', second), 0.05);
      expectNear(counted(real, 'soldOut', second), foretold(model, 'soldOut', second), 0.05, came);
    }
    const orders = real.answers.filter(({ code }) => code === undefined);
    const goneAfter = (Math.max(...orders.map((answer) => answer.at)) - real.opensAt) / 1_000;
    const foretoldAfter = soldOutAt(setting.plan, model) ?? Number.NaN;
    say('Seconds until the stock was gone', [
      `${goneAfter.toFixed(1)} rehearsed, ${foretoldAfter.toFixed(1)} foretold`,
    ]);
    // Whoever finds nothing in four looks comes again a second later, and may be the one who takes the last unit.
    expect(Math.abs(goneAfter - foretoldAfter)).toBeLessThanOrEqual(1.5);
    expect(counted(real, 'throttledApi', 60)).toBe(0);
    expect(foretold(model, 'throttledApi', 60)).toBe(0);
    const records = foretold(model, 'sold', 60);
    const writes = foretold(model, 'writes', 60) - records;
    say('Write units of the function that sells', [
      `${figure(real.writes)} rehearsed, ${figure(Math.round(writes))} foretold`,
    ]);
    expectNear(real.writes, writes, 0.2);
  });

  test('foretells what a throttle refuses, and how long the queue at it lasts', async () => {
    const shoppers = 2_000;
    const throttle = { rateLimit: 110, burstLimit: 110 };
    assembly = throttledAssembly(throttle);
    const admission = { expectedShoppers: shoppers / 2, perSecond: 100 };
    const item = { units: 'unlimited' as const, price: 0 };
    const options = { id: 'throttled', item, admission, assembly };
    scene = await startScene(options);
    const real = await rehearse(scene, shoppers, 120);
    const limits = { buyRate: throttle.rateLimit, buyBurst: throttle.burstLimit };
    const model = simulate(settingOf(scene, shoppers, limits), 'edge').seconds;
    const at = [1, 2, 5, 10, 15, 30];
    sayBoth('2,000 where 1,000 were expected, 100/s admitted, throttle 110/s', real, model, at);
    for (const second of at) {
      // Twice as many as the slots were made for.
      const came = Math.min(shoppers, 2 * admission.perSecond * second);
      expectNear(counted(real, 'sold', second), foretold(model, 'sold', second), 0.05);
      expectNear(
        counted(real, 'throttledApi', second),
        foretold(model, 'throttledApi', second),
        0.1,
        came,
      );
    }
    expect(foretold(model, 'sold', 120)).toBeCloseTo(shoppers, 0);
  });

  test('foretells first come, first served: who finds a unit, and what looking for it costs', async () => {
    const shoppers = 2_000;
    const admission = { expectedShoppers: 0, perSecond: 1_000 };
    const options = { id: 'rush', item: { units: 1_000, price: 0 }, admission };
    scene = await startScene(options);
    const real = await rehearse(scene, shoppers, 60);
    const model = simulate(settingOf(scene, shoppers), 'edge').seconds;
    const at = [1, 2, 3, 5, 10];
    sayBoth('2,000 in one second, no slots, 1,000 units', real, model, at);
    for (const second of at) {
      expectNear(counted(real, 'sold', second), foretold(model, 'sold', second), 0.05);
    }
    expectNear(counted(real, 'soldOut', 30), foretold(model, 'soldOut', 30), 0.05);
    const writes = foretold(model, 'writes', 30) - foretold(model, 'sold', 30);
    say('Write units of the function that sells', [
      `${figure(real.writes)} rehearsed, ${figure(Math.round(writes))} foretold`,
    ]);
    expectNear(real.writes, writes, 0.35);
  });
});
