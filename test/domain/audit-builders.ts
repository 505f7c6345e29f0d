/** @module Books for the tests of the audit: consistent unless a test says otherwise. */

import { type AuditInput, audit, type Verdict } from '../../domain/audit.ts';
import type { ShopperAnswer } from '../../domain/audit-answers.ts';
import type { ItemBooks, NumberedShard } from '../../domain/audit-books.ts';
import { factsOf, visibleState } from '../../domain/claim.ts';
import type { Claim, Shard, Status } from '../../domain/items.ts';
import { type Holder, holderOf, orderIdOf } from '../../domain/order-id.ts';
import { type OrderRecord, recordOf } from '../../domain/order-record.ts';
import type { Item, Sale } from '../../domain/sale.ts';

export const SECOND = 1000;
export const MINUTE = 60 * SECOND;
export const OPENS = Date.UTC(2026, 10, 20, 12);
/** The default instant of the audit: 5 minutes after the opening, so that records must be there. */
export const NOW = OPENS + 5 * MINUTE;
export const PAY_BY = OPENS + 15 * MINUTE;
export const KEY = { saleId: 'spring', sku: 'mug' };

export const anItem = (over: Partial<Item> = {}): Item => ({
  sku: KEY.sku,
  name: 'Mug',
  price: 900,
  units: 2,
  limit: 1,
  ...over,
});

export const aSale = (item: Item = anItem()): Sale => ({
  id: KEY.saleId,
  title: 'Spring',
  opensAt: OPENS,
  closesAt: OPENS + 60 * MINUTE,
  timeZone: 'UTC',
  paymentWindow: 900,
  currency: 'EUR',
  admission: { expectedShoppers: 0, perSecond: 100, difficulty: 0, ticketSeconds: 10 },
  afterExpiry: 'allow',
  items: [item],
});

export const buyerKey = (buyer: number): string => `${String(buyer).padStart(13, '0')}A`;

/** An order, and where it stands. */
export type OrderSpec = Partial<Claim> & {
  readonly buyer: number;
  readonly n?: number;
  readonly attempt?: number;
  /** Where its holder stands in its shard; by default where its state says. */
  readonly stands?: 'held' | 'sold' | 'nowhere';
  /** What its record says; by default what its state says. */
  readonly recorded?: Partial<OrderRecord> | 'never';
  /** Whether the claim is still this order's. */
  readonly claimIs?: 'its own' | 'erased';
};

export const holderFor = ({
  buyer,
  n = 0,
  attempt = 1,
  quantity = 1,
  claimedAt = OPENS,
}: OrderSpec) =>
  holderOf({
    buyerKey: buyerKey(buyer),
    n,
    attempt,
    quantity,
    since: Math.floor(claimedAt / 1000),
  });

export const idFor = (spec: OrderSpec): string => orderIdOf({ ...KEY, holder: holderFor(spec) });

export function claimFor(spec: OrderSpec): Claim {
  const { buyer, n, attempt, stands, recorded, claimIs, ...over } = spec;
  const { quantity = 1, claimedAt = OPENS, state = 'RESERVED', price = 900 } = over;
  const isOver = state === 'RELEASED' || state === 'RELEASING';
  return {
    state,
    holder: holderFor(spec),
    probe: 0,
    shard: 0,
    shards: 1,
    quantity,
    price,
    amount: quantity * price,
    currency: 'EUR',
    before: 0,
    shopper: `g-${buyer}`,
    transaction: `t-${buyer}`,
    claimedAt,
    leaseAt: claimedAt + 30 * SECOND,
    changedAt: claimedAt,
    ...(state === 'PENDING' ? {} : { reservedAt: claimedAt, payBy: claimedAt + 15 * MINUTE }),
    ...(isOver ? { reason: 'expired' as const, releasedAt: over.changedAt ?? claimedAt } : {}),
    eraseAt: 2_000_000_000,
    ...over,
  };
}

const STANDS = {
  PENDING: 'held',
  RESERVED: 'held',
  PAID: 'sold',
  RELEASING: 'held',
  RELEASED: 'nowhere',
} as const;

/** Shards of some sizes with some orders in them. */
export function booksFor(
  caps: readonly number[],
  orders: readonly OrderSpec[] = [],
  over: Partial<ItemBooks> = {},
): ItemBooks {
  const places = orders.map((spec) => {
    const { shard, state, holder, quantity } = claimFor(spec);
    return { shard, stands: spec.stands ?? STANDS[state], holder, quantity };
  });
  const shards = caps.map((cap, index): NumberedShard => {
    const here = places.filter(({ shard, stands }) => shard === index && stands !== 'nowhere');
    const taken = here.reduce((total, { quantity }) => total + quantity, 0);
    const set = (which: string) =>
      here.filter((one) => one.stands === which).map((one) => one.holder);
    return { index, shard: aShard(cap, cap - taken, set('held'), set('sold')) };
  });
  return {
    sku: KEY.sku,
    status: aStatus(caps),
    shards,
    claims: orders
      .filter(({ claimIs }) => claimIs !== 'erased')
      .map((spec) => ({ buyerKey: buyerKey(spec.buyer), n: spec.n ?? 0, claim: claimFor(spec) })),
    records: orders.flatMap(recordFor),
    grants: [],
    ...over,
  };
}

export const aShard = (
  cap: number,
  avail: number,
  held: readonly Holder[] = [],
  sold: readonly Holder[] = [],
): Shard => ({
  cap,
  avail,
  ...(held.length === 0 ? {} : { held: new Set(held) }),
  ...(sold.length === 0 ? {} : { sold: new Set(sold) }),
});

export const aStatus = (caps: readonly number[], over: Partial<Status> = {}): Status => ({
  phase: 'OPEN',
  soldOut: false,
  shards: caps.length,
  releases: 0,
  grants: 1,
  cap: caps.reduce((total, cap) => total + cap, 0),
  ...over,
});

export function recordFor(spec: OrderSpec): OrderRecord[] {
  const claim = claimFor(spec);
  const state = visibleState(claim);
  if (state === undefined || spec.recorded === 'never') return [];
  return [{ ...recordOf(KEY, claim.holder, state, factsOf(claim)), ...spec.recorded }];
}

/** The audit of one item. */
export const verdictOf = (
  books: ItemBooks,
  { item, ...over }: Partial<AuditInput> & { readonly item?: Partial<Item> } = {},
): Verdict => audit({ sale: aSale(anItem(item)), now: NOW, items: [books], ...over });

export const answerFor = (over: Partial<ShopperAnswer> = {}): ShopperAnswer => ({
  shopper: 'ada',
  sku: KEY.sku,
  quantity: 1,
  at: OPENS + MINUTE,
  status: over.code === undefined ? 201 : 409,
  ...over,
});
