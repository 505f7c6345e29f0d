/**
 * @module
 * What a press of Buy comes to: B0, then the buy, then, where every shard was empty, whether that was the end of it.
 */

import { buy, buying } from './buy.ts';
import type { BuyOutcome } from './buy-state.ts';
import type { Ask } from './claim.ts';
import { earlierOrder } from './earlier-order.ts';
import type { Claim, Status } from './items.ts';
import { end, go, type Next, run, type World } from './process.ts';
import type { Item, PublishedSale } from './sale.ts';
import {
  type Detected,
  type Detecting,
  detect,
  detecting,
  known,
  type Question,
} from './sold-out.ts';
import type { Trace } from './trace.ts';
import { after, type EpochMs, epochSeconds, type Seconds } from './units.ts';

/** How long personal data of a sale is kept after its closing, for complaints and refunds. */
export const RETENTION_SECONDS: Seconds = 90 * 24 * 3600;

/** Who buys. */
export type Buyer = {
  readonly buyerKey: string;
  readonly shopper: string;
  readonly transaction: string;
  readonly trace?: Trace;
};

/** What is bought, as it was a second ago at most. */
export type Offer = {
  readonly sale: PublishedSale;
  readonly item: Item;
  readonly status: Status;
  readonly empty: ReadonlySet<number>;
};

/** Every answer that a shopper can get. `lambdas/buy/reply.ts` must map each, or it does not compile. */
export type PurchaseOutcome =
  | { readonly kind: 'order'; readonly claim: Claim; readonly fresh: boolean }
  | { readonly kind: 'not-open'; readonly opensAt: EpochMs }
  | { readonly kind: 'paused' | 'closed' | 'limit-reached' | 'not-eligible' }
  | Detected;

/** Whether the doors are shut, by the clock and the live status; nothing when they are open. */
export function shut(
  sale: PublishedSale,
  status: Status,
  now: EpochMs,
): PurchaseOutcome | undefined {
  if (now < sale.opensAt) return { kind: 'not-open', opensAt: sale.opensAt };
  if (now >= sale.closesAt || status.phase === 'CLOSED') return { kind: 'closed' };
  return status.phase === 'PAUSED' ? { kind: 'paused' } : undefined;
}

/**
 * Buys, or says why not.
 *
 * @param again Whether an earlier answer may have been lost: then an order that stands is looked for before a refusal
 */
export async function purchase(
  world: World,
  offer: Offer,
  buyer: Buyer,
  quantity: number,
  now: EpochMs,
  again = false,
): Promise<PurchaseOutcome> {
  const { sale, item, status } = offer;
  const ask = askOf(offer, buyer, quantity, now);
  const refused = (refusal: PurchaseOutcome) =>
    again ? unlessOrdered(world, ask, refusal) : refusal;
  // A shopper who may not buy so many hears that first, and costs nothing.
  if (quantity > item.limit) return refused({ kind: 'limit-reached' });
  const refusal = shut(sale, status, now) ?? known(status, quantity);
  if (refusal) return refused(refusal);
  const first = buy(ask);
  const outcome = 'end' in first ? first.end : await run(buying, first.go, world);
  const next = afterBuy(outcome, { item: ask.item, quantity, now }, ask.shards);
  if ('go' in next) return refused(await run(detecting, next.go, world));
  return next.end.kind === 'limit-reached' ? refused(next.end) : next.end;
}

/**
 * What a buy comes to. Whoever has looked in vain may ask whether anything is left at all: one scan at a time for each
 * item. What it finds refuses the next ones who want so many without a single write.
 */
export function afterBuy(
  outcome: BuyOutcome,
  question: Question,
  shards: number,
): Next<Detecting, PurchaseOutcome> {
  switch (outcome.kind) {
    case 'order':
      return end(acknowledged(outcome));
    case 'limit-reached':
    case 'not-eligible':
      return end(outcome);
    case 'busy':
      return outcome.looked ? go(detect(question, shards)) : end({ kind: 'busy' });
    case 'exhausted':
      return go(detect(question, shards));
  }
}

/** The shopper's order where one stands, else the refusal. An attempt goes on only where somebody could still buy. */
async function unlessOrdered(
  world: World,
  ask: Ask,
  refusal: PurchaseOutcome,
): Promise<PurchaseOutcome> {
  if (refusal.kind === 'not-open') return refusal;
  const isOpen = refusal.kind === 'sold-out' || refusal.kind === 'quantity-unavailable';
  const outcome = await earlierOrder(world, ask, isOpen);
  if (outcome?.kind === 'order') return acknowledged(outcome);
  return outcome?.kind === 'busy' ? { kind: 'busy' } : refusal;
}

/** No sweep would send the message of unlimited stock again, so that it must be sent before the order is promised. */
const acknowledged = ({
  claim,
  fresh,
  sent,
}: Extract<BuyOutcome, { kind: 'order' }>): PurchaseOutcome =>
  sent || claim.shards > 0 ? { kind: 'order', claim, fresh } : { kind: 'busy' };

/** What a buy needs to know. */
export const askOf = (
  { sale, item, status, empty }: Offer,
  { buyerKey, shopper, transaction, trace }: Buyer,
  quantity: number,
  now: EpochMs,
): Ask => ({
  item: { saleId: sale.id, sku: item.sku },
  buyerKey,
  quantity,
  limit: item.limit,
  price: item.price,
  currency: sale.currency,
  paymentWindow: sale.paymentWindow,
  afterExpiry: sale.afterExpiry,
  shards: status.shards,
  empty,
  shopper,
  transaction,
  ...(trace && { trace }),
  now,
  eraseAt: epochSeconds(after(sale.closesAt, RETENTION_SECONDS)),
});
