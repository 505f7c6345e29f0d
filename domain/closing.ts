/**
 * @module
 * Moving the closing of a sale: later, as long as it is far enough, or to this instant, for good. One write in the
 * catalogue decides it. What must be there at the new closing is set before it, what tells of it comes after it, and
 * everything can be repeated: `docs/decisions/0017-moving-the-closing.md`.
 */

import { findSale } from './catalogue.ts';
import { closeForGood, latestClosing, moveClosing, plannedClosing } from './closing-steps.ts';
import { statusKey } from './items.ts';
import { close, type DoorWorld } from './open-close.ts';
import type { EdgeStore, SaleSchedules, Site } from './ports.ts';
import type { PublishedSale } from './sale.ts';
import { tellEdge } from './tell-edge.ts';
import type { EpochMs, Seconds } from './units.ts';

/** A closing is moved so long before it comes, or not at all: twice what the edge store needs to reach every edge. */
export const EXTEND_SECONDS: Seconds = 60;

export type ClosingWorld = DoorWorld & {
  readonly edge: Pick<EdgeStore, 'changeSale'>;
  readonly site: Pick<Site, 'putSale'>;
  readonly schedules: Pick<SaleSchedules, 'createEnd'>;
};

export type ExtendOutcome =
  | { readonly kind: 'extended'; readonly closesAt: EpochMs }
  | { readonly kind: 'unknown-sale' | 'closed' }
  /** Publishing has stopped half way: some item has no status yet. */
  | { readonly kind: 'unfinished' }
  /** It closes later than that already. */
  | { readonly kind: 'not-later'; readonly closesAt: EpochMs }
  /** The edges would not hear of it before they close. */
  | { readonly kind: 'too-late'; readonly closesAt: EpochMs }
  | { readonly kind: 'too-far'; readonly latest: EpochMs };

export type CloseOutcome =
  | { readonly kind: 'closed'; readonly closesAt: EpochMs }
  | { readonly kind: 'unknown-sale' };

/**
 * Has a sale close later. The same closing again finishes what a crash has left.
 *
 * Schedules first: whatever the catalogue says, there is somebody to close it, and a call that comes before its time
 * does nothing. Then the catalogue, by which functions, sweeps and payments go at once. Then the edge, which until then
 * refuses what the functions would admit, and the files.
 */
export async function extend(
  world: ClosingWorld,
  saleId: string,
  until: EpochMs,
): Promise<ExtendOutcome> {
  const sale = await findSale(world.store, saleId);
  if (sale === undefined) return { kind: 'unknown-sale' };
  const refusal = notExtended(sale, until, world.clock()) ?? (await unfinished(world, sale));
  if (refusal) return refusal;
  if (sale.closesAt !== until) {
    await world.schedules.createEnd(movedTo(sale, until));
    const late = notExtended(sale, until, world.clock());
    if (late) return late;
    const decided = await world.store.write(moveClosing(sale, until));
    // Somebody else has moved it, or it has closed: judge anew.
    if (decided.kind === 'refused') return extend(world, saleId, until);
  }
  const told = await tellEdge(world, sale);
  await world.site.putSale(told);
  return { kind: 'extended', closesAt: until };
}

function notExtended(sale: PublishedSale, until: EpochMs, now: EpochMs): ExtendOutcome | undefined {
  const { closesAt, closed } = sale;
  if (closed || now >= closesAt) return { kind: 'closed' };
  // Done, or begun before a crash: then it is finished, however late.
  if (until === closesAt) return undefined;
  if (until < closesAt) return { kind: 'not-later', closesAt };
  if (now > closesAt - EXTEND_SECONDS * 1000) return { kind: 'too-late', closesAt };
  const latest = latestClosing(sale);
  return until > latest ? { kind: 'too-far', latest } : undefined;
}

async function unfinished(
  { store }: ClosingWorld,
  { id: saleId, items }: PublishedSale,
): Promise<ExtendOutcome | undefined> {
  const statuses = await store.read(items.map(({ sku }) => statusKey({ saleId, sku })));
  return statuses.includes(undefined) ? { kind: 'unfinished' } : undefined;
}

/**
 * Closes a sale now, for good; one that has not opened never opens. Repeating it finishes what a crash has left, and what
 * a closing that came by itself has.
 *
 * Schedules first here too: they close it again a moment later, so that a crash after the decision leaves nothing but
 * what the edge has not heard of, which the functions refuse.
 */
export async function closeNow(world: ClosingWorld, saleId: string): Promise<CloseOutcome> {
  const sale = await findSale(world.store, saleId);
  if (sale === undefined) return { kind: 'unknown-sale' };
  const now = world.clock();
  if (!sale.closed && now < sale.closesAt) {
    const moved = movedTo(sale, now);
    await world.schedules.createEnd(moved);
    const decided = await world.store.write(closeForGood(sale, now));
    if (decided.kind === 'refused') return closeNow(world, saleId);
  }
  await close(world, saleId);
  const told = await tellEdge(world, sale);
  await world.site.putSale(told);
  return { kind: 'closed', closesAt: told.closesAt };
}

const movedTo = (sale: PublishedSale, closesAt: EpochMs): PublishedSale => ({
  ...sale,
  closesAt,
  plannedClosesAt: plannedClosing(sale),
});
