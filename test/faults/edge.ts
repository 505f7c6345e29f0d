/** @module Edges that are half a minute behind: an opening, a pause, a resume and a rotation of keys. */

import { rotationSettings } from '../../adapters/key-rotation.ts';
import { pause, resume } from '../../domain/pause.ts';
import { rotate } from '../../domain/rotation.ts';
import { expected, ordered } from './flow.ts';
import { type Ground, insist, type Selling } from './ground.ts';
import type { Scenario } from './scenarios.ts';

/** How far the edges are behind. */
export const BEHIND_MS = 30_000;

/** A sale that the edges know. */
async function known(ground: Ground): Promise<Selling> {
  const sale = await ground.sale({ items: [{ units: 6, limit: 2 }] });
  await ground.scene.stack.clock.advance(BEHIND_MS);
  return sale;
}

const published: Scenario = {
  name: 'the edges hear late of a sale that is open already',
  async run(ground) {
    const { id, doorKey } = await ground.sale({ items: [{ units: 2 }] });
    const shopper = await ground.enter();
    const { status } = await shopper.buy(id, { doorKey, ticket: 'none' });
    expected(status === 404, `the edge does not know the sale: ${status}`);
    await ground.scene.stack.clock.advance(BEHIND_MS);
    await ordered(ground, { id, doorKey });
    return 1;
  },
};

const paused: Scenario = {
  name: 'the edges hear late of a pause, and of its end',
  async run(ground) {
    const { deployment, stack } = ground.scene;
    const sale = await known(ground);
    const { id, doorKey } = sale;
    const { shopper } = await ordered(ground, sale);
    await pause(deployment, id);
    await stack.clock.advance(1000);
    const before = stack.requests.functions['Buy']?.invocations ?? 0;
    const { body } = await shopper.buy(id, { doorKey });
    expected(body['code'] === 'paused', `the function says paused: ${body['code']}`);
    const asked = (stack.requests.functions['Buy']?.invocations ?? 0) - before;
    await stack.clock.advance(BEHIND_MS);
    const outcome = await resume(deployment, id);
    const slotsFrom = outcome.kind === 'resumed' ? outcome.slotsFrom : 0;
    expected(slotsFrom >= stack.clock.now() + BEHIND_MS, 'slots begin once every edge has heard');
    await stack.clock.advance(slotsFrom - stack.clock.now() + 1000);
    await insist(ground, () => shopper.buy(id, { doorKey }), 200);
    await ordered(ground, sale);
    return asked;
  },
};

const rotated: Scenario = {
  name: 'the edges hear late of new signing keys',
  async run(ground) {
    const { deployment, stack } = ground.scene;
    const sale = await known(ground);
    const veteran = await ordered(ground, sale);
    let shops = 0;
    const shop = async () => {
      shops += 1;
      const { shopper, orderId } = await ordered(ground, sale);
      await insist(ground, () => shopper.cancel(orderId), 200);
      await insist(ground, () => veteran.shopper.look(veteran.orderId), 200);
    };
    const { clock } = stack;
    const wait = async (ms: number) => {
      for (let left = ms; left > 0; left -= BEHIND_MS) {
        await clock.advance(Math.min(left, BEHIND_MS));
        await shop();
      }
    };
    const world = { ...rotationSettings, keys: deployment.keys, clock: () => clock.now(), wait };
    const { kind } = await rotate(world);
    expected(kind === 'rotated', `keys rotate: ${kind}`);
    await wait(2 * BEHIND_MS);
    return shops;
  },
};

export const EDGE_SCENARIOS: readonly Scenario[] = [published, paused, rotated];
