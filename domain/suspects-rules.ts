/**
 * @module
 * What makes buyers look like one: each rule finds groups of orders that share something, and says how much that weighs.
 */

import type { Trace } from './trace.ts';
import type { EpochMs } from './units.ts';

/** An acknowledged order, and what its press of Buy showed. */
export type TracedOrder = {
  readonly orderId: string;
  readonly shopper: string;
  readonly quantity: number;
  readonly isPaid: boolean;
  /** When Buy was pressed. */
  readonly at: EpochMs;
  readonly trace: Trace;
};

type Group = readonly TracedOrder[];

export type RuleName = 'device' | 'client' | 'burst';

type Rule = {
  readonly name: RuleName;
  readonly shared: string;
  /** 5 strong, 3 medium, 1 weak. */
  readonly points: number;
  /** Groups of orders that share it; the order of the sale's orders does not matter. */
  readonly groups: (orders: Group) => readonly Group[];
};

/** The table of rules; `docs/suspects.md` explains it. */
export const RULES: readonly Rule[] = [
  { name: 'device', shared: 'the same browser profile', points: 5, groups: sameDevice },
  {
    name: 'client',
    shared: 'one network, TLS client and user agent, more often than chance',
    points: 3,
    groups: sameClient,
  },
  {
    name: 'burst',
    shared: 'one network and the same 100 ms, more often than chance',
    points: 1,
    groups: bursts,
  },
];

const BURST_MS = 100;

/** Three are a coincidence at most. */
const ALWAYS_ALLOWED = 3;

/** What more than a quarter of all others share can never stand out. */
const TIMES_CHANCE = 4;

/** How many share something, in a network and elsewhere. */
type Counts = {
  readonly here: number;
  /** All of the network. */
  readonly ofNetwork: number;
  readonly elsewhere: number;
  /** All who are not of the network. */
  readonly others: number;
};

/**
 * Whether a network has more of something than chance would give: more than 3, and 4 times the network's size times the
 * share among all others. So the crowd behind a carrier's address, which is like every crowd, is no group, nor are
 * those who use what everybody uses. One more elsewhere is assumed: what nobody else has may be rare by chance.
 */
export const isMoreThanChance = ({ here, ofNetwork, elsewhere, others }: Counts): boolean =>
  here > ALWAYS_ALLOWED + (TIMES_CHANCE * ofNetwork * (elsewhere + 1)) / (others + 1);

/** A device is drawn from 132 bits: two browser profiles never share one by chance. */
function sameDevice(orders: Group): Group[] {
  return [...by(orders, ({ trace }) => trace.device).values()];
}

function sameClient(orders: Group): Group[] {
  const all = buyersIn(orders);
  const everywhere = new Map([...by(orders, clientOf)].map(([name, of]) => [name, buyersIn(of)]));
  return byNetwork(orders).flatMap((network) => {
    const ofNetwork = buyersIn(network);
    return [...by(network, clientOf)]
      .filter(([client, group]) => {
        const here = buyersIn(group);
        const elsewhere = (everywhere.get(client) ?? here) - here;
        return isMoreThanChance({ here, ofNetwork, elsewhere, others: all - ofNetwork });
      })
      .map(([, group]) => group);
  });
}

/** Having no fingerprint or no user agent is a likeness as well. */
const clientOf = ({ trace }: TracedOrder): string => `${trace.ja4 ?? ''} ${trace.agent ?? ''}`;

function bursts(orders: Group): Group[] {
  const instants = Float64Array.from(orders, ({ at }) => at).sort();
  return byNetwork(orders).flatMap((network) => {
    const others = orders.length - network.length;
    const standsOut = ({ from, group }: Window) => {
      const all = countBelow(instants, from + BURST_MS) - countBelow(instants, from);
      const counts = { here: group.length, ofNetwork: network.length, others };
      return isMoreThanChance({ ...counts, elsewhere: all - group.length });
    };
    return windowsOf(network)
      .filter(standsOut)
      .map(({ group }) => group);
  });
}

type Window = { readonly from: EpochMs; readonly group: Group };

/** Orders within the same 100 ms, from each order on that no earlier window covers to its end. */
function windowsOf(network: Group): Window[] {
  const sorted = network.toSorted((one, other) => one.at - other.at);
  const windows: Window[] = [];
  let end = 0;
  for (const [start, { at: from }] of sorted.entries()) {
    const before = end;
    while ((sorted[end]?.at ?? Number.POSITIVE_INFINITY) < from + BURST_MS) end++;
    if (end > before) windows.push({ from, group: sorted.slice(start, end) });
  }
  return windows;
}

/** How many of some sorted numbers are below a bound. */
function countBelow(sorted: Float64Array, bound: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] as number) < bound) low = middle + 1;
    else high = middle;
  }
  return low;
}

const byNetwork = (orders: Group): Group[] => [
  ...by(orders, ({ trace }) => trace.network).values(),
];

/** Orders by what they show; those that do not show it are left out. */
function by(orders: Group, of: (order: TracedOrder) => string | undefined): Map<string, Group> {
  const groups = Map.groupBy(orders, of);
  groups.delete(undefined);
  return groups as Map<string, Group>;
}

export const buyersIn = (orders: Group): number =>
  new Set(orders.map(({ shopper }) => shopper)).size;
