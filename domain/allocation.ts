/**
 * @module
 * Units that sales take from a product's total. Each step is one conditional write on the product: enough units are
 * free, and what is to be done has not been done. So any of them can be repeated, and totals are never exceeded.
 *
 * A publication sets its units aside before anything is made of the sale, so that it fails early; what it set aside is
 * its to change until the sale has entered the catalogue. From then on the catalogue says how many units there are, and
 * they are granted once and for all. A restock is granted at once: its number says which it is.
 */

import { type Decision, writeDecided } from './decided-write.ts';
import type { Store } from './ports.ts';
import {
  freeOf,
  grantedAttr,
  plannedAttr,
  productIn,
  productKey,
  type StockedProduct,
  soldAttr,
} from './product.ts';
import {
  type Attributes,
  add,
  all,
  below,
  type Change,
  type Condition,
  equals,
  missing,
  set,
  type Update,
  unset,
} from './write.ts';

/** Which units: a sale's, of the item that has the product's SKU. */
export type Taking = { readonly saleId: string; readonly sku: string; readonly units: number };

/** Why units are not taken. */
export type Shortage =
  | { readonly kind: 'unknown-product'; readonly sku: string }
  /** Fewer units are free than are wanted. */
  | {
      readonly kind: 'short';
      readonly sku: string;
      readonly units: number;
      readonly free: number;
    }
  /** The grant was of another number of units. */
  | { readonly kind: 'granted-otherwise'; readonly sku: string; readonly units: number }
  /** The sale is over, and what it did not sell has gone back. */
  | { readonly kind: 'given-back'; readonly sku: string };

export type AllocationOutcome = { readonly kind: 'allocated' } | Shortage;

const ALLOCATED = { kind: 'allocated' } as const;

/** Sets units aside for a sale that is being published; other units than before replace those. */
export const planUnits = (store: Store, taking: Taking): Promise<AllocationOutcome> =>
  step(store, taking, (product) => {
    const { saleId, units } = taking;
    const before = product.planned[saleId];
    if (before === units || product.granted[`${saleId}#0`] !== undefined) return undefined;
    const change = [set(plannedAttr(saleId), units)];
    return { when: isPlanned(saleId, before), by: units - (before ?? 0), change };
  });

/** Grants the units of a published sale, and no others are set aside for it any more. */
export const grantPlanned = (store: Store, taking: Taking): Promise<AllocationOutcome> =>
  step(store, taking, (product) => {
    const { saleId, units } = taking;
    if (product.granted[`${saleId}#0`] === units) return undefined;
    const before = product.planned[saleId];
    const change = [set(grantedAttr(saleId, 0), units), unset(plannedAttr(saleId))];
    return { when: isPlanned(saleId, before), by: units - (before ?? 0), change };
  });

/** Takes the units of a restock. @param grant 1 or more */
export const takeUnits = (
  store: Store,
  taking: Taking,
  grant: number,
): Promise<AllocationOutcome> =>
  step(store, taking, (product) => {
    const { saleId, units } = taking;
    const before = product.granted[`${saleId}#${grant}`];
    if (before === units) return undefined;
    if (before !== undefined) return { kind: 'granted-otherwise', sku: taking.sku, units: before };
    const change = [set(grantedAttr(saleId, grant), units)];
    return { when: [missing(grantedAttr(saleId, grant))], by: units, change };
  });

/** Gives back what is set aside for a sale. Whoever is publishing it takes it again, if it is free. @returns how many units */
export const dropPlan = (store: Store, saleId: string, sku: string): Promise<number> =>
  writeDecided(store, productKey(sku), (item) => {
    const units = item && productIn(item).planned[saleId];
    if (units === undefined) return { outcome: 0 };
    const change = [add('allocated', -units), unset(plannedAttr(saleId))];
    const when = equals(plannedAttr(saleId), units);
    return { write: { item: productKey(sku), when, change }, outcome: units };
  });

/**
 * Gives back, once, what a sale did not sell of all that was granted to it.
 *
 * @param sold units
 * @returns how many units were sold and given back; nothing where none were ever granted
 */
export const giveBackUnsold = (
  store: Store,
  saleId: string,
  sku: string,
  sold: number,
): Promise<{ readonly sold: number; readonly returned: number } | undefined> =>
  writeDecided(store, productKey(sku), (item) => {
    const product = item && productIn(item);
    const done = product?.sold[saleId];
    if (done !== undefined) return { outcome: { sold: done, returned: 0 } };
    const grants = Object.entries(product?.granted ?? {}).filter(([name]) =>
      name.startsWith(`${saleId}#`),
    );
    if (grants.length === 0) return { outcome: undefined };
    const returned = grants.reduce((sum, [, units]) => sum + units, 0) - sold;
    if (returned < 0) throw new Error(moreSold(saleId, sku, sold, sold + returned));
    const write = {
      item: productKey(sku),
      // A restock that came between is seen, and counted, before anything is given back.
      when: all(
        missing(soldAttr(saleId)),
        missing(grantedAttr(saleId, grants.length)),
        ...grants.map(([name, units]) => equals(`units:${name}`, units)),
      ),
      change: [
        add('allocated', -returned),
        set(soldAttr(saleId), sold),
        ...grants.map(([name]) => unset(`units:${name}`)),
      ],
    };
    return { write, outcome: { sold, returned } };
  });

const moreSold = (saleId: string, sku: string, sold: number, granted: number) =>
  `Cannot give back units of product "${sku}": sale "${saleId}" has sold ${sold}, and was granted ${granted}`;

/** A change of what is allocated. */
type Shift = {
  readonly when: readonly Condition[];
  readonly by: number;
  readonly change: readonly Change[];
};

/** Does what a product's state asks for: a shift, nothing more, or a refusal. */
const step = (
  store: Store,
  taking: Taking,
  shiftFor: (product: StockedProduct) => Shift | Shortage | undefined,
): Promise<AllocationOutcome> =>
  writeDecided(store, productKey(taking.sku), (item) => decide(item, taking, shiftFor));

function decide(
  item: Attributes | undefined,
  { saleId, sku, units }: Taking,
  shiftFor: (product: StockedProduct) => Shift | Shortage | undefined,
): Decision<AllocationOutcome> {
  if (item === undefined) return { outcome: { kind: 'unknown-product', sku } };
  const product = productIn(item);
  if (product.sold[saleId] !== undefined) return { outcome: { kind: 'given-back', sku } };
  const shift = shiftFor(product);
  if (shift === undefined) return { outcome: ALLOCATED };
  if ('kind' in shift) return { outcome: shift };
  if (shift.by > freeOf(product)) {
    return { outcome: { kind: 'short', sku, units, free: freeOf(product) - shift.by + units } };
  }
  return { write: shiftWrite(product, saleId, shift), outcome: ALLOCATED };
}

const shiftWrite = (
  { sku, total }: StockedProduct,
  saleId: string,
  { when, by, change }: Shift,
): Update => ({
  item: productKey(sku),
  when: all(
    ...when,
    missing(soldAttr(saleId)),
    equals('total', total),
    ...(total === 'unlimited' ? [] : [below('allocated', total - by + 1)]),
  ),
  change: [add('allocated', by), ...change],
});

/** The units set aside are those that were seen, and none are granted yet. */
const isPlanned = (saleId: string, units: number | undefined): Condition[] => [
  missing(grantedAttr(saleId, 0)),
  units === undefined ? missing(plannedAttr(saleId)) : equals(plannedAttr(saleId), units),
];
