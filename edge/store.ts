/** @module What the gate reads from its KeyValueStore. Each function makes at most one read. */

// biome-ignore lint/correctness/noUndeclaredDependencies: a module of the runtime, not of npm
import cf from 'cloudfront';

const kvs = cf.kvs();

/** The signing keys by key id, and under `active` the id of the one that signs. */
export type Keys = { readonly active: string; readonly [kid: string]: string };

export type SaleEntry = {
  /** Opens, epoch milliseconds. */
  readonly o: number;
  /** Closes, epoch milliseconds. */
  readonly c: number;
  /** The door key. */
  readonly d: string;
  /** How wide the slots are spread, in milliseconds. */
  readonly w: number;
  /** Decides the slots. */
  readonly s: string;
  /** Paused. */
  readonly p: boolean;
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

export async function guestsAllowed(): Promise<boolean> {
  const settings = await read('settings');
  return (settings as { readonly guests?: unknown } | undefined)?.guests === 'allowed';
}
