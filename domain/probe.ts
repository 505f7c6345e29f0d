/**
 * @module
 * The order in which an attempt visits shards: each once, in an order that its holder decides, so that twins of one
 * attempt agree on it and different attempts spread evenly.
 */

import type { Holder } from './order-id.ts';

/** The shard at a place of the sequence. @param probe `0 <= probe < shards` */
export function shardAt(holder: Holder, shards: number, probe: number): number {
  const seed = hash(holder);
  const second = Math.imul(seed, 0x9e3779b1) >>> 0;
  const stride = coprime(1 + (second % Math.max(1, shards - 1)), shards);
  return ((seed % shards) + probe * stride) % shards;
}

/**
 * The next place whose shard is not known to be empty.
 *
 * @param from the first place to consider
 * @returns the place, or nothing at the sequence's end
 */
export function nextProbe(
  holder: Holder,
  shards: number,
  from: number,
  empty: ReadonlySet<number>,
): number | undefined {
  for (let probe = from; probe < shards; probe++) {
    if (!empty.has(shardAt(holder, shards, probe))) return probe;
  }
  return undefined;
}

/** FNV-1a: spreads, and needs nothing. Nothing secret depends on it. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) {
    value = Math.imul(value ^ text.charCodeAt(i), 0x01000193);
  }
  // The low bits of FNV are weak: fold the high ones in.
  return (value ^ (value >>> 15)) >>> 0;
}

/** The first stride from `start` on that visits every shard. */
function coprime(start: number, shards: number): number {
  let stride = start;
  while (gcd(stride, shards) !== 1) stride++;
  return stride;
}

const gcd = (a: number, b: number): number => (b === 0 ? a : gcd(b, a % b));
