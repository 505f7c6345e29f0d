/** @module A sale of the model that goes on tick by tick: from the crowd through the front to the shop, and back. */

import { counterShop } from './counter-shop.ts';
import { crowdOf, type People, type Presses } from './crowd.ts';
import { WRITES_PER_RECORD, writesOf } from './effort.ts';
import { edgeFront, nakedFront, type Passed, type Traffic } from './front.ts';
import { payments } from './payments.ts';
import { slotSeconds } from './plan.ts';
import { recordQueue } from './record-queue.ts';
import type { Note } from './refusals.ts';
import type { TickRow } from './second.ts';
import type { Design, Setting } from './setting.ts';
import { shardedShop } from './sharded-shop.ts';
import type { Answers, Shop } from './shop.ts';
import { TICK } from './tick.ts';
import { unlimitedShop } from './unlimited-shop.ts';
import { type Views, views } from './views.ts';

/** Fewer than so many shoppers are nobody. */
const NOBODY = 0.5;

/** Regional caches of CloudFront, each of which asks for the status once a second. */
export const REGIONAL_CACHES = 20;

export type RunningSale = {
  tick(): TickRow;
  /** Whether everybody has an answer, and every order is paid or released. */
  isOver(): boolean;
  people(): People;
};

/** @param note is told of every request that a limit turns away */
export function startSale(setting: Setting, design: Design, note: Note): RunningSale {
  const parts = partsOf(setting, design, note);
  const { crowd, money, front, looks, shop, habits } = parts;
  let paidBefore = 0;
  return {
    tick() {
      const writtenBefore = shop.written();
      const presses = crowd.press();
      const passed = front.pass(trafficOf(parts, presses, paidBefore));
      const blind = looks.refused(passed.reached, front.environments());
      const answers = shop.serve(passed.reached - blind);
      const { orders, soldOut } = answers;
      const { paid, released } = money.next(orders);
      paidBefore = paid;
      if (released > 0) {
        shop.giveBack(released);
        crowd.announce();
      }
      const refused = refusedOf(passed, answers) + blind;
      const gaveUp = refused * habits.givesUp;
      crowd.tell({ refused, gaveUp, soldOut, orders });
      const come = { refused, gaveUp, blind, paid, released, writtenBefore };
      return rowOf(parts, presses, passed, answers, come);
    },
    isOver() {
      const { waiting, comingAgain } = crowd.people();
      return waiting < NOBODY && comingAgain < NOBODY && money.open() < NOBODY;
    },
    people: () => crowd.people(),
  };
}

type Parts = ReturnType<typeof partsOf>;

function partsOf({ plan, limits, habits: usual }: Setting, design: Design, note: Note) {
  const isBuilt = design === 'edge';
  const habits = isBuilt ? usual : { ...usual, early: 0 };
  return {
    design,
    habits,
    front: isBuilt ? edgeFront(limits, note) : nakedFront(limits, note),
    looks: isBuilt ? views(plan, limits, note) : NO_VIEWS,
    shop: shopOf({ plan, limits, habits }, design, note),
    crowd: crowdOf(plan.shoppers, habits, isBuilt ? slotSeconds(plan) : 0),
    money: payments(plan, habits),
    queue: recordQueue(limits),
    writesToPay: writesOf(plan).pay,
  };
}

/** The naive design reads nothing before its transaction. */
const NO_VIEWS: Views = { refused: () => 0 };

function shopOf({ plan, limits }: Setting, design: Design, note: Note): Shop {
  if (plan.shards === 0) return unlimitedShop(limits, note);
  return design === 'edge' ? shardedShop(plan, limits, note) : counterShop(plan, limits, note);
}

/** All who are asked to come again, but for those whose environment could read nothing. */
const refusedOf = (
  { throttledEdge, throttledApi, throttledLambda }: Passed,
  { throttled, busy }: Answers,
): number => throttledEdge + throttledApi + throttledLambda + throttled + busy;

/** What a tick came to, besides its answers. */
type Come = Readonly<
  Record<'refused' | 'gaveUp' | 'blind' | 'paid' | 'released' | 'writtenBefore', number>
>;

/** Field by field: spreading one object into another takes three times as long, a hundred thousand times. */
function rowOf(
  { front, shop, queue, writesToPay }: Parts,
  presses: Presses,
  passed: Passed,
  { orders, soldOut, busy, throttled }: Answers,
  { refused, gaveUp, blind, paid, released, writtenBefore }: Come,
): TickRow {
  const records = orders + paid + released;
  return {
    notYourTurn: passed.notYourTurn,
    throttledEdge: passed.throttledEdge + passed.throttledEarly,
    throttledApi: passed.throttledApi,
    throttledLambda: passed.throttledLambda,
    throttledTable: throttled + blind,
    busy,
    soldOut,
    sold: orders,
    retries: presses.retries,
    fresh: presses.fresh,
    comeAgain: refused - gaveUp,
    gaveUp,
    edgeRequests: passed.edgeRequests,
    apiRequests: passed.apiRequests,
    runs: passed.runs,
    busySeconds: passed.busySeconds,
    latencyMs: passed.latencyMs,
    cold: passed.cold,
    environments: front.environments(),
    paid,
    released,
    queue: queue.work(records),
    writes: shop.written() - writtenBefore + paid * writesToPay + records * WRITES_PER_RECORD,
  };
}

function trafficOf(
  { money, habits, design }: Parts,
  { early, valid, files, looks }: Presses,
  paid: number,
): Traffic {
  const pages = (money.looking() / habits.orderLookEvery) * TICK + paid * habits.payRequests;
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
