/** Clocks that are wrong by an hour, and edges that are half a minute behind. */

import { afterEach, describe, expect, test } from '@jest/globals';
import type { ShopperAnswer } from '../../domain/audit-answers.ts';
import { pause, resume } from '../../domain/pause.ts';
import type { Clock } from '../../local/clock.ts';
import { releaseTime, stopTime } from '../support/still-time.ts';
import { answerOf } from './presses.ts';
import { type Queue, queuer } from './queuer.ts';
import { say, tallied } from './say.ts';
import { type Scene, startScene } from './scene.ts';
import { type Actor, play } from './stage.ts';
import { buyShot, enterAll, takeTickets, type Visitor } from './visitors.ts';

const HOUR_MS = 3_600_000;

let scene: Scene | undefined;

afterEach(async () => {
  releaseTime();
  await scene?.stop();
  scene = undefined;
});

/** Does as the page does with a clock that is wrong: asks for the server's time, and counts from there. */
function misled({ clock, sale, answers }: Queue, visitor: Visitor, errorMs: number): Actor {
  const own = () => clock.now() + errorMs;
  const then = queuer({ clock, sale, answers }, visitor);
  let offset: number | undefined;
  return {
    next: () =>
      offset === undefined ? { method: 'GET', path: '/api/time', headers: {} } : then.next(),
    take(hit, now) {
      if (offset !== undefined) return then.take(hit, now);
      offset = Number(hit.body['epochMs']) - own();
      // When its own clock shows that, by its own reckoning.
      const due = Math.max(sale.opensAt, visitor.slot) - offset;
      return due - errorMs;
    },
  };
}

/** Trusts its own clock: presses every second for ten seconds from what it takes for the opening. */
function naive({ clock, sale, answers }: Queue, visitor: Visitor): Actor {
  let left = 10;
  let askedAt = 0;
  return {
    next() {
      askedAt = clock.now();
      return buyShot(sale.id, sale.doorKey, visitor);
    },
    take(hit, now) {
      answers.push(answerOf(visitor, hit, askedAt, now));
      left -= 1;
      return left === 0 ? undefined : now + 1_000;
    },
  };
}

const codesOf = (answers: readonly ShopperAnswer[]) => answers.map(({ code = 'order' }) => code);

describe('clocks that are wrong by an hour', () => {
  test('change nothing for who asks for the time, and gain nothing for who does not', async () => {
    const admission = { expectedShoppers: 200, perSecond: 20 };
    const item = { units: 200, price: 0 };
    scene = await startScene({ id: 'clocks', item, admission, opensInMs: 1.5 * HOUR_MS });
    stopTime();
    const { sale, clock, volley } = scene;
    const visitors = await enterAll(volley, 220);
    await takeTickets(volley, sale.id, visitors);
    const right: ShopperAnswer[] = [];
    const early: ShopperAnswer[] = [];
    const late: ShopperAnswer[] = [];
    const queue = { clock, sale, answers: right };
    const cast = [
      ...visitors.slice(0, 200).map((visitor, index) => ({
        actor: misled(queue, visitor, index % 2 === 0 ? HOUR_MS : -HOUR_MS),
        due: clock.now(),
      })),
      ...visitors.slice(200, 210).map((visitor) => ({
        actor: naive({ ...queue, answers: early }, visitor),
        due: sale.opensAt - HOUR_MS,
      })),
      ...visitors.slice(210).map((visitor) => ({
        actor: queuer({ ...queue, answers: late }, visitor),
        due: sale.opensAt + HOUR_MS,
      })),
    ];
    const before = scene.behind();
    await play(scene, { cast, tickMs: 250, until: sale.opensAt + 2 * HOUR_MS });
    const behind = scene.behind().api - before.api;
    say('200 shoppers whose clocks are an hour wrong, and 20 scripts that trust theirs', [
      `by the server's time  ${tallied(codesOf(right))}`,
      `an hour early         ${tallied(codesOf(early))}`,
      `an hour late          ${tallied(codesOf(late))}`,
    ]);
    // With the last units somebody may find the shards that it looks at empty, and comes again.
    const answered = codesOf(right).filter((code) => code !== 'busy');
    expect(answered).toEqual(Array(200).fill('order'));
    expect(right.filter(({ at }) => at < sale.opensAt)).toEqual([]);
    expect(new Set(codesOf(early))).toEqual(new Set(['not-open']));
    expect(codesOf(late)).toEqual(late.map(() => 'sold-out'));
    expect(late).toHaveLength(10);
    expect(behind).toBe(right.length + 10);
    await scene.expectKept([...right, ...early, ...late]);
  });
});

/** Answers of the function that sells, once a sale runs. */
const REACHED = new Set(['order', 'sold-out', 'busy']);

/** The first answer of each shopper. */
const firstOf = (answers: readonly ShopperAnswer[]) =>
  [...Map.groupBy(answers, ({ shopper }) => shopper).values()].flatMap(([first = []]) => first);

/** Presses the two buttons when their times come. */
function operator(
  clock: Clock,
  acts: readonly { readonly at: number; readonly act: () => Promise<unknown> }[],
) {
  const todo = [...acts];
  return async () => {
    while (todo[0] !== undefined && todo[0].at <= clock.now()) await todo.shift()?.act();
  };
}

describe('edges that are half a minute behind', () => {
  test('open by the clock, and keep every place over a pause', async () => {
    const admission = { expectedShoppers: 600, perSecond: 30 };
    const item = { units: 500, price: 0 };
    scene = await startScene({ id: 'behind', item, admission, keyValueStoreDelayMs: 30_000 });
    stopTime();
    const { sale, clock, volley, deployment } = scene;
    await clock.advance(31_000);
    const visitors = await enterAll(volley, 600);
    await takeTickets(volley, sale.id, visitors);
    const slots = new Map(visitors.map(({ cookie, slot }) => [cookie, slot - sale.opensAt]));
    const answers: ShopperAnswer[] = [];
    const cast = visitors.map((visitor) => ({
      actor: queuer({ clock, sale, answers }, visitor),
      due: visitor.slot,
    }));
    const pausedAt = sale.opensAt + 5_000;
    const resumedAt = pausedAt + 40_000;
    const onTick = operator(clock, [
      { at: pausedAt, act: () => pause(deployment, sale.id) },
      { at: resumedAt, act: () => resume(deployment, sale.id) },
    ]);
    const left = await play(scene, { cast, tickMs: 100, until: sale.opensAt + 300_000, onTick });

    const slotsFrom = resumedAt + 60_000;
    const orders = answers.filter(({ orderId }) => orderId !== undefined);
    const firstSecond = orders.filter(({ at }) => at < sale.opensAt + 1_000);
    const before = orders.filter(({ at }) => at < resumedAt);
    const reached = firstOf(
      answers.filter(({ at, code = 'order' }) => at >= resumedAt && REACHED.has(code)),
    );
    const lateness = reached.map(({ shopper, at }) => at - slotsFrom - (slots.get(shopper) ?? 0));
    say('Paused after 5 s, resumed 40 s later, the edges 30 s behind', [
      `sold     ${firstSecond.length} in the first second, ${before.length} before the pause, ${orders.length} in all`,
      `answers  ${tallied(codesOf(answers))}`,
      `places   ${reached.length} reached the function after the resume, each ${Math.min(...lateness)} to ${Math.max(...lateness)} ms after its slot`,
    ]);
    expect(left).toEqual([]);
    expect(firstSecond.length).toBeGreaterThan(0);
    // A function knows of a pause within a second.
    expect(before.filter(({ at }) => at > pausedAt + 1_100)).toEqual([]);
    expect(Math.min(...lateness)).toBeGreaterThanOrEqual(0);
    // `Retry-After` is in whole seconds.
    expect(Math.max(...lateness)).toBeLessThanOrEqual(1_200);
    expect(before.length + reached.length).toBe(600);
    expect(new Set(orders.map(({ orderId }) => orderId)).size).toBe(500);
    expect(orders).toHaveLength(500);
    await scene.expectKept(answers);
  });
});
