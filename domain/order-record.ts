/** @module What was sold to whom for how much, and what became of it: written from claims, moved forward, never back. */

import type { ItemKey } from './items.ts';
import type { OrderFacts, OrderState } from './messages.ts';
import { type Holder, orderIdOf } from './order-id.ts';
import type { Key } from './write.ts';

/** How many partitions hold the records of one item: each takes 1,000 writes a second. */
const BUCKETS = 32;

/** An order record. Its key leads from the order id, and says the sale, the SKU and the shopper's buyer key. */
export type OrderRecord = OrderFacts & {
  readonly orderId: string;
  readonly state: OrderState;
};

const partition = ({ saleId, sku }: ItemKey, bucket: number): string =>
  `ORDER#${saleId}#${sku}#${bucket}`;

/** The key of an order's record. */
export const recordKey = (item: ItemKey, holder: Holder): Key => ({
  table: 'orders',
  pk: partition(item, bucketOf(holder)),
  sk: holder,
});

/** The partition keys that all records of an item lie under. */
export const recordPartitions = (item: ItemKey): string[] =>
  Array.from({ length: BUCKETS }, (_, bucket) => partition(item, bucket));

/** A buyer key is a keyed hash, so that its first character spreads the records evenly. */
const bucketOf = (holder: Holder): number => {
  const [first = 0] = [...holder].map((char) => char.charCodeAt(0));
  return first % BUCKETS;
};

const RANK: Readonly<Record<OrderState, number>> = { RESERVED: 0, PAID: 1, RELEASED: 1 };

/** Whether a record in one state has still to come to another. Paid and released are final. */
export const isBehind = (record: OrderRecord | undefined, state: OrderState): boolean =>
  record === undefined || RANK[record.state] < RANK[state];

/** A record from the facts of a claim. */
export const recordOf = (
  item: ItemKey,
  holder: Holder,
  state: OrderState,
  facts: OrderFacts,
): OrderRecord => ({ ...facts, orderId: orderIdOf({ ...item, holder }), state });
