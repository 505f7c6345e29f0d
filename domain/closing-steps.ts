/**
 * @module
 * What decides the closing of a sale: one conditional write on its catalogue item. Of all who move it and the one who
 * closes it, each sees what it has read still standing, or does nothing.
 */

import { saleKey } from './items.ts';
import type { PublishedSale } from './sale.ts';
import { after, type EpochMs } from './units.ts';
import { all, type Condition, equals, exists, missing, set, type Update } from './write.ts';

/**
 * How far a closing may be moved from where its sale file had it: claims of its first hour are erased 90 days after that,
 * and as long as it sells, whoever has bought must be known.
 */
const MOST_DAYS = 30;

/** When the sale file has a sale close. */
export const plannedClosing = (sale: PublishedSale): EpochMs =>
  sale.plannedClosesAt ?? sale.closesAt;

/** The last instant that the closing of a sale can be moved to. */
export const latestClosing = (sale: PublishedSale): EpochMs =>
  after(plannedClosing(sale), MOST_DAYS * 24 * 3600);

/** The closing is still the one that was read. */
const isAsRead = ({ plannedClosesAt, closesAt }: PublishedSale): Condition =>
  all(exists, plannedClosesAt === undefined ? missing('closesAt') : equals('closesAt', closesAt));

/** Moves the closing of a sale that is not closed. */
export const moveClosing = (sale: PublishedSale, closesAt: EpochMs): Update => ({
  item: saleKey(sale.id),
  when: all(isAsRead(sale), missing('closed')),
  change: [set('closesAt', closesAt)],
});

/** Moves it to an instant for good. */
export const closeForGood = (sale: PublishedSale, closesAt: EpochMs): Update => ({
  item: saleKey(sale.id),
  when: all(isAsRead(sale), missing('closed')),
  change: [set('closesAt', closesAt), set('closed', true)],
});

/** The closing that was read has come: from here on nobody moves it. Repeatable. */
export const closeAsRead = (sale: PublishedSale): Update => ({
  item: saleKey(sale.id),
  when: isAsRead(sale),
  change: [set('closed', true)],
});
