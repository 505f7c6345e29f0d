/** @module All units of a sale that come from products: set aside, granted, given back. */

import { dropPlan, grantPlanned, planUnits, type Shortage, type Taking } from './allocation.ts';
import type { Store } from './ports.ts';
import type { Sale } from './sale.ts';

/** What a sale takes of products. Of units without end nothing is counted. */
const takingsOf = ({ id: saleId, items }: Sale): Taking[] =>
  items.flatMap(({ sku, units, fromProduct }) =>
    fromProduct && units !== 'unlimited' ? [{ saleId, sku, units }] : [],
  );

/**
 * Sets the units of a sale aside: all, or none. A crash leaves some: the repetition finds them.
 *
 * @returns what stands against it
 */
export async function setAside(store: Store, sale: Sale): Promise<Shortage | undefined> {
  const takings = takingsOf(sale);
  for (const taking of takings) {
    const outcome = await planUnits(store, taking);
    if (outcome.kind === 'allocated') continue;
    await giveUp(store, sale);
    return outcome;
  }
  return undefined;
}

/** Gives back what is set aside for a sale that does not come to be as it was planned. */
export async function giveUp(store: Store, sale: Sale): Promise<void> {
  for (const { saleId, sku } of takingsOf(sale)) await dropPlan(store, saleId, sku);
}

/**
 * Grants the units of a sale that is in the catalogue.
 *
 * @returns what stands against it: only where somebody published another sale of the same id at the same time
 */
export async function grantAll(store: Store, sale: Sale): Promise<Shortage | undefined> {
  for (const taking of takingsOf(sale)) {
    const outcome = await grantPlanned(store, taking);
    if (outcome.kind !== 'allocated') return outcome;
  }
  return undefined;
}
