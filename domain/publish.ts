/**
 * @module
 * Publishing makes a sale sellable: it enters the catalogue, its shards and status are made, the edge and the site learn
 * of it, and its schedules are set. Repeatable after a crash at any point; a published sale never changes by it.
 */

import { stockItem } from './grant.ts';
import { saleKey } from './items.ts';
import type { Clock, EdgeStore, SaleSchedules, Site, Store } from './ports.ts';
import { type PublishedSale, type Sale, slotWidthMs } from './sale.ts';
import { absent } from './write.ts';

export type PublishWorld = {
  readonly store: Store;
  readonly edge: EdgeStore;
  readonly site: Site;
  readonly schedules: SaleSchedules;
  readonly clock: Clock;
  /** Random text that nobody can guess; at least 96 bits, base64url. */
  readonly secret: () => string;
};

export type PublishOutcome =
  | { readonly kind: 'published'; readonly sale: PublishedSale }
  /** Another sale has this id already. */
  | { readonly kind: 'differs'; readonly published: PublishedSale }
  | { readonly kind: 'closed-already' };

/** Publishes a sale. */
export async function publish(world: PublishWorld, sale: Sale): Promise<PublishOutcome> {
  const now = world.clock();
  if (sale.closesAt <= now) return { kind: 'closed-already' };
  const published = await enter(world, sale, now);
  if (!isSameSale(sale, published)) return { kind: 'differs', published };
  // Shards first, schedules before the edge and the site: what people can see is whole.
  for (const { sku, units } of sale.items) {
    await stockItem(world.store, { saleId: sale.id, sku }, units, sale.admission.perSecond);
  }
  await world.schedules.create(published);
  await world.edge.putSale(published, slotWidthMs(sale.admission));
  await world.site.putSale(published);
  return { kind: 'published', sale: published };
}

/** Enters the catalogue, or finds what is there already. */
async function enter(world: PublishWorld, sale: Sale, now: number): Promise<PublishedSale> {
  const { secret, store } = world;
  const entry = {
    ...sale,
    doorKey: secret(),
    salt: secret(),
    slotSeed: secret(),
    publishedAt: now,
  };
  const written = await store.write({
    item: saleKey(sale.id),
    when: absent,
    put: { sale: JSON.stringify(entry) },
  });
  return written.kind === 'done' ? entry : saleIn(written.item);
}

/** The sale in a catalogue item. */
export const saleIn = (item: { readonly [name: string]: unknown } | undefined): PublishedSale =>
  JSON.parse(String(item?.['sale'])) as PublishedSale;

const isSameSale = (
  sale: Sale,
  { doorKey, salt, slotSeed, publishedAt, ...published }: PublishedSale,
) => canonical(published) === canonical(sale);

/** JSON with sorted keys, so that equal values are equal texts. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) =>
    part !== null && typeof part === 'object' && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}
