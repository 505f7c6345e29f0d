/** @module Whether a store keeps the promises, as it stands and after the calm. */

import type { PublishedSale } from '../../domain/sale.ts';
import { membersOf } from './actors.ts';
import { calmed } from './calm.ts';
import type { Configuration } from './configuration.ts';
import { booksOf, type Contents, flawAfterCalm, flawIn, flawInRecords } from './laws.ts';
import { flawInPayments, flawInRefunds } from './laws-money.ts';
import { PAID_IN } from './names.ts';

/** @returns what is wrong, or nothing */
export async function judge(
  contents: Contents,
  sale: PublishedSale,
  config: Configuration,
): Promise<string | undefined> {
  const { limit, records } = config;
  const now = booksOf(contents);
  const flaw = flawIn(now, limit) ?? flawInRefunds(config, now);
  if (flaw !== undefined) return flaw;
  const calm = await calmed(contents, sale);
  const books = booksOf(calm);
  const left =
    flawIn(books, limit) ??
    flawInRefunds(config, books) ??
    flawAfterCalm(books) ??
    flawInPayments(membersOf(calm.get(PAID_IN)), books) ??
    (records ? flawInRecords(books) : undefined);
  return left && `${left}, after everything stopped and two sweeps ran`;
}
