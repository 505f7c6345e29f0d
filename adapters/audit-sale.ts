/** @module The audit of a deployed sale: its books from the tables, judged by the domain. */

import { type AuditInput, audit, type Verdict } from '../domain/audit.ts';
import type { Clock } from '../domain/ports.ts';
import { readBooks } from './audit-source.ts';
import type { DynamoDb } from './aws-clients.ts';
import type { Tables } from './dynamo-expression.ts';

type Books = { readonly db: DynamoDb; readonly tables: Tables; readonly clock: Clock };

/** What besides the tables the audit may know; see `AuditInput`. */
type Knowledge = Pick<AuditInput, 'answers' | 'crashed' | 'inFlightMs'>;

/** @throws {Error} naming the sale when there is none */
export async function auditSale(
  { db, tables, clock }: Books,
  saleId: string,
  knowledge: Knowledge = {},
): Promise<Verdict> {
  const now = clock();
  const books = await readBooks(db, tables, saleId);
  if (books === undefined) throw new Error(`Cannot audit sale "${saleId}": there is no such sale`);
  return audit({ ...books, ...knowledge, now });
}
