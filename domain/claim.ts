/** @module What a claim says of its order, and how an attempt begins. */

import type { Claim, ItemKey } from './items.ts';
import type { OrderFacts, OrderMessage, OrderState } from './messages.ts';
import { type Holder, holderOf, partsOf } from './order-id.ts';
import { nextProbe, shardAt } from './probe.ts';
import { GRACE_MS } from './steps.ts';
import type { Trace } from './trace.ts';
import { after, type EpochMs, epochSeconds, type Minor, type Seconds } from './units.ts';

/** How long an attempt may be in progress before the sweep gives its unit back: longer than any request lives. */
const LEASE_SECONDS = 30;

/** What a shopper asks for, and what the sale says of it. */
export type Ask = {
  readonly item: ItemKey;
  readonly buyerKey: string;
  readonly quantity: number;
  /** Units that one shopper may have. */
  readonly limit: number;
  readonly price: Minor;
  readonly currency: string;
  readonly paymentWindow: Seconds;
  readonly afterExpiry: 'allow' | 'refuse';
  /** How many shards there are; 0 when stock is unlimited. */
  readonly shards: number;
  /** Shards that are said to be empty. */
  readonly empty: ReadonlySet<number>;
  readonly shopper: string;
  readonly contact?: string;
  readonly transaction: string;
  readonly trace?: Trace;
  readonly now: EpochMs;
  /** Epoch seconds from which the claim may be erased. */
  readonly eraseAt: number;
  /** A payment that came too late for its order and looks for another: it knows what it has paid. */
  readonly payment?: string;
};

/**
 * The claim that an attempt begins with.
 *
 * @returns nothing when every shard is known to be empty
 */
export function attempt(ask: Ask, n: number, before: number, number: number): Claim | undefined {
  const { buyerKey, quantity, now, shards } = ask;
  const holder = holderOf({ buyerKey, n, attempt: number, quantity, since: epochSeconds(now) });
  const pending = { ...factsOfAttempt(ask, before), holder, state: 'PENDING' as const };
  if (shards === 0) return confirmed(ask, { ...pending, probe: 0, shard: 0 });
  const probe = nextProbe(holder, shards, 0, ask.empty);
  if (probe === undefined) return undefined;
  return { ...pending, probe, shard: shardAt(holder, shards, probe) };
}

const factsOfAttempt = (ask: Ask, before: number) => ({
  shards: ask.shards,
  quantity: ask.quantity,
  price: ask.price,
  amount: ask.quantity * ask.price,
  currency: ask.currency,
  before,
  shopper: ask.shopper,
  ...(ask.contact === undefined ? {} : { contact: ask.contact }),
  transaction: ask.transaction,
  ...ask.trace,
  claimedAt: ask.now,
  leaseAt: after(ask.now, LEASE_SECONDS),
  changedAt: ask.now,
  eraseAt: ask.eraseAt,
});

/** The claim once its unit is certain: reserved until it is paid, or paid at once where the price is 0. */
export const confirmed = (ask: Ask, claim: Claim): Claim => ({
  ...claim,
  reservedAt: ask.now,
  changedAt: ask.now,
  ...(claim.amount === 0
    ? { state: 'PAID', paidAt: ask.now, payment: 'free' }
    : { state: 'RESERVED', payBy: after(ask.now, ask.paymentWindow) }),
});

/** Unlimited stock has no shards, and so no holders for a sweep to see. */
export const isUnlimited = ({ shards }: Claim): boolean => shards === 0;

/** The number of the attempt that a claim is in. */
export const attemptOf = ({ holder }: Claim): number => partsOf(holder)?.attempt ?? 0;

/** How many orders the shopper had paid before this claim's. */
export const orderNumber = ({ holder }: Claim): number => partsOf(holder)?.n ?? 0;

/** Whether a reserved order may be taken back from its shopper. */
export const isOverdue = ({ state, payBy }: Claim, now: EpochMs): boolean =>
  state === 'RESERVED' && payBy !== undefined && now > payBy + GRACE_MS;

/** Whether a pending attempt is left behind. */
export const hasLapsed = ({ state, leaseAt }: Claim, now: EpochMs): boolean =>
  state === 'PENDING' && now > leaseAt;

/** Whether an order's unit is certain. */
export const isCertain = ({ state }: Claim): boolean => state === 'RESERVED' || state === 'PAID';

/** The state that the world sees, or none where the order was never acknowledged. */
export function visibleState({ state, reservedAt }: Claim): OrderState | undefined {
  if (reservedAt === undefined) return undefined;
  return state === 'RESERVED' || state === 'PAID' ? state : 'RELEASED';
}

/** The message that tells of an acknowledged order's state. */
export const messageOf = (item: ItemKey, claim: Claim, state: OrderState): OrderMessage => ({
  v: 1,
  kind: 'order',
  saleId: item.saleId,
  sku: item.sku,
  holder: claim.holder,
  state,
  facts: factsOf(claim),
});

/** What a record keeps of a claim; no personal data. */
export const factsOf = (claim: Claim): OrderFacts => ({
  quantity: claim.quantity,
  price: claim.price,
  amount: claim.amount,
  currency: claim.currency,
  transaction: claim.transaction,
  claimedAt: claim.claimedAt,
  reservedAt: claim.reservedAt ?? claim.claimedAt,
  ...given(claim, 'payBy', 'paidAt', 'payment', 'releasedAt', 'reason', 'token', 'checkoutAt'),
});

/** What a claim keeps of its buyer's machine and network. */
export const traceOf = (claim: Claim): Trace =>
  given(claim, 'network', 'device', 'ja4', 'agent', 'country');

/** Those of some attributes that a claim has. */
function given<K extends keyof Claim>(claim: Claim, ...names: readonly K[]): Pick<Claim, K> {
  const there = names.filter((name) => claim[name] !== undefined);
  return Object.fromEntries(there.map((name) => [name, claim[name]])) as Pick<Claim, K>;
}

/** Whether two claims are the same attempt. */
export const isSameAttempt = (one: Claim, holder: Holder): boolean => one.holder === holder;
