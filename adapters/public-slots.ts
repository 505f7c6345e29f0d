/** @module Checking the slots of a sale from what is public of it. Nothing here needs more than its address. */

import { slotOf } from '../domain/slots.ts';
import type { EpochMs } from '../domain/units.ts';
import { lotOf, mixedSeed, type PublicSlots, seedHash } from './slots.ts';

/** Whether the seed is the one that was announced; `not-revealed` before the closing. */
export type SlotsVerdict = 'right' | 'wrong' | 'not-revealed';

/** @param announced the hash that was noted before the opening; the file's own proves less */
export function judgeSlots({ seed, seedHash: said }: PublicSlots, announced = said): SlotsVerdict {
  if (seed === null) return 'not-revealed';
  return seedHash(seed) === announced && said === announced ? 'right' : 'wrong';
}

/** A shopper's lot and slots: one for each instant at which slots began. @throws {Error} before the closing */
export function slotsOfShopper(
  { saleId, seed, publicValue, epochs, widthMs }: PublicSlots,
  shopperId: string,
): { readonly lot: number; readonly slots: readonly EpochMs[] } {
  if (seed === null) {
    throw new Error(`Cannot compute a lot in "${saleId}": its seed is revealed at the closing`);
  }
  const lot = lotOf(mixedSeed(seed, publicValue ?? ''), shopperId);
  return { lot, slots: epochs.map((epoch) => slotOf(epoch, widthMs, lot)) };
}

/** Reads `slots.json`. @throws {Error} naming the address where it cannot be had */
export async function fetchSlots(siteUrl: string, saleId: string): Promise<PublicSlots> {
  const url = `${siteUrl}/sales/${saleId}/slots.json`;
  const response = await fetch(url).catch((cause: unknown) => {
    throw new Error(`Cannot read ${url}: nobody answers`, { cause });
  });
  if (!response.ok) throw new Error(`Cannot read ${url}: it answers ${response.status}`);
  return (await response.json()) as PublicSlots;
}
