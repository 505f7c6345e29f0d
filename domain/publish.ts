/**
 * @module
 * Publishing makes a sale sellable: it enters the catalogue, its shards and status are made, the edge and the site learn
 * of it, and its schedules are set. Repeatable after a crash at any point; a published sale never changes by it.
 */

import { stockItem } from './grant.ts';
import { saleKey } from './items.ts';
import type { Clock, EdgeStore, SaleSchedules, Site, Store } from './ports.ts';
import type { Admission, PublishedSale, Sale } from './sale.ts';
import { type Attributes, absent } from './write.ts';

export type PublishWorld = {
  readonly store: Store;
  readonly edge: EdgeStore;
  readonly site: Site;
  readonly schedules: SaleSchedules;
  readonly clock: Clock;
  /** Random text that nobody can guess; at least 96 bits, base64url. */
  readonly secret: () => string;
  /** Whether a web ACL stands before the gate, which alone can ask for a CAPTCHA. */
  readonly hasWaf: boolean;
};

export type PublishOutcome =
  | { readonly kind: 'published'; readonly sale: PublishedSale }
  /** Another sale has this id already. */
  | { readonly kind: 'differs'; readonly published: PublishedSale }
  | { readonly kind: 'closed-already' }
  /** The sale wants a CAPTCHA, and nothing here can ask for one: nobody would get a ticket. */
  | { readonly kind: 'no-captcha' };

/** Publishes a sale. */
export async function publish(world: PublishWorld, sale: Sale): Promise<PublishOutcome> {
  const now = world.clock();
  if (sale.closesAt <= now) return { kind: 'closed-already' };
  if (sale.access?.captcha && !world.hasWaf) return { kind: 'no-captcha' };
  const published = await enter(world, sale, now);
  if (!isSameSale(sale, published)) return { kind: 'differs', published };
  // Shards first, schedules before the edge and the site: what people can see is whole.
  for (const { sku, units } of sale.items) {
    await stockItem(world.store, { saleId: sale.id, sku }, units, sale.admission.perSecond);
  }
  await world.schedules.create(published);
  await world.edge.putSale(published);
  // Announced before there is a page: whoever sees the sale can note down what its slots are bound to.
  await world.site.putSlots(published);
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

/** The sale in a catalogue item: what was published, and beside it what has become of it since. */
export function saleIn(item: Attributes | undefined): PublishedSale {
  const { slotsFrom, slotEpochs, publicValue, paused } = (item ?? {}) as Changes;
  const published = JSON.parse(String(item?.['sale'])) as PublishedSale;
  return {
    ...published,
    admission: { ...BEFORE_CHALLENGES, ...published.admission },
    ...(slotsFrom !== undefined && { slotsFrom }),
    ...(slotEpochs !== undefined && { slotEpochs: [...slotEpochs].sort((a, b) => a - b) }),
    ...(publicValue !== undefined && { publicValue }),
    ...(paused && { paused }),
  };
}

/** Sales that were published before there were challenges say nothing of them. */
const BEFORE_CHALLENGES: Partial<Admission> = { difficulty: 0, ticketSeconds: 10 };

/** Attributes of a catalogue item that pausing, resuming and drawing write. */
type Changes = Pick<PublishedSale, 'slotsFrom' | 'publicValue' | 'paused'> & {
  readonly slotEpochs?: ReadonlySet<number>;
};

/** What a sale file said. */
export function plainSale(sale: PublishedSale): Sale {
  const { doorKey, salt, slotSeed, publishedAt, ...rest } = sale;
  const { slotsFrom, slotEpochs, publicValue, paused, ...plain } = rest;
  return plain;
}

const isSameSale = (sale: Sale, published: PublishedSale) =>
  canonical(plainSale(published)) === canonical(sale);

/** JSON with sorted keys, so that equal values are equal texts. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) =>
    part !== null && typeof part === 'object' && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}
