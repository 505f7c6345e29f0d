/** @module What the gate reads from its KeyValueStore. Each function makes at most one read. */

// biome-ignore lint/correctness/noUndeclaredDependencies: a module of the runtime, not of npm
import cf from 'cloudfront';
import type { Keys } from './signature.ts';

const kvs = cf.kvs();

export type SaleEntry = {
  /** Opens, epoch milliseconds. */
  readonly o: number;
  /** Closes, epoch milliseconds. */
  readonly c: number;
  /** The door key. */
  readonly d: string;
  /** How wide the slots are spread, in milliseconds. */
  readonly w: number;
  /** Decides the slots: seed and public value, mixed. */
  readonly s: string;
  /** Paused. */
  readonly p: boolean;
  /** Slots begin here instead of at the opening, epoch milliseconds. */
  readonly e?: number;
  /** The slots are not drawn yet. */
  readonly n?: boolean;
  /** The largest number of the easiest challenge. */
  readonly x?: number;
  /** How long a ticket lives beyond its slot, in milliseconds. */
  readonly t?: number;
  /** The hash of the announced code. */
  readonly h?: string;
  /** Wants a solved CAPTCHA. */
  readonly k?: boolean;
  /** Memberships that may buy. */
  readonly m?: readonly string[];
  /** When an account must have been there, epoch seconds. */
  readonly b?: number;
  /** Countries that the sale is for. */
  readonly r?: readonly string[];
};

/** Whom operators turn away, or look at twice. */
export type Blocked = {
  /** Addresses, and beginnings of addresses that end with their separator. */
  readonly a?: readonly string[];
  /** A regular expression over the user agent. */
  readonly g?: string;
  /** Points of risk by JA4 fingerprint. */
  readonly j?: { readonly [ja4: string]: number };
};

/** The value of a key, or nothing: the store throws for a key that it does not have. */
async function read(key: string): Promise<unknown> {
  try {
    const value = await kvs.get(key, { format: 'json' });
    return value;
  } catch (_missing) {
    return undefined;
  }
}

/** Nothing when the store holds no keys: then no session is valid and none is made. */
export async function readKeys(): Promise<Keys | undefined> {
  const keys = await read('keys');
  return keys as Keys | undefined;
}

/** What sale ids look like; nothing else is worth a read. */
const SALE_ID = /^[A-Za-z0-9-]{1,40}$/;

/** Nothing when the sale is unknown. */
export async function readSale(id: string): Promise<SaleEntry | undefined> {
  if (!SALE_ID.test(id)) return undefined;
  const entry = await read(`sale/${id}`);
  return entry as SaleEntry | undefined;
}

export async function readBlocked(): Promise<Blocked> {
  const blocked = await read('blocked');
  return blocked || {};
}

export async function guestsAllowed(): Promise<boolean> {
  const settings = await read('settings');
  return !!settings && (settings as { readonly guests?: unknown }).guests === 'allowed';
}
