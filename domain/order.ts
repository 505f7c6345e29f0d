/** @module An order, as its shopper sees it, and what the shopper may do with it: look, cancel, go and pay. */

import { findSale } from './catalogue.ts';
import { isOverdue, isSameAttempt, isUnlimited, visibleState } from './claim.ts';
import type { Claim, ReleaseReason } from './items.ts';
import type { OrderState } from './messages.ts';
import { type OrderParts, orderIdOf, orderOf, partsOf } from './order-id.ts';
import { type OrderRecord, recordKey } from './order-record.ts';
import type { BuyerKeys, Store } from './ports.ts';
import { run, type World } from './process.ts';
import { release, releasing } from './release.ts';
import type { PublishedSale } from './sale.ts';
import { claimKeyOf } from './steps.ts';
import type { EpochMs } from './units.ts';

/** What a shopper sees. */
type OrderView = {
  readonly orderId: string;
  readonly saleId: string;
  readonly sku: string;
  readonly quantity: number;
  readonly status: OrderState;
  readonly reason?: ReleaseReason;
  readonly amountMinor: number;
  readonly currency: string;
  readonly payByEpochMs?: EpochMs;
};

/** An order of the shopper who asks. */
export type OwnOrder = {
  readonly parts: OrderParts;
  readonly sale: PublishedSale;
  readonly view: OrderView;
  /** The claim, as long as it still stands for this order. */
  readonly claim: Claim | undefined;
};

/**
 * Finds an order of a shopper.
 *
 * @returns nothing where there is none, or where it is somebody else's: which of the two is nobody's business
 */
export async function findOrder(
  world: World,
  buyerKeys: BuyerKeys,
  shopper: string,
  orderId: string,
  now: EpochMs,
): Promise<OwnOrder | undefined> {
  const parts = orderOf(orderId);
  const sale = parts && (await findSale(world.store, parts.saleId));
  if (parts === undefined || sale === undefined) return undefined;
  const { holder, sku } = parts;
  if (partsOf(holder)?.buyerKey !== buyerKeys.of(sale, shopper, sku)) return undefined;
  const claim = await current(world, parts, now);
  const view = claim ? viewOf(parts, claim) : await recorded(world.store, parts);
  return view && { parts, sale, view, claim };
}

/**
 * The claim of this very order. Unlimited stock has no sweep that would expire it, or go on with a release that stopped:
 * that is done when somebody looks.
 */
async function current(world: World, parts: OrderParts, now: EpochMs): Promise<Claim | undefined> {
  const [found] = await world.store.read([claimKeyOf(parts, parts.holder)]);
  const claim = found as unknown as Claim | undefined;
  if (claim === undefined || claim.holder !== parts.holder) return undefined;
  const isEnding = claim.state === 'RELEASING' || isOverdue(claim, now);
  if (!isUnlimited(claim) || !isEnding) return claim;
  const outcome = await run(releasing, release(parts, claim, 'expired', now), world);
  if (outcome.kind === 'unsent') return claim;
  // Somebody else released it first, and the shopper has begun again: that is another order.
  const left = outcome.claim;
  return left && isSameAttempt(left, parts.holder) ? left : undefined;
}

function viewOf(parts: OrderParts, claim: Claim): OrderView | undefined {
  const status = visibleState(claim);
  if (status === undefined) return undefined;
  return {
    orderId: orderIdOf(parts),
    saleId: parts.saleId,
    sku: parts.sku,
    quantity: claim.quantity,
    status,
    ...(status === 'RELEASED' && claim.reason ? { reason: claim.reason } : {}),
    amountMinor: claim.amount,
    currency: claim.currency,
    ...(claim.payBy === undefined ? {} : { payByEpochMs: claim.payBy }),
  };
}

/** The claim has gone on to a later attempt: what became of this one is in its record. */
async function recorded(store: Store, parts: OrderParts): Promise<OrderView | undefined> {
  const [found] = await store.read([recordKey(parts, parts.holder)]);
  const record = found as unknown as OrderRecord | undefined;
  if (record === undefined) return undefined;
  return {
    orderId: record.orderId,
    saleId: parts.saleId,
    sku: parts.sku,
    quantity: record.quantity,
    // A claim leaves an order behind only once it is released, even where the record has not heard yet.
    status: record.state === 'PAID' ? 'PAID' : 'RELEASED',
    ...(record.reason ? { reason: record.reason } : {}),
    amountMinor: record.amount,
    currency: record.currency,
    ...(record.payBy === undefined ? {} : { payByEpochMs: record.payBy }),
  };
}

export type CancelOutcome =
  | { readonly kind: 'released'; readonly view: OrderView }
  | { readonly kind: 'paid' }
  | { readonly kind: 'later' };

/** Cancels an order that is not paid. Cancelling it again changes nothing. */
export async function cancel(world: World, order: OwnOrder, now: EpochMs): Promise<CancelOutcome> {
  const { claim, parts, view } = order;
  if (view.status === 'RELEASED' && claim?.state !== 'RELEASING') return { kind: 'released', view };
  if (view.status === 'PAID' || claim === undefined) return { kind: 'paid' };
  const outcome = await run(releasing, release(parts, claim, 'cancelled', now), world);
  if (outcome.kind === 'unsent') return { kind: 'later' };
  return cancelled(order, outcome.claim);
}

/** A claim goes on to a later attempt only once this order is released. */
function cancelled({ parts, view }: OwnOrder, now: Claim | undefined): CancelOutcome {
  if (now !== undefined && !isSameAttempt(now, parts.holder)) {
    return { kind: 'released', view: { ...view, status: 'RELEASED' } };
  }
  const after = now && viewOf(parts, now);
  if (after?.status === 'RELEASED') return { kind: 'released', view: after };
  return { kind: after?.status === 'PAID' ? 'paid' : 'later' };
}
