/** @module Orders as rows of a table, one after another, however many there are. The columns: `docs/money.md`. */

import type { Claim } from '../domain/items.ts';
import { orderOf } from '../domain/order-id.ts';
import type { OrderRecord } from '../domain/order-record.ts';
import type { OrderBooks, Store } from '../domain/ports.ts';
import type { Item, PublishedSale } from '../domain/sale.ts';
import { claimKeyOf } from '../domain/steps.ts';
import type { EpochMs } from '../domain/units.ts';
import { decimalOf } from './money-text.ts';

/** In this order; new ones come last, so that who counts them is not misled. */
const COLUMNS = [
  ...['order_id', 'sale_id', 'sku', 'item', 'quantity', 'state', 'release_reason'],
  ...['price_minor', 'amount_minor', 'amount', 'currency', 'payment'],
  ...['claimed_at', 'reserved_at', 'pay_by', 'checkout_at', 'paid_at', 'released_at'],
  'transaction',
] as const;

/** Personal data. */
const CONTACT_COLUMNS = ['shopper', 'contact'] as const;

export const columnsOf = (withContact: boolean): readonly string[] =>
  withContact ? [...COLUMNS, ...CONTACT_COLUMNS] : COLUMNS;

export type OrderRow = Readonly<Record<string, string | number>>;

export type ExportWorld = { readonly books: OrderBooks; readonly store: Pick<Store, 'read'> };

/** Rows of a sale, page by page, in any order. */
export async function* orderRows(
  { books, store }: ExportWorld,
  sale: PublishedSale,
  withContact: boolean,
): AsyncGenerator<readonly OrderRow[]> {
  for (const item of sale.items) {
    for await (const page of books.of({ saleId: sale.id, sku: item.sku })) {
      const contacts = withContact ? await contactsOf(store, page) : [];
      yield page.map((record, index) => ({ ...rowOf(sale, item, record), ...contacts[index] }));
    }
  }
}

const rowOf = ({ id: sale_id }: PublishedSale, item: Item, record: OrderRecord): OrderRow => ({
  ...{ order_id: record.orderId, sale_id, sku: item.sku, item: item.name },
  ...{ quantity: record.quantity, state: record.state, release_reason: record.reason ?? '' },
  ...{ price_minor: record.price, amount_minor: record.amount },
  ...{ amount: decimalOf(record.amount, record.currency), currency: record.currency },
  payment: record.payment ?? '',
  ...{ claimed_at: instant(record.claimedAt), reserved_at: instant(record.reservedAt) },
  ...{ pay_by: instant(record.payBy), checkout_at: instant(record.checkoutAt) },
  ...{ paid_at: instant(record.paidAt), released_at: instant(record.releasedAt) },
  transaction: record.transaction,
});

const instant = (at: EpochMs | undefined): string =>
  at === undefined ? '' : new Date(at).toISOString();

/** From the claims, as long as they stand for these orders: later attempts are other orders. */
async function contactsOf(
  store: Pick<Store, 'read'>,
  page: readonly OrderRecord[],
): Promise<OrderRow[]> {
  const orders = page.map(({ orderId }) => orderOf(orderId));
  const found = await store.read(
    orders.flatMap((order) => (order ? [claimKeyOf(order, order.holder)] : [])),
  );
  return orders.map((order, index) => {
    const claim = found[index] as unknown as Claim | undefined;
    const isTheirs = claim !== undefined && claim.holder === order?.holder;
    return isTheirs
      ? { shopper: claim.shopper, contact: claim.contact ?? '' }
      : { shopper: '', contact: '' };
  });
}
