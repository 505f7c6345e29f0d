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
  /** Name, price, image and place were those of the product with the same SKU, and its units are that product's. */
  readonly fromProduct?: true;
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
  /** The largest number of a challenge at level 0, 0 to 1,000,000; 0: no proof of work. */
  readonly difficulty: number;
  /** How long a ticket lives beyond its slot, 1 to 600 seconds. */
  readonly ticketSeconds: Seconds;
};

/** Who may have a ticket. What is absent asks for nothing. */
export type Access = {
  /** SHA-256 in hex of `<sale id>.<announced code>`, the code trimmed and in upper case. */
  readonly codeSha256?: string;
  /** Whether a WAF CAPTCHA must have been solved. */
  readonly captcha?: boolean;
  /** The shopper's session must carry one of them. */
  readonly memberships?: readonly string[];
  /** How many days before the opening the shopper's account must have been created, 0 to 3650. */
  readonly accountAgeDays?: number;
  /** ISO 3166-1 alpha-2: where the sale is for. Shoppers elsewhere are a risk, not refused. */
  readonly countries?: readonly string[];
};

/** A public value that nobody can foresee, mixed into the slots once it is known. */
export type Draw = {
  /** Where the value will be read, such as "drand round 5300000". */
  readonly source: string;
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
  /** Absent: anybody with a session. */
  readonly access?: Access;
  /** Absent: slots are drawn from the seed alone. */
  readonly draw?: Draw;
  /** Whether a shopper whose order expired may order again. */
  readonly afterExpiry: 'allow' | 'refuse';
  /** Whether an operator must agree before a payment goes back; absent: it goes back at once. */
  readonly refunds?: 'approval';
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
  /** What the sale file said of the closing, where an operator has moved it since: then `closesAt` is another. */
  readonly plannedClosesAt?: EpochMs;
  /** The closing has been decided for good: it moves no more. */
  readonly closed?: true;
  /** Slots begin here instead of at the opening: set by the last resume. */
  readonly slotsFrom?: EpochMs;
  /** Each `slotsFrom` that there has been, earliest first. */
  readonly slotEpochs?: readonly EpochMs[];
  /** An operator has paused it, and not resumed it since. */
  readonly paused?: true;
  /** What the operator entered for `draw`. */
  readonly publicValue?: string;
};

/** A sale at another time, for a rehearsal: it opens then, and is open as long as it was. */
export const openingAt = <S extends Pick<Sale, 'opensAt' | 'closesAt'>>(
  sale: S,
  opensAt: EpochMs,
): S => ({ ...sale, opensAt, closesAt: opensAt + (sale.closesAt - sale.opensAt) });

/** What sale ids and SKUs look like; they stand in keys, paths and order ids. */
export const NAME = /^[A-Za-z0-9-]{1,40}$/;

/** The item with a SKU, or nothing. */
export const itemOf = (sale: Sale, sku: string): Item | undefined =>
  sale.items.find((item) => item.sku === sku);
