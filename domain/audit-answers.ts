/** @module What shoppers were answered, and whether the orders that they were promised exist. */

import { claimAt, type Finding, type Ledger, startOf, TOLERATED_MS } from './audit-books.ts';
import type { Claim } from './items.ts';
import { orderOf } from './order-id.ts';
import type { EpochMs } from './units.ts';

/** One answer to one press of Buy. */
export type ShopperAnswer = {
  /** Any name that is the same for all answers of one shopper. */
  readonly shopper: string;
  readonly sku: string;
  readonly quantity: number;
  /** When it was asked, by the clock of the sale; `at` when unknown. */
  readonly askedAt?: EpochMs;
  /** When the answer arrived, by the clock of the sale. */
  readonly at: EpochMs;
  /** HTTP status; 0 when no answer came. */
  readonly status: number;
  /** The problem's code. */
  readonly code?: string;
  readonly orderId?: string;
  readonly payByEpochMs?: EpochMs;
  /** With `quantity-unavailable`: the largest quantity that is said to be available. */
  readonly largest?: number;
};

/** Whether an answer says that there is an order. */
export const isGranted = ({ status }: ShopperAnswer): boolean => status === 200 || status === 201;

/** Orders that were acknowledged and do not exist. */
export function unkept(ledger: Ledger, answers: readonly ShopperAnswer[]): Finding[] {
  const granted = answers.filter((answer) => answer.sku === ledger.item.sku && isGranted(answer));
  const nameless = granted.filter(({ orderId }) => orderId === undefined);
  const promised = new Set(granted.flatMap(({ orderId }) => orderId ?? []));
  return [
    ...nameless.map(({ shopper, status }) => ({
      id: shopper,
      what: `was answered ${status} without an order id`,
    })),
    ...[...promised].flatMap((orderId) => broken(ledger, orderId)),
  ];
}

function broken(ledger: Ledger, orderId: string): Finding[] {
  const what = flawOf(ledger, orderId);
  return what === undefined ? [] : [{ id: orderId, what: `was acknowledged, and ${what}` }];
}

function flawOf(ledger: Ledger, orderId: string): string | undefined {
  const { key, records, now } = ledger;
  const order = orderOf(orderId);
  if (order === undefined || order.saleId !== key.saleId || order.sku !== key.sku) {
    return 'is no order of this item';
  }
  const claim = claimAt(ledger, order.holder);
  if (claim?.holder === order.holder) return flawOfStanding(ledger, claim);
  // What the record says of an order whose claim has moved on is judged with the other records.
  if (records.has(order.holder)) return undefined;
  if (claim === undefined) return 'has neither claim nor record';
  const movedAt = startOf(claim.holder);
  return now - movedAt > TOLERATED_MS
    ? 'its claim has moved on, and there is no record'
    : undefined;
}

/** An order of unlimited stock is acknowledged once its message is out: so it has a record, soon. */
function flawOfStanding({ records, now }: Ledger, claim: Claim): string | undefined {
  const { holder, state, shards, changedAt } = claim;
  if (state === 'PENDING') return 'its claim is PENDING';
  const hasRecord = shards > 0 || records.has(holder) || now - changedAt <= TOLERATED_MS;
  return hasRecord ? undefined : 'has no order record';
}
