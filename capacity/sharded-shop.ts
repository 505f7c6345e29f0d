/**
 * @module
 * The shop as it is built: claim, hold, confirm on shards, with hints, a proof of "sold out", and a view of it all that each
 * environment keeps for a second.
 */

import { hinted, isScanned, looksOf, SCANS_PER_SECOND, writesOf } from './effort.ts';
import type { Limits } from './limits.ts';
import type { Plan } from './plan.ts';
import type { Note } from './refusals.ts';
import { looksAt, shardsOf } from './shards.ts';
import type { Answers, Shop } from './shop.ts';
import { sweepSecondsOf } from './sweeps.ts';
import { TICK, TICKS_PER_SECOND } from './tick.ts';
import { type WarmTable, warmTable, writeLimitOf } from './warm-table.ts';

/** How long an environment believes what it has read. */
const VIEW_TICKS = TICKS_PER_SECOND;

/** Reading every shard, and concluding. */
const SCAN_SECONDS = 0.05;

/** A scan may not follow another sooner. */
const SHORTEST_INTERVAL = 0.1;

/** Shoppers of a step are at most so many for each shard: the step is cut where they are more. */
const SHOPPERS_PER_SHARD = 0.25;

const MOST_CUTS = 200;

/** Less than that of an order is a rounding error. */
const NOTHING = 1e-6;

type State = {
  /** Orders that can still be made. */
  left: number;
  /** Share of environments that know that nothing is left. */
  knowing: number;
  /** When it was, or will be, proven. */
  provenAt: number;
  tick: number;
  writeUnits: number;
};

export function shardedShop(plan: Plan, limits: Limits, note: Note): Shop {
  const orders = plan.units / plan.unitsPerOrder;
  const shards = shardsOf(plan.shards, orders / plan.shards);
  const table = warmTable(limits.warmWrites, limits.tableWrites);
  const views: number[] = [];
  const state: State = {
    left: orders,
    knowing: 0,
    provenAt: Number.POSITIVE_INFINITY,
    tick: 0,
    writeUnits: 0,
  };
  const cost = writesOf(plan);
  const world = { plan, limits, note, cost, shards, table, state };
  return {
    serve(buyers) {
      state.knowing = nextKnowing(state);
      const told = buyers * state.knowing;
      const known = hinted(plan.shards) * mean(views);
      const { orders: made, throttled, inVain } = serveOpen(world, buyers - told, known);
      if (state.left <= NOTHING && inVain > 0) prove(world);
      // Whoever looks in vain asks for a scan, and is told if there was one: only until then somebody hears "busy".
      const late = state.tick >= state.provenAt ? inVain : 0;
      views.push(shards.empty());
      if (views.length > VIEW_TICKS) views.shift();
      state.tick++;
      return { orders: made, throttled, soldOut: told + late, busy: inVain - late };
    },
    giveBack(count) {
      state.left += count;
      state.provenAt = Number.POSITIVE_INFINITY;
      state.writeUnits += count * cost.release;
      shards.putBack(count);
    },
    written: () => state.writeUnits,
  };
}

type World = {
  readonly plan: Plan;
  readonly limits: Limits;
  readonly note: Note;
  readonly cost: ReturnType<typeof writesOf>;
  readonly shards: ReturnType<typeof shardsOf>;
  readonly table: WarmTable;
  readonly state: State;
};

/** Views are refreshed evenly over the second in which they are believed. */
function nextKnowing({ knowing, provenAt, tick }: State): number {
  const step = 1 / VIEW_TICKS;
  return tick >= provenAt ? Math.min(1, knowing + step) : Math.max(0, knowing - step);
}

/** Of {@link Answers}; `inVain` is who found nothing. */
type Served = Pick<Answers, 'orders' | 'throttled'> & { readonly inVain: number };

/** Serves those who do not know that nothing is left, in as many cuts as the shards need. */
function serveOpen(world: World, buyers: number, known: number): Served {
  const { plan, table, state } = world;
  const room = table.room();
  // Only who finds something changes what the next one finds.
  const finding = Math.min(buyers, room, state.left);
  const cuts = Math.min(
    MOST_CUTS,
    Math.max(1, Math.ceil(finding / (plan.shards * SHOPPERS_PER_SHARD))),
  );
  const sum = { orders: 0, inVain: 0, throttled: 0 };
  let writes = 0;
  for (let cut = 0; cut < cuts; cut++) {
    const served = serveSome(world, buyers / cuts, known, room - writes, TICK / cuts);
    sum.orders += served.orders;
    sum.inVain += served.inVain;
    sum.throttled += served.throttled;
    writes += served.writes;
  }
  table.use(writes);
  state.writeUnits += writes;
  return sum;
}

function serveSome(world: World, buyers: number, known: number, room: number, seconds: number) {
  const { plan, limits, note, cost, shards, state } = world;
  const unknown = 1 - known;
  const looks = Math.min(looksOf(plan.shards), Math.ceil(plan.shards * unknown - NOTHING));
  const empty = unknown <= 0 ? 1 : Math.min(1, Math.max(0, (shards.empty() - known) / unknown));
  const { found, inVain: failures } = looksAt(looks, empty);
  const writesEach =
    looks === 0
      ? election(plan)
      : cost.claim + found * cost.win + failures * cost.failure + (1 - found) * election(plan);
  const partitions = (limits.partitionWrites / cost.shard) * seconds * plan.shards * unknown;
  const byTable = atMost(Math.max(0, room), writesEach);
  const byPartitions = atMost(partitions, found + failures);
  const able = Math.min(buyers, byTable, byPartitions);
  note(byPartitions <= byTable ? 'partitionWrites' : writeLimitOf(world.table), buyers - able);
  const orders = Math.min(able * found, state.left);
  state.left -= orders;
  shards.take(orders);
  return { orders, inVain: able - orders, throttled: buyers - able, writes: able * writesEach };
}

const atMost = (room: number, each: number): number =>
  each === 0 ? Number.POSITIVE_INFINITY : room / each;

/** A try to be the one who scans. */
const election = ({ shards }: Plan): number => (isScanned(shards) ? 1 : 0);

/** Somebody found nothing: a scan proves it soon, or the sweep after the next full minute. */
function prove({ plan, limits, state }: World): void {
  if (state.provenAt !== Number.POSITIVE_INFINITY) return;
  const { shards } = plan;
  const now = state.tick / TICKS_PER_SECOND;
  const at = isScanned(shards)
    ? // The last one that found something was half an interval ago, on average.
      now + SCAN_SECONDS + Math.max(SHORTEST_INTERVAL, shards / SCANS_PER_SECOND) / 2
    : (Math.floor(now / 60) + 1) * 60 + sweepSecondsOf(shards, limits);
  state.provenAt = Math.ceil(at * TICKS_PER_SECOND);
}

function mean(numbers: readonly number[]): number {
  let sum = 0;
  for (const one of numbers) sum += one;
  return numbers.length === 0 ? 0 : sum / numbers.length;
}
