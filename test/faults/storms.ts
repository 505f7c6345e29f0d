/** @module Storms: a crowd for few units, while each call of each function may go wrong, and queues and clocks too. */

import { restock } from '../../domain/grant.ts';
import { inParallel } from '../../domain/parallel.ts';
import { between, type Random, randomFor } from '../../load/random.ts';
import type { CallFault, FaultHandle } from '../../local/faults.ts';
import type { SaleChanges } from '../stack/scene.ts';
import type { Ground, Selling } from './ground.ts';
import { hurried } from './hurried.ts';
import type { Scenario } from './scenarios.ts';
import { FUNCTIONS } from './singles.ts';
import { Visitor } from './visitor.ts';

const WAVES = 6;

/** "Sold out" may be stale for three minutes: a storm is over before. */
const LONGEST_MS = 100_000;

const ACTIONS = [
  'kill-before',
  'kill-after',
  'error-before',
  'error-after',
  'throttle',
  'hang',
  'delay',
] as const;

export const storm = (seed: number, number: number): Scenario => ({
  name: `storm ${number}`,
  async run(ground) {
    const chance = randomFor(seed, number);
    const sale = await ground.sale(aSale(chance));
    const size = between(chance, 20, 60);
    const crowd: Visitor[] = [];
    for (let one = 0; one < size; one++) {
      crowd.push(
        new Visitor(ground, await ground.enter(), sale, randomFor(seed * 1000 + number, one)),
      );
    }
    const armed = arm(ground, chance);
    await rage(ground, sale, crowd, chance);
    const hits = armed.reduce((sum, one) => sum + one.hits, 0);
    await subside(ground, sale, crowd);
    return hits;
  },
});

/** Few units in one to three shards; some are free, some may be had twice. */
function aSale(chance: Random): SaleChanges {
  const units = between(chance, 3, 12);
  const perSecond = 250 * between(chance, 1, 3);
  return {
    paymentWindow: 60,
    items: [{ units, limit: between(chance, 1, 2), price: chance() < 0.2 ? 0 : 1999 }],
    admission: { expectedShoppers: 0, perSecond, difficulty: 0, ticketSeconds: 60 },
  };
}

/** Each function throws dice of its own, so that what one does changes nothing for the others. */
function arm({ scene: { stack } }: Ground, chance: Random): FaultHandle[] {
  const often = 0.01 + chance() * 0.05;
  const calls = FUNCTIONS.flatMap((fn, at) => {
    const dice = randomFor(between(chance, 0, 2 ** 30), at);
    return ACTIONS.map(
      (action): CallFault => ({
        ...{ function: fn, action, when: () => dice() < often / ACTIONS.length },
        ...(action === 'delay' && { ms: 2000 }),
      }),
    );
  });
  for (const fn of FUNCTIONS) {
    if (chance() < 0.3) stack.skew(fn, between(chance, -30, 30) * 1000);
  }
  const queues = (['duplicate', 'delay', 'reverse'] as const).map((action) =>
    stack.faults.add({ queue: 'Orders', action, nth: between(chance, 1, 9), times: 5, ms: 20_000 }),
  );
  return [...calls.map((fault) => stack.faults.add(fault)), ...queues];
}

async function rage(ground: Ground, sale: Selling, crowd: readonly Visitor[], chance: Random) {
  const { scene } = ground;
  const { clock } = scene.stack;
  const began = clock.now();
  const restocks = between(chance, 0, WAVES * 2);
  for (let wave = 0; wave < WAVES && clock.now() - began < LONGEST_MS; wave++) {
    const acting = crowd.filter(() => chance() < 0.6);
    await hurried(scene, () => inParallel(16, acting, (one) => one.act()));
    if (wave === restocks) await restock(scene.deployment, itemOf(sale), 1, 1, clock.now());
    if (wave % 2 === 1) await hurried(scene, () => swept(ground, sale));
    await clock.advance(between(chance, 1, 8) * 1000);
  }
}

const itemOf = ({ id }: Selling) => ({ saleId: id, sku: 'lamp' });

/** A sweep that fails is not repeated: the next one comes. */
const swept = async ({ scene: { stack } }: Ground, { id }: Selling) =>
  void (await stack.invoke('Sweep', { saleId: id }).catch(() => {}));

/** Nothing goes wrong any more: whoever was told nothing comes again. */
async function subside(ground: Ground, sale: Selling, crowd: readonly Visitor[]): Promise<void> {
  const { stack, sandbox } = ground.scene;
  stack.faults.clear();
  for (const fn of FUNCTIONS) stack.skew(fn, 0);
  await hurried(ground.scene, () => sandbox.settled());
  await stack.clock.advance(1000);
  await ground.scene.sweep(sale.id);
  for (const one of crowd) await one.end();
}
