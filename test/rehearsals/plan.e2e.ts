/** What a plan foretells, beside what becomes of the same crowd on the local stack, in time that only the test moves. */

import { rmSync } from 'node:fs';
import { afterEach, describe, expect, test } from '@jest/globals';
import { type Habits, USUAL } from '../../capacity/habits.ts';
import { limitsIn } from '../../capacity/limits.ts';
import { simulate } from '../../capacity/model.ts';
import { planOf } from '../../capacity/plan.ts';
import type { Second } from '../../capacity/second.ts';
import type { Throttle } from '../../capacity/sizes.ts';
import type { ShopperAnswer } from '../../domain/audit-answers.ts';
import { randomFor } from '../../load/random.ts';
import { releaseTime, stopTime } from '../support/still-time.ts';
import { type Queue, queuer } from './queuer.ts';
import { figure, say, tallied } from './say.ts';
import { type Scene, type SceneOptions, startScene } from './scene.ts';
import { type Actor, play } from './stage.ts';
import { throttledAssembly } from './throttled-assembly.ts';
import { enterAll, takeTickets, type Visitor } from './visitors.ts';

/** Everybody is there at the opening, presses at once, and never gives up. */
const EAGER: Habits = { ...USUAL, present: 1, early: 1, givesUp: 0, comesBack: 0, pays: 0 };

let scene: Scene | undefined;
let assembly: string | undefined;

afterEach(async () => {
  releaseTime();
  await scene?.stop();
  if (assembly !== undefined) rmSync(assembly, { recursive: true, force: true });
  scene = undefined;
  assembly = undefined;
});

/** Waits as the page does: as long as it is told, and up to half as long again. */
function pageLike(queue: Queue, visitor: Visitor, index: number): Actor {
  const actor = queuer(queue, visitor);
  const chance = randomFor(7, index);
  return {
    next: () => actor.next(),
    take(hit, now) {
      const due = actor.take(hit, now);
      if (due === undefined || hit.code === 'not-your-turn' || hit.retryAfter === 0) return due;
      return now + hit.retryAfter * 1_000 * (1 + chance() / 2);
    },
  };
}

type Rehearsed = {
  readonly answers: readonly ShopperAnswer[];
  /** Write units of the function that sells. */
  readonly writes: number;
};

/** Plays the crowd for some seconds. */
async function rehearse(
  options: SceneOptions,
  shoppers: number,
  seconds: number,
): Promise<Rehearsed> {
  scene = await startScene(options);
  stopTime();
  const { sale, stack, volley } = scene;
  const visitors = await enterAll(volley, shoppers);
  await takeTickets(volley, sale.id, visitors);
  const answers: ShopperAnswer[] = [];
  const queue = { clock: stack.clock, sale, answers };
  const chance = randomFor(11, 0);
  // They press within the first second, not all in one instant: nobody's click is that quick.
  const cast = visitors.map((visitor, index) => ({
    actor: pageLike(queue, visitor, index),
    due: sale.opensAt + chance() * 1_000,
  }));
  await scene.skipTo(sale.opensAt);
  const before = stack.calls.snapshot();
  const left = await play(scene, { cast, tickMs: 50, until: sale.opensAt + seconds * 1_000 });
  expect(left).toEqual([]);
  const writes = stack.calls
    .since(before)
    .filter(({ function: name }) => name === 'Buy')
    .reduce((sum, { writeUnits }) => sum + writeUnits, 0);
  await scene.expectKept(answers);
  return { answers, writes };
}

/** The same, by the model. */
function foretell(options: SceneOptions, shoppers: number, throttle?: Throttle): readonly Second[] {
  if (scene === undefined) throw new Error('Cannot foretell: there was no rehearsal');
  const limits = limitsIn('us-east-1', 'dev');
  const { rateLimit: buyRate, burstLimit: buyBurst } = throttle ?? {
    rateLimit: limits.buyRate,
    burstLimit: limits.buyBurst,
  };
  const setting = {
    plan: { ...planOf(scene.sale, shoppers) },
    // One machine has neither Lambda's nor DynamoDB's limits.
    limits: { ...limits, buyRate, buyBurst, readyEnvironments: 1_000, warmWrites: 40_000 },
    habits: EAGER,
  };
  expect(options.id).toBe(scene.sale.id);
  return simulate(setting, 'edge').seconds;
}

const CODES = {
  notYourTurn: 'not-your-turn',
  throttledApi: 'too-many-requests',
  busy: 'busy',
  soldOut: 'sold-out',
  sold: 'order',
} as const;

type Counted = keyof typeof CODES;

/** How many answers of a kind came by the end of a second. */
const counted = ({ answers }: Rehearsed, kind: Counted, bySecond: number): number =>
  answers.filter(
    ({ code = 'order', askedAt = 0 }) =>
      code === CODES[kind] && askedAt < (scene?.sale.opensAt ?? 0) + bySecond * 1_000,
  ).length;

const foretold = (seconds: readonly Second[], kind: Counted | 'writes', bySecond: number): number =>
  seconds.slice(0, bySecond).reduce((sum, second) => sum + second[kind], 0);

function sayBoth(title: string, real: Rehearsed, model: readonly Second[], at: readonly number[]) {
  const kinds = Object.keys(CODES) as Counted[];
  say(title, [
    `by second ${at.join(', ')}: rehearsed / foretold`,
    ...kinds.map((kind) => {
      const pairs = at.map(
        (second) =>
          `${figure(counted(real, kind, second))} / ${figure(Math.round(foretold(model, kind, second)))}`,
      );
      return `${kind.padEnd(13)}${pairs.join('   ')}`;
    }),
    `answers      ${tallied(real.answers.map(({ code = 'order' }) => code))}`,
  ]);
}

/** Whether a count is what was foretold, but for a share, and for what chance does to small numbers (4 sigma). */
function expectNear(real: number, model: number, share: number) {
  const most = share * Math.max(real, model) + 4 * Math.sqrt(Math.max(model, 1));
  expect(Math.abs(real - model)).toBeLessThanOrEqual(most);
}

describe('a plan', () => {
  test('foretells what slots let in, what the gate refuses, and when the stock is gone', async () => {
    const shoppers = 3_000;
    const admission = { expectedShoppers: shoppers, perSecond: 150 };
    const options = { id: 'foretold', item: { units: 1_200, price: 0 }, admission };
    const real = await rehearse(options, shoppers, 60);
    const model = foretell(options, shoppers);
    const at = [1, 2, 4, 8, 12, 30];
    sayBoth('3,000 at once, 150/s admitted, 1,200 units', real, model, at);
    for (const second of at) {
      expectNear(
        counted(real, 'notYourTurn', second),
        foretold(model, 'notYourTurn', second),
        0.02,
      );
      expectNear(counted(real, 'sold', second), foretold(model, 'sold', second), 0.05);
      expectNear(counted(real, 'soldOut', second), foretold(model, 'soldOut', second), 0.05);
    }
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
    const real = await rehearse(options, shoppers, 120);
    const model = foretell(options, shoppers, throttle);
    const at = [1, 2, 5, 10, 15, 30];
    sayBoth('2,000 where 1,000 were expected, 100/s admitted, throttle 110/s', real, model, at);
    for (const second of at) {
      expectNear(counted(real, 'sold', second), foretold(model, 'sold', second), 0.05);
      expectNear(
        counted(real, 'throttledApi', second),
        foretold(model, 'throttledApi', second),
        0.1,
      );
    }
    expect(foretold(model, 'sold', 120)).toBeCloseTo(shoppers, 0);
  });

  test('foretells first come, first served: who finds a unit, and what looking for it costs', async () => {
    const shoppers = 2_000;
    const admission = { expectedShoppers: 0, perSecond: 1_000 };
    const options = { id: 'rush', item: { units: 1_000, price: 0 }, admission };
    const real = await rehearse(options, shoppers, 60);
    const model = foretell(options, shoppers);
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
