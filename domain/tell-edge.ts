/** @module Tells the edge what a sale is like now, whoever else changes it meanwhile. */

import { findSale } from './catalogue.ts';
import type { EdgeStore, Store } from './ports.ts';
import type { PublishedSale } from './sale.ts';

export type EdgeWorld = {
  readonly store: Pick<Store, 'read'>;
  readonly edge: Pick<EdgeStore, 'changeSale'>;
};

/**
 * Writes the sale's entry until it is what the catalogue says after it was written: of two operators at a time the one who
 * writes last has seen what the other one did.
 *
 * @returns the sale as the edge was told
 */
export async function tellEdge(world: EdgeWorld, before: PublishedSale): Promise<PublishedSale> {
  let told: PublishedSale | undefined;
  let sale = await now(world, before);
  while (told === undefined || JSON.stringify(sale) !== JSON.stringify(told)) {
    told = sale;
    await world.edge.changeSale(told);
    sale = await now(world, told);
  }
  return told;
}

/** Sales are never taken out of the catalogue. */
const now = async ({ store }: EdgeWorld, before: PublishedSale): Promise<PublishedSale> =>
  (await findSale(store, before.id)) ?? before;
