/**
 * @module
 * One sale: an opening and a closing instant, items, rules. A sale file describes it, publishing makes it sellable.
 */

import type { EpochMs, Minor, Seconds } from './units.ts';

/** One product in one sale. */
export type Item = {
  /** `[A-Za-z0-9-]{1,40}`, unique in its sale. */
  readonly sku: string;
  readonly name: string;
  /** What one unit costs; 0 is a price. */
  readonly price: Minor;
  /** How many are for sale, or that there is no end of them. */
  readonly units: number | 'unlimited';
  /** How many units one shopper may have; 1 to 100. */
  readonly limit: number;
  /** A path below the site. */
  readonly image?: string;
  /** Where it is handed over, so that pages can sort by distance. */
  readonly place?: Place;
};

export type Place = {
  readonly name: string;
  /** Degrees, -90 to 90. */
  readonly latitude: number;
  /** Degrees, -180 to 180. */
  readonly longitude: number;
};

/** How the crowd is let in. */
export type Admission = {
  /** How many shoppers are expected; 0 means first come, first served. */
  readonly expectedShoppers: number;
  /** How many of them are admitted each second, once their slots come. */
  readonly perSecond: number;
};

/** What a sale file says. */
export type Sale = {
  /** `[A-Za-z0-9-]{1,40}`. */
  readonly id: string;
  readonly title: string;
  readonly opensAt: EpochMs;
  readonly closesAt: EpochMs;
  /** IANA name, for display alone. */
  readonly timeZone: string;
  /** How long an order may stay unpaid. */
  readonly paymentWindow: Seconds;
  /** ISO 4217, one for the whole sale. */
  readonly currency: string;
  readonly admission: Admission;
  /** Whether a shopper whose order expired may order again. */
  readonly afterExpiry: 'allow' | 'refuse';
  readonly items: readonly Item[];
};

/** A sale as the catalogue holds it, with what publishing drew at random for it. */
export type PublishedSale = Sale & {
  /** The random part of the buy path, unknown until the sale opens. */
  readonly doorKey: string;
  /** Keeps buyer keys of different sales apart. */
  readonly salt: string;
  /** Decides the slots. */
  readonly slotSeed: string;
  readonly publishedAt: EpochMs;
};

/** What sale ids and SKUs look like; they stand in keys, paths and order ids. */
export const NAME = /^[A-Za-z0-9-]{1,40}$/;

/** The item with a SKU, or nothing. */
export const itemOf = (sale: Sale, sku: string): Item | undefined =>
  sale.items.find((item) => item.sku === sku);

/** How wide the slots of a sale are spread: the time in which the expected crowd is admitted. */
export const slotWidthMs = ({ expectedShoppers, perSecond }: Admission): number =>
  Math.ceil((expectedShoppers / perSecond) * 1000);
