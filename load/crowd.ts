/** @module A crowd of shoppers, who do what their habits and a seed decide. */

import type { ShopperAnswer } from '../domain/audit-answers.ts';
import { takeTicket } from './admission.ts';
import { buy } from './buying.ts';
import { solve } from './challenge.ts';
import { openClient, type Traffic } from './client.ts';
import { look, pay } from './paying.ts';
import { randomFor } from './random.ts';
import { serverTime } from './server-time.ts';
import {
  type Door,
  enter,
  findDoor,
  newShopper,
  type Shopper,
  type World,
  waitForTurn,
} from './shopper.ts';
import { type Habits, type Product, wishesOf } from './wishes.ts';

/** A crowd, and what it comes for. */
export type CrowdPlan = Door & {
  /** Scheme, host and port. */
  readonly url: string;
  readonly products: readonly Product[];
  readonly habits: Habits;
  /** How many requests may be under way at once. */
  readonly connections: number;
};

/** What the crowd does next. */
export type Act =
  /** All begin a session and take a ticket, before the opening. */
  | 'arrive'
  /** The first shopper waits for the opening and buys, so that functions are warm. */
  | 'first'
  /** The second buys alone, so that what a win costs can be counted. */
  | 'second'
  /** All buy at once, as soon as they may, those two finding their orders of before; some pay. */
  | 'buy'
  /** Whoever has not paid buys again, once. */
  | 'again'
  /** The last who was told that an item is sold out asks on, alone: so that what a reject costs can be counted. */
  | 'ask-on';

/** How far an act is. */
export type Progress = {
  readonly act: Act;
  readonly done: number;
  readonly of: number;
  readonly attempts: number;
  readonly orders: number;
  readonly paid: number;
};

/** Everything since the crowd came. */
export type CrowdLog = {
  readonly answers: readonly ShopperAnswer[];
  /** How long each press of Buy took, in ms, in the order of the answers. */
  readonly tookMs: readonly number[];
  readonly traffic: Traffic;
  /** Orders that the shop says are paid, after the crowd paid them. */
  readonly paid: readonly string[];
};

export type Crowd = {
  /** Does an act; resolves when everyone is done with it. */
  act(act: Act): Promise<void>;
  progress(): Progress;
  log(): CrowdLog;
  close(): Promise<void>;
};

/** How often the one who asks on asks. */
const QUESTIONS = 20;

/** Numbers that a shopper's patience uses, apart from those that decide what it wants. */
const JITTER_SEED = 0x5eed;

export function gatherCrowd(plan: CrowdPlan): Crowd {
  const client = openClient(plan.url, plan.connections);
  const { habits } = plan;
  const shoppers = Array.from({ length: habits.shoppers }, (_, index) =>
    newShopper(wishesOf(habits, plan.products, index), randomFor(habits.seed ^ JITTER_SEED, index)),
  );
  const answers: ShopperAnswer[] = [];
  const tookMs: number[] = [];
  const orders = new Set<string>();
  const paid = new Set<string>();
  let progress: Progress = { act: 'arrive', done: 0, of: 0, attempts: 0, orders: 0, paid: 0 };
  const note = (answer: ShopperAnswer, ms: number) => {
    answers.push(answer);
    tookMs.push(ms);
    if (answer.orderId !== undefined) orders.add(answer.orderId);
  };
  return {
    async act(act) {
      const world = { client, time: await serverTime(client), door: plan, solve, note };
      const cast = castOf(act, shoppers, answers, paid);
      progress = { ...progress, act, done: 0, of: cast.length };
      await Promise.all(
        cast.map(async (shopper) => {
          await ACTS[act](world, shopper, paid);
          progress = { ...progress, done: progress.done + 1 };
        }),
      );
    },
    progress: () => ({
      ...progress,
      attempts: answers.length,
      orders: orders.size,
      paid: paid.size,
    }),
    log: () => ({ answers, tookMs, traffic: client.traffic(), paid: [...paid] }),
    close: () => client.close(),
  };
}

/** Who takes part in an act. */
function castOf(
  act: Act,
  shoppers: readonly Shopper[],
  answers: readonly ShopperAnswer[],
  paid: ReadonlySet<string>,
): readonly Shopper[] {
  switch (act) {
    case 'arrive':
    case 'buy':
      return shoppers;
    case 'first':
      return shoppers.slice(0, 1);
    case 'second':
      return shoppers.slice(1, 2);
    case 'again': {
      const payers = new Set(
        answers.flatMap(({ shopper, orderId = '' }) => (paid.has(orderId) ? shopper : [])),
      );
      return shoppers.filter(({ name }) => !payers.has(name));
    }
    case 'ask-on': {
      const refused = answers.findLast(({ code }) => code === 'sold-out')?.shopper;
      return shoppers.filter(({ name }) => name === refused);
    }
  }
}

type Doing = (world: World, shopper: Shopper, paid: Set<string>) => Promise<void>;

const ACTS: Readonly<Record<Act, Doing>> = {
  arrive: async (world, shopper) => {
    await enter(world, shopper);
    await takeTicket(world, shopper);
  },
  first: buyAlone,
  second: buyAlone,
  buy: (world, shopper, paid) => shop(world, shopper, paid),
  again: (world, shopper, paid) => shop(world, { ...shopper, pays: [shopper.paysAgain] }, paid),
  'ask-on': async (world, shopper) => {
    for (let question = 0; question < QUESTIONS; question++) {
      await buy(world, { ...shopper, doubleClicks: false });
    }
  },
};

async function buyAlone(world: World, shopper: Shopper): Promise<void> {
  await waitForTurn(world, shopper);
  await findDoor(world, shopper);
  await buy(world, { ...shopper, doubleClicks: false });
}

/** As soon as it may: buys, looks at the order, and pays or walks away; once or more. */
async function shop(world: World, shopper: Shopper, paid: Set<string>): Promise<void> {
  if (shopper.cookie === '') await enter(world, shopper);
  await takeTicket(world, shopper);
  await waitForTurn(world, shopper);
  await findDoor(world, shopper);
  for (const pays of shopper.pays) {
    const { orderId, status } = await buy(world, shopper);
    if (orderId === undefined) return;
    await look(world, shopper, orderId);
    if (status === 'PAID') paid.add(orderId);
    else if (pays && (await pay(world, shopper, orderId))) paid.add(orderId);
  }
}
