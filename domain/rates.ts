/**
 * @module
 * How many shoppers a second sales that overlap let through together: the usage plan of the buy path is one for all.
 *
 * A sale with slots counts its rate from where they begin until the last of them, and a ticket's life more: later come
 * only stragglers. A sale without slots (0 expected shoppers) counts its rate from its opening to its closing, for its
 * crowd may come at any second.
 */

import type { PublishedSale, Sale } from './sale.ts';
import { slotBase, slotWidthMs } from './slots.ts';
import { after, type EpochMs } from './units.ts';

/** What a sale lets through, from an instant until before another. */
export type AdmittedRate = {
  readonly saleId: string;
  readonly perSecond: number;
  readonly from: EpochMs;
  readonly until: EpochMs;
};

/** The most that comes together, when it first does, and of which sales. */
export type Peak = {
  readonly at: EpochMs;
  readonly perSecond: number;
  readonly rates: readonly AdmittedRate[];
};

type Timed = Pick<Sale, 'id' | 'opensAt' | 'closesAt' | 'admission'> &
  Pick<PublishedSale, 'slotsFrom' | 'closed'>;

export function rateOf(sale: Timed): AdmittedRate {
  const { id: saleId, opensAt, closesAt, admission } = sale;
  const { perSecond, expectedShoppers, ticketSeconds } = admission;
  if (expectedShoppers === 0) return { saleId, perSecond, from: opensAt, until: closesAt };
  const from = slotBase(sale);
  const until = Math.min(closesAt, after(from + slotWidthMs(admission), ticketSeconds));
  return { saleId, perSecond, from, until };
}

/** The busiest instant of a sale among others. @param others itself, if it is among them, is left out */
export function peakWith(sale: Timed, others: readonly Timed[]): Peak {
  const own = rateOf(sale);
  const rates = others
    .filter(({ id, closed }) => id !== sale.id && !closed)
    .map(rateOf)
    .filter(({ from, until }) => from < own.until && until > own.from);
  // The sum only ever rises where a rate begins.
  const instants = [own.from, ...rates.map(({ from }) => Math.max(from, own.from))];
  const peaks = instants.map((at) => {
    const together = [own, ...rates].filter(({ from, until }) => from <= at && at < until);
    const perSecond = together.reduce((sum, rate) => sum + rate.perSecond, 0);
    return { at, perSecond, rates: together };
  });
  return peaks.reduce((most, peak) =>
    peak.perSecond > most.perSecond || (peak.perSecond === most.perSecond && peak.at < most.at)
      ? peak
      : most,
  );
}
