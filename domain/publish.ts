/**
 * @module
 * Publishing makes a sale sellable: units of products are set aside for it, it enters the catalogue, those units are
 * granted to it, its shards and status are made, the edge and the site learn of it, and its schedules are set. Repeatable
 * after a crash at any point; a published sale never changes by it.
 */

import type { Shortage } from './allocation.ts';
import { canonical } from './canonical.ts';
import { stockItem } from './grant.ts';
import { saleKey } from './items.ts';
import type { Clock, EdgeStore, SaleSchedules, Site, Store } from './ports.ts';
import type { Admission, PublishedSale, Sale } from './sale.ts';
import { giveUp, grantAll, setAside } from './sale-units.ts';
import { type Attributes, absent } from './write.ts';

export type PublishWorld = {
  readonly store: Store;
  readonly edge: EdgeStore;
  readonly site: Site;
  readonly schedules: Pick<SaleSchedules, 'create'>;
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
  | { readonly kind: 'no-captcha' }
  | Shortage;

/** Publishes a sale. */
export async function publish(world: PublishWorld, sale: Sale): Promise<PublishOutcome> {
  const now = world.clock();
  const [before] = await world.store.read([saleKey(sale.id)]);
  // A closing that has been moved since counts, not the one that the file has.
  const { closesAt, closed } = before ? saleIn(before) : { ...sale, closed: false };
  if (closesAt <= now || closed) return { kind: 'closed-already' };
  if (sale.access?.captcha && !world.hasWaf) return { kind: 'no-captcha' };
  const entered = await enterWithUnits(world, sale, before, now);
  if ('kind' in entered) return entered;
  const { published } = entered;
  // Shards first, schedules before the edge and the site: what people can see is whole.
  await stockAll(world.store, sale);
  await world.schedules.create(published);
  await world.edge.putSale(published);
  // Announced before there is a page: whoever sees the sale can note down what its slots are bound to.
  await world.site.putSlots(published);
  await world.site.putSale(published);
  return { kind: 'published', sale: published };
}

/** The sale in the catalogue, with all units that it takes of products granted to it; or what stands against it. */
async function enterWithUnits(
  world: PublishWorld,
  sale: Sale,
  before: Attributes | undefined,
  now: number,
): Promise<{ readonly published: PublishedSale } | PublishOutcome> {
  // Before anything is made: a sale without its units must not be in the catalogue.
  const lacking = before ? undefined : await setAside(world.store, sale);
  if (lacking) return lacking;
  const published = await enter(world, sale, now);
  if (!isSameSale(sale, published)) {
    if (!before) await giveUp(world.store, sale);
    return { kind: 'differs', published };
  }
  // Only now: until a sale has entered, another one may yet be published in its place, with other units.
  return (await grantAll(world.store, sale)) ?? { published };
}

async function stockAll(store: Store, { id: saleId, items, admission }: Sale): Promise<void> {
  for (const { sku, units, fromProduct } of items) {
    const from = fromProduct ? 'product' : 'nowhere';
    await stockItem(store, { saleId, sku }, units, admission.perSecond, from);
  }
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
  const { slotsFrom, slotEpochs, publicValue, paused, closesAt, closed } = (item ?? {}) as Changes;
  const published = JSON.parse(String(item?.['sale'])) as PublishedSale;
  return {
    ...published,
    ...(closesAt !== undefined && { closesAt, plannedClosesAt: published.closesAt }),
    ...(closed && { closed }),
    admission: { ...BEFORE_CHALLENGES, ...published.admission },
    ...(slotsFrom !== undefined && { slotsFrom }),
    ...(slotEpochs !== undefined && { slotEpochs: [...slotEpochs].sort((a, b) => a - b) }),
    ...(publicValue !== undefined && { publicValue }),
    ...(paused && { paused }),
  };
}

/** Sales that were published before there were challenges say nothing of them. */
const BEFORE_CHALLENGES: Partial<Admission> = { difficulty: 0, ticketSeconds: 10 };

/** Attributes of a catalogue item that pausing, resuming, drawing, and moving the closing write. */
type Changes = Pick<PublishedSale, 'slotsFrom' | 'publicValue' | 'paused' | 'closed'> & {
  readonly slotEpochs?: ReadonlySet<number>;
  readonly closesAt?: number;
};

/** What a sale file said. */
export function plainSale(sale: PublishedSale): Sale {
  const { doorKey, salt, slotSeed, publishedAt, ...rest } = sale;
  const { slotsFrom, slotEpochs, publicValue, paused, plannedClosesAt, closed, ...plain } = rest;
  return { ...plain, closesAt: plannedClosesAt ?? plain.closesAt };
}

const isSameSale = (sale: Sale, published: PublishedSale) =>
  canonical(plainSale(published)) === canonical(sale);
