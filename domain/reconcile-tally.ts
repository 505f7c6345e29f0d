/** @module Money of a sale, added up to the cent, item by item: what came, what went back, what the orders cost. */

import type { OrderState } from './messages.ts';
import { orderOf } from './order-id.ts';
import type { OrderRecord } from './order-record.ts';
import { type Entry, orderIdIn, refundedOf } from './statement.ts';
import type { Minor } from './units.ts';

/** In the sale's currency; amounts in others stand among the findings. */
export type Totals = {
  readonly paid: Minor;
  readonly refunded: Minor;
  /** Paid less refunded. */
  readonly net: Minor;
  /** What the paid orders cost. */
  readonly expected: Minor;
  /** Under way: what came and has neither bought nor gone back, less what is paid and not stated yet. */
  readonly open: Minor;
  /** Net less expected less open: 0 where the books agree. */
  readonly difference: Minor;
};

/** How many orders there are; those that cost nothing are among the paid ones. */
export type OrderCounts = Readonly<Record<'paid' | 'reserved' | 'released' | 'free', number>>;

export type ItemTotals = Totals & { readonly sku: string; readonly orders: OrderCounts };

type Sums = Record<'paid' | 'refunded' | 'expected' | 'open', number> & {
  readonly orders: Record<keyof OrderCounts, number>;
};

const STATES: Readonly<Record<OrderState, keyof OrderCounts>> = {
  PAID: 'paid',
  RESERVED: 'reserved',
  RELEASED: 'released',
};

const nothing = (): Sums => ({
  ...{ paid: 0, refunded: 0, expected: 0, open: 0 },
  orders: { paid: 0, reserved: 0, released: 0, free: 0 },
});

export type Tally = ReturnType<typeof openTally>;

/** @param skus the items of the sale, so that one without orders is there too */
export function openTally(currency: string, skus: readonly string[]) {
  const items = new Map(skus.map((sku) => [sku, nothing()]));
  const sumsOf = (orderId: string): Sums => {
    const { sku = '-' } = orderOf(orderId) ?? {};
    const sums = items.get(sku) ?? nothing();
    items.set(sku, sums);
    return sums;
  };
  return {
    /** Adds what the statement says of a payment, as often as it says it. */
    addEntry(entry: Entry): void {
      const { payment, stated, refunds } = entry;
      const sums = sumsOf(orderIdIn(entry));
      if (payment?.currency === currency) sums.paid += payment.amount * stated;
      for (const refund of refunds) {
        if (refund.currency === currency) sums.refunded += refund.amount;
      }
    },
    addRecord({ orderId, state, amount }: OrderRecord): void {
      const { orders, ...sums } = sumsOf(orderId);
      orders[STATES[state]]++;
      if (state !== 'PAID') return;
      if (amount === 0) orders.free++;
      sumsOf(orderId).expected = sums.expected + amount;
    },
    /** Notes an order that is paid and not stated yet. */
    addUnstated({ orderId, amount }: OrderRecord): void {
      sumsOf(orderId).open -= amount;
    },
    /** Notes a payment that is on its way to an order, or back. */
    addUnderWay(entry: Entry): void {
      if (entry.payment?.currency !== currency) return;
      sumsOf(orderIdIn(entry)).open += entry.payment.amount - refundedOf(entry);
    },
    items: (): readonly ItemTotals[] =>
      [...items].map(([sku, { orders, ...sums }]) => ({
        ...{ sku, ...totalsOf(sums), orders: { ...orders } },
      })),
  };
}

const totalsOf = ({ paid, refunded, expected, open }: Omit<Sums, 'orders'>): Totals => ({
  ...{ paid, refunded, net: paid - refunded, expected, open },
  difference: paid - refunded - expected - open,
});

/** The totals of all items together. */
export function sumOf(items: readonly ItemTotals[]): Totals & { readonly orders: OrderCounts } {
  const all = nothing();
  for (const { orders, ...item } of items) {
    for (const name of ['paid', 'refunded', 'expected', 'open'] as const) all[name] += item[name];
    for (const [name, count] of Object.entries(orders)) {
      all.orders[name as keyof OrderCounts] += count;
    }
  }
  return { ...totalsOf(all), orders: all.orders };
}
