/** @module Laws of closings that move, by operators whose commands are cut short, and of a closing that comes by itself. */

import { deepEqual, equal, ok } from 'node:assert/strict';
import fc from 'fast-check';
import { findSale } from '../../domain/catalogue.ts';
import { type ClosingWorld, closeNow, extend } from '../../domain/closing.ts';
import type { Shard } from '../../domain/items.ts';
import { close } from '../../domain/open-close.ts';
import { purchase } from '../../domain/purchase.ts';
import type { PublishedSale } from '../../domain/sale.ts';
import { lateUntil, sweepSale } from '../../domain/sweep-sale.ts';
import { OPENS_AT } from '../support/sales.ts';
import { buyerKeyOf, openShop } from '../support/shop.ts';
import { type Law, law } from './law.ts';

const MINUTE_MS = 60_000;
const CLOSES_AT = OPENS_AT + 20 * MINUTE_MS;

/** A command that is killed after so many calls, or not at all; and whether it is repeated then. */
const act = fc.record({
  what: fc.constantFrom('extend' as const, 'extend' as const, 'close' as const),
  afterMs: fc.oneof(fc.nat({ max: 15 * MINUTE_MS }), fc.nat({ max: 1000 })),
  laterMs: fc.nat({ max: 30 * MINUTE_MS }),
  calls: fc.oneof(fc.constant(99), fc.nat({ max: 9 })),
  repeated: fc.boolean(),
});

type Act = typeof act extends fc.Arbitrary<infer T> ? T : never;

const acts = fc.array(act, { maxLength: 12 });

/** A sale with operators, on a clock that calls each closing that was scheduled. */
async function aNight() {
  const shop = await openShop({ closesAt: CLOSES_AT });
  const scheduled = new Set([CLOSES_AT]);
  const fired = new Set<number>();
  const edge: { told?: PublishedSale } = {};
  const state = { now: OPENS_AT, left: 99 };
  const step = () => {
    if (state.left-- <= 0) throw new Error('killed');
  };
  const doing = <T extends unknown[], R>(run: (...args: T) => Promise<R>) => {
    return async (...args: T): Promise<R> => {
      step();
      return run(...args);
    };
  };
  const world: ClosingWorld = {
    store: { read: shop.store.read, write: doing(shop.store.write) },
    queue: { send: doing(shop.world.queue.send) },
    clock: () => state.now,
    async wait(ms) {
      state.now += ms;
    },
    publish: doing(async () => {}),
    edge: {
      changeSale: doing(async (told) => {
        edge.told = told;
      }),
    },
    site: { putSale: doing(async () => {}) },
    schedules: { createEnd: doing(async ({ closesAt }) => void scheduled.add(closesAt)) },
  };
  const sale = async () => (await findSale(shop.store, 'night')) as PublishedSale;
  return {
    ...{ shop, world, state, scheduled, edge, sale },
    /** Lets time pass, and what was scheduled in it happen. */
    async pass(ms: number) {
      const until = state.now + ms;
      state.left = 99;
      for (const at of [...scheduled].sort((a, b) => a - b)) {
        if (at > until || fired.has(at)) continue;
        fired.add(at);
        state.now = Math.max(state.now, at);
        await close(world, 'night');
      }
      state.now = until;
    },
    /** One command, killed after so many calls. */
    async command(run: (world: ClosingWorld) => Promise<unknown>, calls: number) {
      state.left = calls;
      await run(world).catch((error: Error) => equal(error.message, 'killed'));
      state.left = 99;
    },
  };
}

type Night = Awaited<ReturnType<typeof aNight>>;

async function buys({ shop, state, sale }: Night, name: string): Promise<string> {
  const offer = { ...(await shop.offer()), sale: await sale() };
  const buyer = { buyerKey: buyerKeyOf(name), shopper: `i-${name}`, transaction: `t-${name}` };
  return (await purchase(shop.world, offer, buyer, 1, state.now)).kind;
}

/** What an operator does, perhaps twice. */
async function does(night: Night, act: Act): Promise<void> {
  const run = commandOf(night, act);
  await night.command(run, act.calls);
  if (act.repeated) await night.command(run, 99);
}

const commandOf = ({ state }: Night, { what, laterMs }: Act) => {
  const until = state.now + laterMs;
  return (world: ClosingWorld) =>
    what === 'extend' ? extend(world, 'night', until) : closeNow(world, 'night');
};

export const closingLaws: readonly Law[] = [
  law(
    'closing: whoever moves it and wherever they are killed, what is over never opens again, and somebody closes it',
    [acts],
    async (all) => {
      const night = await aNight();
      let over: number | undefined;
      for (const [index, act] of all.entries()) {
        await night.pass(act.afterMs);
        await does(night, act);
        const { closesAt } = await night.sale();
        ok(night.scheduled.has(closesAt), 'nobody closes it');
        const kind = await buys(night, `b-${index}`);
        equal(kind === 'closed', night.state.now >= closesAt, `${kind} at ${night.state.now}`);
        equal(closesAt, over ?? closesAt);
        if (night.state.now >= closesAt) over = closesAt;
      }
      const { closesAt } = await night.sale();
      await night.pass(Math.max(0, closesAt - night.state.now) + MINUTE_MS);
      equal((await night.sale()).closed, true);
      equal((await night.shop.status()).phase, 'CLOSED');
    },
    0.5,
  ),

  law(
    'closing: a command that is repeated until it answers leaves the edge with what the catalogue says',
    [acts],
    async (all) => {
      const night = await aNight();
      for (const act of all) {
        await night.pass(act.afterMs);
        const until = night.state.now + act.laterMs;
        const run = commandOf(night, act);
        await night.command(run, act.calls);
        const before = await night.sale();
        await night.command(run, 99);
        const after = await night.sale();
        // A repetition that was refused has changed nothing, and the first try nothing either.
        if (night.edge.told && after.plannedClosesAt !== undefined && before.closesAt === until) {
          deepEqual(night.edge.told.closesAt, after.closesAt);
        }
      }
    },
    0.5,
  ),

  law(
    'closing: sweeps go on until the last order of a sale that was moved is over, and no unit is lost',
    [acts],
    async (all) => {
      const night = await aNight();
      const { shop, state } = night;
      for (const [index, { what, afterMs, laterMs }] of all.entries()) {
        await night.pass(afterMs);
        if (what === 'extend') await extend(night.world, 'night', state.now + laterMs);
        if (what === 'close' && index > 5) await closeNow(night.world, 'night');
        await buys(night, `b-${index}`);
      }
      const sale = await night.sale();
      await night.pass(Math.max(0, sale.closesAt - state.now));
      for (let sweeps = 0, isOver = false; !isOver; sweeps++) {
        ok(sweeps < 200, 'sweeps do not end');
        state.now += MINUTE_MS;
        ({ isOver } = await sweepSale(shop.world, sale, state.now));
        await shop.deliver();
        if (isOver) ok(state.now > lateUntil(sale));
      }
      const shard = (await shop.shard(0)) as Shard;
      deepEqual(shard, { cap: 10, avail: 10 });
    },
    0.1,
  ),
];
