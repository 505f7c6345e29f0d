/**
 * @module
 * The last events of a sale, as operators look at them: what happened to the sale and to money, not the orders one by
 * one. A copy for the eye alone; the bus and its archive are what counts.
 */

import { type EpochMs, epochSeconds } from './units.ts';
import { absent, type Put } from './write.ts';

/** An event as the bus brings it. */
export type BusEvent = {
  /** Such as `sale.opened.v1`. */
  readonly type: string;
  readonly detail: {
    readonly id: string;
    readonly at: EpochMs;
    /** Absent where it is of no one sale. */
    readonly saleId?: string;
    readonly [member: string]: unknown;
  };
};

/** As long as the archive of production keeps events. */
const KEPT_DAYS = 90;

const DAY_MS = 24 * 3600 * 1000;

/** The partition of a sale's events. No sale is called `-`: there stands what is of no one sale. */
export const eventPartition = (saleId = '-'): string => `EVENT#${saleId}`;

/** Keeps an event, once: whoever brings it again changes nothing. */
export const keepEvent = ({ type, detail }: BusEvent): Put => ({
  item: {
    table: 'orders',
    pk: eventPartition(detail.saleId),
    // The instant first, so that they are in order; two digits more or less would not be.
    sk: `${new Date(detail.at).toISOString()}#${detail.id}`,
  },
  when: absent,
  put: {
    type,
    detail: JSON.stringify(detail),
    expiresAt: epochSeconds(detail.at + KEPT_DAYS * DAY_MS),
  },
});

/** A kept event, read back. */
export const eventIn = ({ type, detail }: Readonly<Record<string, unknown>>): BusEvent => ({
  type: String(type),
  detail: JSON.parse(String(detail)) as BusEvent['detail'],
});
