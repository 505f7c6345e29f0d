/** @module A write that is decided from the item as it is, and decided anew from whatever item refuses it. */

import type { Store } from './ports.ts';
import type { Attributes, Key, Write } from './write.ts';

/** Somebody else got ahead that often: that is no bad luck any more. */
const MOST_TRIES = 50;

/** What to do with an item: a write, and what it comes to once it is done; or what it comes to without one. */
export type Decision<T> = { readonly write: Write; readonly outcome: T } | { readonly outcome: T };

/**
 * Decides from an item, and writes; where another write came between, decides again.
 *
 * @param seen the item, where the caller has just read it
 * @throws {Error} when the item changes faster than it can be written to
 */
export async function writeDecided<T>(
  store: Store,
  key: Key,
  decide: (item: Attributes | undefined) => Decision<T>,
  seen?: { readonly item: Attributes | undefined },
): Promise<T> {
  let item = seen ? seen.item : (await store.read([key]))[0];
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    const decision = decide(item);
    if (!('write' in decision)) return decision.outcome;
    const answer = await store.write(decision.write);
    if (answer.kind === 'done') return decision.outcome;
    item = answer.item;
  }
  throw new Error(`Cannot write "${key.pk}": it changed ${MOST_TRIES} times meanwhile`);
}
