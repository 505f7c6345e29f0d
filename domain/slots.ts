/**
 * @module
 * Slots: the instant from which a shopper is admitted. A lot, which nobody can choose, says where in the slot width it
 * lies; how lots are drawn is in `adapters/slots.ts`.
 */

import type { Admission, PublishedSale } from './sale.ts';
import type { EpochMs } from './units.ts';

/** Lots are 0 to 65,535: fine enough that a slot width of a minute is cut into milliseconds. */
export const LOTS = 65_536;

/** How wide the slots of a sale are spread: the time in which the expected crowd is admitted. */
export const slotWidthMs = ({ expectedShoppers, perSecond }: Admission): number =>
  Math.ceil((expectedShoppers / perSecond) * 1000);

/** Where the slots begin: at the opening, or where the last resume has put them. */
export const slotBase = ({
  opensAt,
  slotsFrom = opensAt,
}: Pick<PublishedSale, 'opensAt' | 'slotsFrom'>): EpochMs => slotsFrom;

/** The slot of a lot. A smaller lot is never later than a larger one, whatever the base. */
export const slotOf = (base: EpochMs, widthMs: number, lot: number): EpochMs =>
  base + Math.floor((lot * widthMs) / LOTS);
