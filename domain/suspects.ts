/**
 * @module
 * Clusters of buyers who may be one: buyers that share something are joined, and what is joined is ranked. It names a
 * suspicion and proves nothing; see `docs/suspects.md`.
 */

import { buyersIn, RULES, type RuleName, type TracedOrder } from './suspects-rules.ts';
import type { EpochMs } from './units.ts';

/** Buyers who may be one. */
export type Cluster = {
  /** Points × units: what clusters are ranked by. */
  readonly score: number;
  /** Of all rules that joined somebody in it, each counted once. */
  readonly points: number;
  readonly rules: readonly RuleName[];
  readonly buyers: number;
  /** Those of them whose session cost nothing. */
  readonly guests: number;
  readonly orders: number;
  /** Units of all orders, also of those that were released since. */
  readonly units: number;
  /** Units that were paid. */
  readonly paid: number;
  readonly firstAt: EpochMs;
  readonly lastAt: EpochMs;
  /** ISO 3166-1 alpha-2, as far as they are known. */
  readonly countries: readonly string[];
  /** JA4 fingerprints, as operators can list them at the gate. */
  readonly clients: readonly string[];
  readonly orderIds: readonly string[];
};

/**
 * Finds clusters, the most suspicious first.
 *
 * @param least The fewest buyers that are worth a look; 2 or more
 */
export function suspects(orders: readonly TracedOrder[], least: number): Cluster[] {
  const joined = unionFind();
  const reasons = RULES.flatMap(({ name, points, groups }) =>
    groups(orders).flatMap((group) => {
      const [first, ...rest] = new Set(group.map(({ shopper }) => shopper));
      if (first === undefined || rest.length === 0) return [];
      for (const shopper of rest) joined.join(first, shopper);
      return [{ name, points, shopper: first }];
    }),
  );
  const why = Map.groupBy(reasons, ({ shopper }) => joined.root(shopper));
  return [...Map.groupBy(orders, ({ shopper }) => joined.root(shopper))]
    .map(([root, ones]) => clusterOf(ones, why.get(root) ?? []))
    .filter(({ buyers }) => buyers >= least)
    .sort((one, other) => other.score - one.score || one.firstAt - other.firstAt);
}

type Reason = { readonly name: RuleName; readonly points: number };

function clusterOf(orders: readonly TracedOrder[], reasons: readonly Reason[]): Cluster {
  const rules = new Map(reasons.map(({ name, points }) => [name, points]));
  const points = sum([...rules.values()]);
  const units = sum(orders.map(({ quantity }) => quantity));
  const sorted = orders.toSorted(byInstant);
  // Groups are never empty.
  const [first, last] = [sorted[0], sorted.at(-1)] as [TracedOrder, TracedOrder];
  return {
    score: points * units,
    points,
    rules: [...rules.keys()],
    buyers: buyersIn(orders),
    guests: buyersIn(orders.filter(({ shopper }) => shopper.startsWith('g-'))),
    orders: orders.length,
    units,
    paid: sum(orders.map(({ isPaid, quantity }) => (isPaid ? quantity : 0))),
    firstAt: first.at,
    lastAt: last.at,
    countries: known(orders.map(({ trace }) => trace.country)),
    clients: known(orders.map(({ trace }) => trace.ja4)),
    orderIds: sorted.map(({ orderId }) => orderId),
  };
}

/** Tables are read in no order, and a report is the same each time. */
const byInstant = (one: TracedOrder, other: TracedOrder): number =>
  one.at - other.at || (one.orderId < other.orderId ? -1 : 1);

const sum = (numbers: readonly number[]): number => numbers.reduce((one, other) => one + other, 0);

const known = (texts: readonly (string | undefined)[]): string[] =>
  [...new Set(texts)].filter((text) => text !== undefined).sort();

/** Disjoint sets of names: each name begins in a set of its own. */
function unionFind() {
  const parents = new Map<string, string>();
  const root = (name: string): string => {
    let at = name;
    for (;;) {
      const parent = parents.get(at);
      if (parent === undefined) return at;
      // Halves the path, so that long chains are walked once.
      parents.set(at, parents.get(parent) ?? parent);
      at = parent;
    }
  };
  return {
    root,
    join(one: string, other: string): void {
      const [from, to] = [root(other), root(one)];
      if (from !== to) parents.set(from, to);
    },
  };
}
