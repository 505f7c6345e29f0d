/** @module What the tables of a place say of an order. */

import type { Claim } from '../../domain/items.ts';
import { orderOf } from '../../domain/order-id.ts';
import { type OrderRecord, recordKey } from '../../domain/order-record.ts';
import { claimKeyOf } from '../../domain/steps.ts';
import type { Key } from '../../domain/write.ts';
import type { Place } from './place.ts';

function partsOf(orderId: string) {
  const parts = orderOf(orderId);
  if (parts === undefined) throw new TypeError(`"${orderId}" is no order id`);
  return parts;
}

/** The key of an order's record. */
export function orderKeyOf(orderId: string): Key {
  const parts = partsOf(orderId);
  return recordKey(parts, parts.holder);
}

const itemAt = async <T>({ deployment }: Place, key: Key): Promise<T | undefined> =>
  (await deployment.store.read([key]))[0] as unknown as T | undefined;

export const recordOf = (place: Place, orderId: string): Promise<OrderRecord | undefined> =>
  itemAt(place, orderKeyOf(orderId));

export function claimOf(place: Place, orderId: string): Promise<Claim | undefined> {
  const parts = partsOf(orderId);
  return itemAt(place, claimKeyOf(parts, parts.holder));
}
