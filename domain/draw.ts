/**
 * @module
 * The draw: a public value that nobody could foresee is mixed into the slots, so that not even the operator, who knows
 * the seed, could have chosen them. Each sale is drawn once.
 */

import { findSale } from './catalogue.ts';
import { saleKey } from './items.ts';
import type { Clock, EdgeStore, Site, Store } from './ports.ts';
import type { PublishedSale } from './sale.ts';
import { all, exists, missing, set, unset } from './write.ts';

/** A value is taken until so long before the opening: tickets are given from a minute before it, and edges need time. */
const LATEST_MS = 120_000;

/** A draw that a crash has cut short may be finished until then: half a minute for the edges before the first ticket. */
const FINISHED_BY_MS = 90_000;

export type DrawWorld = {
  readonly store: Store;
  readonly edge: Pick<EdgeStore, 'changeSale' | 'isDrawn'>;
  readonly site: Pick<Site, 'putSlots'>;
  readonly clock: Clock;
};

export type DrawOutcome =
  | { readonly kind: 'drawn' }
  | { readonly kind: 'unknown-sale' }
  /** The sale announced no source, so that no value can be held to it. */
  | { readonly kind: 'no-draw' }
  | { readonly kind: 'drawn-already'; readonly publicValue: string }
  /** The sale opens with the seed alone. */
  | { readonly kind: 'too-late' };

/** Draws. The same value again finishes what a crash has left; another one is refused. */
export async function draw(world: DrawWorld, saleId: string, value: string): Promise<DrawOutcome> {
  const sale = await findSale(world.store, saleId);
  if (sale === undefined) return { kind: 'unknown-sale' };
  if (sale.draw === undefined) return { kind: 'no-draw' };
  if (sale.publicValue !== undefined) return repeat(world, sale, sale.publicValue, value);
  if (world.clock() > sale.opensAt - LATEST_MS) return { kind: 'too-late' };
  // Of two values at a time the first to be written counts.
  const written = await world.store.write({
    item: saleKey(saleId),
    when: all(exists, missing('publicValue')),
    change: [set('publicValue', value)],
  });
  if (written.kind === 'refused') return draw(world, saleId, value);
  return spread(world, { ...sale, publicValue: value });
}

async function repeat(
  world: DrawWorld,
  sale: PublishedSale,
  publicValue: string,
  value: string,
): Promise<DrawOutcome> {
  if (value !== publicValue) return { kind: 'drawn-already', publicValue };
  const isKnown = await world.edge.isDrawn(sale);
  if (isKnown || world.clock() <= sale.opensAt - FINISHED_BY_MS) return spread(world, sale);
  // The edges never heard of it and give tickets without it: what will be published must say the same.
  await world.store.write({
    item: saleKey(sale.id),
    when: exists,
    change: [unset('publicValue')],
  });
  return { kind: 'too-late' };
}

async function spread({ edge, site }: DrawWorld, sale: PublishedSale): Promise<DrawOutcome> {
  await edge.changeSale(sale);
  await site.putSlots(sale);
  return { kind: 'drawn' };
}
