/**
 * @module
 * Pausing a sale, and resuming it. A pause stops buying within a second; orders that are there are paid, expire and are
 * swept as ever. A resume starts a new slot epoch: everybody keeps the place that their lot gives them, because the
 * whole order begins again from the new base. Both are repeatable, and whole once they have answered.
 */

import { findSale } from './catalogue.ts';
import { type ItemKey, type Status, saleKey, statusKey } from './items.ts';
import { inParallel } from './parallel.ts';
import type { Clock, EdgeStore, Site, Store } from './ports.ts';
import type { PublishedSale } from './sale.ts';
import { slotBase } from './slots.ts';
import { tellEdge } from './tell-edge.ts';
import { after, type EpochMs, type Seconds } from './units.ts';
import { all, equals, exists, insert, set, unset } from './write.ts';

/** Slots begin at least that long after a resume: twice what the edge store needs to reach every edge. */
export const RESUME_SECONDS: Seconds = 60;

/** Status items written at once: the hundred of the largest sale take a moment. */
const AT_ONCE = 32;

export type PauseWorld = {
  readonly store: Store;
  readonly edge: Pick<EdgeStore, 'changeSale'>;
  readonly site: Pick<Site, 'putSlots'>;
  readonly clock: Clock;
};

type Impossible =
  | { readonly kind: 'unknown-sale' }
  | { readonly kind: 'closed' }
  /** Publishing has stopped half way: some item has no status yet. */
  | { readonly kind: 'unfinished' };

export type PauseOutcome = { readonly kind: 'paused' } | Impossible;

export type ResumeOutcome =
  | { readonly kind: 'resumed'; readonly slotsFrom: EpochMs }
  /** It is not paused, and everything is as the last resume has left it. */
  | { readonly kind: 'running'; readonly slotsFrom: EpochMs }
  | Impossible;

/** Pauses a sale. Repeating it finishes what a crash has left; one that is paused stays so. */
export async function pause(world: PauseWorld, saleId: string): Promise<PauseOutcome> {
  const sale = await findSale(world.store, saleId);
  const impossible = await whyNot(world, sale);
  if (sale === undefined || impossible) return impossible ?? { kind: 'unknown-sale' };
  // What is wanted first: from here on publishing again writes the pause too, and a resume knows that it has work.
  await world.store.write({ item: saleKey(saleId), when: exists, change: [set('paused', true)] });
  // Tables before the edge: the function refuses within a second, the edges only within half a minute.
  await turn(world.store, sale, 'OPEN', 'PAUSED');
  await tellEdge(world, sale);
  return { kind: 'paused' };
}

/**
 * Resumes a sale. Slots begin again `inSeconds` from now, or at the opening where that is later; after a crash it is
 * repeated as it is, and slots begin from the repetition.
 *
 * @param inSeconds 60 or more
 */
export async function resume(
  world: PauseWorld,
  saleId: string,
  inSeconds: Seconds = RESUME_SECONDS,
): Promise<ResumeOutcome> {
  if (!(inSeconds >= RESUME_SECONDS)) {
    throw new RangeError(
      `Cannot resume in ${inSeconds} s: the edges need to hear of it, it must be ${RESUME_SECONDS} or more`,
    );
  }
  const sale = await findSale(world.store, saleId);
  const impossible = await whyNot(world, sale);
  if (sale === undefined || impossible) return impossible ?? { kind: 'unknown-sale' };
  if (!sale.paused) return { kind: 'running', slotsFrom: slotBase(sale) };
  const slotsFrom = Math.max(sale.opensAt, after(world.clock(), inSeconds));
  await reopen(world, sale, slotsFrom);
  return { kind: 'resumed', slotsFrom };
}

/**
 * The function compares with the new base before it lets anybody in again, and it is the last to do so: a crash before
 * that leaves the sale paused, whatever the edges know. So it never admits what an edge would not.
 */
async function reopen(world: PauseWorld, sale: PublishedSale, slotsFrom: EpochMs): Promise<void> {
  const { store, edge, site } = world;
  const catalogued = (...change: ReturnType<typeof set>[]) =>
    store.write({ item: saleKey(sale.id), when: exists, change });
  await catalogued(set('slotsFrom', slotsFrom), insert('slotEpochs', slotsFrom));
  const { paused: _, ...running } = (await findSale(store, sale.id)) ?? sale;
  await site.putSlots(running);
  await edge.changeSale(running);
  await turn(store, sale, 'PAUSED', 'OPEN');
  // Only now is nothing left to repeat.
  await catalogued(unset('paused'));
}

/** Turns every item from one phase to another. An item that is closed, or there already, stays as it is. */
const turn = (
  store: Store,
  { id: saleId, items }: PublishedSale,
  from: Status['phase'],
  to: Status['phase'],
): Promise<void> =>
  inParallel(AT_ONCE, items, async ({ sku }) => {
    await store.write(phaseOf({ saleId, sku }, from, to));
  });

const phaseOf = (item: ItemKey, from: Status['phase'], to: Status['phase']) => ({
  item: statusKey(item),
  when: all(exists, equals('phase', from)),
  change: [set('phase', to)],
});

async function whyNot(
  { store, clock }: PauseWorld,
  sale: PublishedSale | undefined,
): Promise<Impossible | undefined> {
  if (sale === undefined) return { kind: 'unknown-sale' };
  if (clock() >= sale.closesAt) return { kind: 'closed' };
  const statuses = await store.read(
    sale.items.map(({ sku }) => statusKey({ saleId: sale.id, sku })),
  );
  return statuses.includes(undefined) ? { kind: 'unfinished' } : undefined;
}
