/** @module A crowd on the local stack, in time that only the test moves, and the same crowd by the model of a plan. */

import { expect } from '@jest/globals';
import { type Habits, USUAL } from '../../capacity/habits.ts';
import { type Limits, limitsIn } from '../../capacity/limits.ts';
import { planOf } from '../../capacity/plan.ts';
import type { Second } from '../../capacity/second.ts';
import type { Setting } from '../../capacity/setting.ts';
import type { ShopperAnswer } from '../../domain/audit-answers.ts';
import { randomFor } from '../../load/random.ts';
import { stopTime } from '../support/still-time.ts';
import { type Queue, queuer } from './queuer.ts';
import { figure, say, tallied } from './say.ts';
import type { Scene } from './scene.ts';
import { type Actor, type Cast, play } from './stage.ts';
import { enterAll, takeTickets, type Visitor } from './visitors.ts';

/** Everybody is there at the opening, presses at once, and never gives up; nobody looks at anything but the order. */
export const EAGER: Habits = {
  ...USUAL,
  present: 1,
  early: 1,
  givesUp: 0,
  comesBack: 0,
  pays: 0,
};

/** Waits as the page does: as long as it is told, and up to half as long again. */
export function pageLike(queue: Queue, visitor: Visitor, index: number): Actor {
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

export type Rehearsed = {
  readonly answers: readonly ShopperAnswer[];
  /** When the sale opened. */
  readonly opensAt: number;
  /** Write units of the function that sells. */
  readonly writes: number;
};

/** What an actor is made of. */
export type Casting = (queue: Queue, visitor: Visitor, index: number) => Actor;

/** Plays a crowd for some seconds, who press within the first one: nobody's click is that quick. */
export async function rehearse(
  scene: Scene,
  shoppers: number,
  seconds: number,
  actorOf: Casting = pageLike,
): Promise<Rehearsed> {
  stopTime();
  const { sale, stack, volley } = scene;
  const visitors = await enterAll(volley, shoppers);
  await takeTickets(volley, sale.id, visitors);
  const answers: ShopperAnswer[] = [];
  const queue = { clock: stack.clock, sale, answers };
  const chance = randomFor(11, 0);
  const cast: Cast = visitors.map((visitor, index) => ({
    actor: actorOf(queue, visitor, index),
    due: sale.opensAt + chance() * 1_000,
  }));
  await scene.skipTo(sale.opensAt);
  const before = stack.calls.snapshot();
  const left = await play(scene, { cast, tickMs: 50, until: sale.opensAt + seconds * 1_000 });
  if (left.length > 0) {
    const heard = tallied(answers.map(({ code = 'order' }) => code));
    throw new Error(
      `Cannot finish in ${seconds} s: ${left.length} still press, and heard ${heard}`,
    );
  }
  const writes = stack.calls
    .since(before)
    .filter(({ function: name }) => name === 'Buy')
    .reduce((sum, { writeUnits }) => sum + writeUnits, 0);
  await scene.expectKept(answers);
  return { answers, opensAt: sale.opensAt, writes };
}

/** The same for the model. @param others limits that the stack was given, besides those of one machine */
export function settingOf(
  { sale }: Scene,
  shoppers: number,
  others: Partial<Limits> = {},
  habits: Habits = EAGER,
): Setting {
  return {
    plan: planOf(sale, shoppers),
    // One machine has neither Lambda's nor DynamoDB's limits.
    limits: {
      ...limitsIn('us-east-1', 'dev'),
      readyEnvironments: 1_000,
      warmWrites: 40_000,
      ...others,
    },
    habits,
  };
}

const CODES = {
  notYourTurn: 'not-your-turn',
  throttledApi: 'too-many-requests',
  busy: 'busy',
  soldOut: 'sold-out',
  sold: 'order',
} as const;

export type Counted = keyof typeof CODES;

/** How many answers of a kind came by the end of a second. */
export const counted = ({ answers, opensAt }: Rehearsed, kind: Counted, bySecond: number): number =>
  answers.filter(
    ({ code = 'order', askedAt = 0 }) =>
      code === CODES[kind] && askedAt < opensAt + bySecond * 1_000,
  ).length;

export const foretold = (
  seconds: readonly Second[],
  kind: Counted | 'writes',
  bySecond: number,
): number => seconds.slice(0, bySecond).reduce((sum, second) => sum + second[kind], 0);

export function sayBoth(
  title: string,
  real: Rehearsed,
  model: readonly Second[],
  at: readonly number[],
) {
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

/**
 * Whether a count is what was foretold, but for a share, and for what chance does (4 sigma).
 *
 * @param came how many came through the gate by then. Slots are drawn, so that this is chance, and whoever finds no unit
 *   or no token is what is left of them: just when these run out, 20 more or less of 200 are all that there is.
 */
export function expectNear(real: number, model: number, share: number, came = 0) {
  const most = share * Math.max(real, model) + 4 * Math.sqrt(Math.max(model, came, 1));
  expect(Math.abs(real - model)).toBeLessThanOrEqual(most);
}
