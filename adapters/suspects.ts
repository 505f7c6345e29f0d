/** @module Suspicious clusters of a deployed sale: its orders from the claims, joined by the domain. */

import type { NumberedClaim } from '../domain/audit-books.ts';
import { traceOf, visibleState } from '../domain/claim.ts';
import { saleKey } from '../domain/items.ts';
import { orderIdOf } from '../domain/order-id.ts';
import type { Store } from '../domain/ports.ts';
import { type Cluster, suspects } from '../domain/suspects.ts';
import { buyersIn, type TracedOrder } from '../domain/suspects-rules.ts';
import { readClaims } from './audit-source.ts';
import type { DynamoDb } from './aws-clients.ts';
import type { Tables } from './dynamo-expression.ts';

type Books = { readonly db: DynamoDb; readonly tables: Tables; readonly store: Store };

/** What the report says. */
export type SuspectsReport = {
  readonly saleId: string;
  /** The fewest buyers of a cluster that is shown. */
  readonly least: number;
  readonly buyers: number;
  readonly orders: number;
  readonly clusters: readonly Cluster[];
};

/**
 * Reads the claims of a sale and finds clusters. It scans the whole stock table, at half a read unit for each KB of it.
 * Claims are erased some time after the closing: then there is nothing left to report.
 *
 * @throws {Error} naming the sale when there is none
 */
export async function readSuspects(
  { db, tables, store }: Books,
  saleId: string,
  least: number,
): Promise<SuspectsReport> {
  const [sale] = await store.read([saleKey(saleId)]);
  if (sale === undefined)
    throw new Error(`Cannot report on sale "${saleId}": there is no such sale`);
  const claims = await readClaims(db, tables, saleId);
  const orders = claims.flatMap((one) => orderIn(saleId, one));
  const clusters = suspects(orders, least);
  return { saleId, least, buyers: buyersIn(orders), orders: orders.length, clusters };
}

/** An attempt that nobody was answered took nothing from anybody. */
function orderIn(
  saleId: string,
  { sku, claim }: NumberedClaim & { readonly sku: string },
): TracedOrder[] {
  const { holder, shopper, quantity, state, claimedAt } = claim;
  if (visibleState(claim) === undefined) return [];
  const orderId = orderIdOf({ saleId, sku, holder });
  const isPaid = state === 'PAID';
  return [{ orderId, shopper, quantity, isPaid, at: claimedAt, trace: traceOf(claim) }];
}
