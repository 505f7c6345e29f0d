/**
 * @module
 * A sale, second by second, against the limits of AWS. Everything is a mean: the same numbers always give the same
 * sale. `docs/capacity.md` says what each part stands for, where it comes from, and what is left out.
 */

import { counterShop } from './counter-shop.ts';
import { crowdOf, type People, type Presses } from './crowd.ts';
import { WRITES_PER_RECORD, WRITES_TO_PAY } from './effort.ts';
import { edgeFront, nakedFront, type Passed, type Traffic } from './front.ts';
import type { Habits } from './habits.ts';
import type { Limits } from './limits.ts';
import { payments } from './payments.ts';
import { type Plan, slotSeconds } from './plan.ts';
import { recordQueue } from './record-queue.ts';
import { type Second, seconds, type TickRow } from './second.ts';
import { shardedShop } from './sharded-shop.ts';
import type { Answers, Shop } from './shop.ts';
import { TICK, TICKS_PER_SECOND } from './tick.ts';
import { unlimitedShop } from './unlimited-shop.ts';

export type Setting = {
  readonly plan: Plan;
  readonly limits: Limits;
  readonly habits: Habits;
};

/** `edge`: as it is built. `naive`: no gate, no cache, one counter with transactions. */
export type Design = 'edge' | 'naive';

export type Course = {
  readonly seconds: readonly Second[];
  /** Where the crowd is at the end. */
  readonly people: People;
};

/** No model runs longer: a shop that is not done by then is not going to be. */
const LONGEST_SECONDS = 8 * 3600;

/** Fewer than so many shoppers are nobody. */
const NOBODY = 0.5;

/** Regional caches of CloudFront, each of which asks for the status once a second. */
export const REGIONAL_CACHES = 20;

/** Runs a sale until everybody has an answer and everything unpaid was released, or eight hours. */
export function simulate(setting: Setting, design: Design): Course {
  const sale = startSale(setting, design);
  const course = seconds();
  for (let tick = 1; tick <= LONGEST_SECONDS * TICKS_PER_SECOND; tick++) {
    course.add(sale.tick());
    if (tick % TICKS_PER_SECOND === 0 && sale.isOver()) break;
  }
  return { seconds: course.all(), people: sale.people() };
}

function startSale(setting: Setting, design: Design) {
  const { plan, limits } = setting;
  const isBuilt = design === 'edge';
  const habits = isBuilt ? setting.habits : { ...setting.habits, early: 0 };
  const front = isBuilt ? edgeFront(limits) : nakedFront(limits);
  const shop = shopOf(setting, design);
  const crowd = crowdOf(plan.shoppers, habits, isBuilt ? slotSeconds(plan) : 0);
  const money = payments(plan, habits);
  const queue = recordQueue(limits);
  let paidBefore = 0;
  return {
    tick(): TickRow {
      const before = shop.written();
      const presses = crowd.press();
      const passed = front.pass(
        trafficOf(presses, { looking: money.looking(), paid: paidBefore }, habits, design),
      );
      const { orders, ...answers } = shop.serve(passed.reached);
      const { paid, released } = money.next(orders);
      paidBefore = paid;
      if (released > 0) {
        shop.giveBack(released);
        crowd.announce();
      }
      const refused = refusedOf(passed, answers);
      const gaveUp = refused * habits.givesUp;
      crowd.tell({ refused, gaveUp, soldOut: answers.soldOut, orders });
      const records = orders + paid + released;
      return {
        ...outcomesOf(passed, answers),
        sold: orders,
        retries: presses.retries,
        gaveUp,
        environments: front.environments(),
        paid,
        released,
        queue: queue.work(records),
        writes: shop.written() - before + paid * WRITES_TO_PAY + records * WRITES_PER_RECORD,
      };
    },
    isOver() {
      const { waiting, comingAgain } = crowd.people();
      return waiting < NOBODY && comingAgain < NOBODY && money.open() < NOBODY;
    },
    people: () => crowd.people(),
  };
}

type Refusals = Omit<Answers, 'orders'>;

/** All who are asked to come again. */
const refusedOf = (passed: Passed, { throttled, busy }: Refusals): number =>
  passed.throttledEdge + passed.throttledApi + passed.throttledLambda + throttled + busy;

const outcomesOf = (passed: Passed, { throttled, busy, soldOut }: Refusals) => ({
  notYourTurn: passed.notYourTurn,
  throttledEdge: passed.throttledEdge + passed.throttledEarly,
  throttledApi: passed.throttledApi,
  throttledLambda: passed.throttledLambda,
  throttledTable: throttled,
  busy,
  soldOut,
  edgeRequests: passed.edgeRequests,
  apiRequests: passed.apiRequests,
  runs: passed.runs,
  busySeconds: passed.busySeconds,
  latencyMs: passed.latencyMs,
});

function shopOf({ plan, limits }: Setting, design: Design): Shop {
  if (plan.shards === 0) return unlimitedShop(limits);
  return design === 'edge' ? shardedShop(plan, limits) : counterShop(plan, limits);
}

/** Orders that are looked at, and that were paid in the tick before. */
type Orders = { readonly looking: number; readonly paid: number };

function trafficOf(
  presses: Presses,
  { looking, paid }: Orders,
  habits: Habits,
  design: Design,
): Traffic {
  const { early, valid, files, looks } = presses;
  const pages = (looking / habits.orderLookEvery) * TICK + paid * habits.payRequests;
  // As it is built, caches answer for the looks of all; a cache asks once a second as long as anybody looks.
  return design === 'edge'
    ? {
        early,
        valid,
        others: files + looks,
        browses: pages + Math.min(looks, REGIONAL_CACHES * TICK),
      }
    : { early, valid, others: files, browses: pages + looks };
}
