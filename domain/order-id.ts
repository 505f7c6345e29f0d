/**
 * @module
 * The holder: 18 bytes that stand for an order in a shard, and lead back to its claim. The order id is the holder with
 * its sale and SKU before it.
 *
 * | bytes | meaning |
 * | --- | --- |
 * | 0–9 | buyer key: who, as a keyed hash |
 * | 10 | n: how many orders the shopper had paid before |
 * | 11–12 | attempt, big endian |
 * | 13 | quantity |
 * | 14–17 | epoch seconds at which the attempt began, big endian |
 */

import { NAME } from './sale.ts';

/** A holder as 24 base64url characters. */
export type Holder = string & { readonly kind?: 'Holder' };

/** What a holder says. */
export type HolderParts = {
  /** 10 bytes as 14 base64url characters: see `BuyerKeys` in ports. */
  readonly buyerKey: string;
  /** 0 to 255. */
  readonly n: number;
  /** 1 to 65,535. */
  readonly attempt: number;
  /** 1 to 255. */
  readonly quantity: number;
  /** Seconds since 1970. */
  readonly since: number;
};

/** The holders of one attempt after another never repeat: this is the last attempt that has one. */
export const LAST_ATTEMPT = 0xffff;

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const VALUE = new Map([...ALPHABET].map((char, index) => [char, index]));
const HOLDER = /^[A-Za-z0-9_-]{24}$/;
const BUYER_KEY = /^[A-Za-z0-9_-]{13}[AQgw]$/;

/** Writes a holder. @throws {RangeError} when a part is outside its range */
export function holderOf({ buyerKey, n, attempt, quantity, since }: HolderParts): Holder {
  if (!BUYER_KEY.test(buyerKey)) throw new RangeError(`Cannot make a holder of "${buyerKey}"`);
  const bytes = [
    ...decode(`${buyerKey}AA`).slice(0, 10),
    byte('n', n, 0xff),
    byte('attempt', attempt, LAST_ATTEMPT) >>> 8,
    attempt & 0xff,
    byte('quantity', quantity, 0xff),
    ...[24, 16, 8, 0].map((shift) => (byte('since', since, 0xffffffff) >>> shift) & 0xff),
  ];
  return encode(bytes);
}

/** Reads a holder, or says that a text is none. */
export function partsOf(holder: string): HolderParts | undefined {
  if (!HOLDER.test(holder)) return undefined;
  const bytes = decode(holder);
  const at = (index: number) => bytes[index] ?? 0;
  return {
    buyerKey: encode([...bytes.slice(0, 10), 0, 0]).slice(0, 14),
    n: at(10),
    attempt: at(11) * 256 + at(12),
    quantity: at(13),
    since: ((at(14) * 256 + at(15)) * 256 + at(16)) * 256 + at(17),
  };
}

/**
 * The quantity that a holder says; 0 when it is none. Without reading the rest: a sweep adds up what is sold, and that may
 * be a million orders.
 */
export const quantityOf = (holder: string): number =>
  HOLDER.test(holder) ? (decode(holder.slice(16, 20))[1] ?? 0) : 0;

/** The item an order is for, and its holder. */
export type OrderParts = { readonly saleId: string; readonly sku: string; readonly holder: Holder };

/** The order id that the world sees. */
export const orderIdOf = ({ saleId, sku, holder }: OrderParts): string =>
  `${saleId}.${sku}.${holder}`;

/** Reads an order id, or says that a text is none. */
export function orderOf(orderId: string): OrderParts | undefined {
  const [saleId = '', sku = '', holder = '', ...rest] = orderId.split('.');
  const well = rest.length === 0 && NAME.test(saleId) && NAME.test(sku) && HOLDER.test(holder);
  return well ? { saleId, sku, holder } : undefined;
}

function byte(name: string, value: number, most: number): number {
  if (Number.isInteger(value) && value >= 0 && value <= most) return value;
  throw new RangeError(`Cannot make a holder with ${name} ${value}: it must be 0 to ${most}`);
}

/** base64url of bytes whose count is a multiple of three. */
function encode(bytes: readonly number[]): string {
  let text = '';
  for (let i = 0; i < bytes.length; i += 3) {
    const word = ((bytes[i] ?? 0) << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0);
    for (const shift of [18, 12, 6, 0]) text += ALPHABET.charAt((word >>> shift) & 63);
  }
  return text;
}

function decode(text: string): number[] {
  const bytes: number[] = [];
  for (let i = 0; i < text.length; i += 4) {
    let word = 0;
    for (let j = 0; j < 4; j++) word = word * 64 + (VALUE.get(text.charAt(i + j)) ?? 0);
    bytes.push((word >>> 16) & 0xff, (word >>> 8) & 0xff, word & 0xff);
  }
  return bytes;
}
