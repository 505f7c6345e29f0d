/**
 * @module
 * How lots are drawn, and what is public of it: a hash of the seed before the sale, the seed itself after it. Whoever
 * has both can check each lot. Formulas: `docs/architecture.md`, Slots.
 */

import { createHash, createHmac } from 'node:crypto';
import type { PublishedSale } from '../domain/sale.ts';
import { slotBase, slotWidthMs } from '../domain/slots.ts';
import type { EpochMs } from '../domain/units.ts';

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** What is announced of a slot seed: 64 hex characters. */
export const seedHash = (slotSeed: string): string => sha256(slotSeed);

/** What lots are drawn from: 64 hex characters. @param publicValue empty as long as none is drawn */
export const mixedSeed = (slotSeed: string, publicValue = ''): string =>
  sha256(`${slotSeed}.${publicValue}`);

/** A shopper's lot, 0 to 65,535. @param mixed from {@link mixedSeed} */
export const lotOf = (mixed: string, shopperId: string): number =>
  createHmac('sha256', mixed).update(`slot.${shopperId}`).digest().readUInt16BE(0);

/** What an announced code is compared with, 64 hex characters: made of the code as the header `x-code` carries it. */
export const codeHash = (saleId: string, code: string): string =>
  sha256(`${saleId}.${encodeURIComponent(code.trim().toUpperCase())}`);

/** `slots.json`. */
export type PublicSlots = {
  readonly saleId: string;
  /** SHA-256 of the seed, in hex. */
  readonly seedHash: string;
  /** Where the public value is read; null in a sale that is drawn from the seed alone. */
  readonly source: string | null;
  /** Null as long as none is drawn. */
  readonly publicValue: string | null;
  readonly opensAtEpochMs: EpochMs;
  readonly widthMs: number;
  /** Where slots begin now. */
  readonly slotsFromEpochMs: EpochMs;
  /** Every instant at which slots have begun: the opening, and one for each resume after a pause. */
  readonly epochs: readonly EpochMs[];
  /** Null until the closing. */
  readonly seed: string | null;
  readonly formula: string;
};

const FORMULA =
  'mixed = hex(SHA-256(seed + "." + publicValue)), publicValue empty where null; lot = first 2 bytes, big endian, of ' +
  'HMAC-SHA256(key: mixed as text, message: "slot." + shopper id); slot = slotsFromEpochMs + floor(lot * widthMs / 65536)';

/** What anybody may know of a sale's slots. The seed is among it from the closing on. */
export function publicSlots(sale: PublishedSale, now: EpochMs): PublicSlots {
  const { slotSeed, opensAt, closesAt, slotEpochs = [] } = sale;
  return {
    saleId: sale.id,
    seedHash: seedHash(slotSeed),
    source: sale.draw?.source ?? null,
    publicValue: sale.publicValue ?? null,
    opensAtEpochMs: opensAt,
    widthMs: slotWidthMs(sale.admission),
    slotsFromEpochMs: slotBase(sale),
    epochs: [...new Set([opensAt, ...slotEpochs])],
    seed: now >= closesAt ? slotSeed : null,
    formula: FORMULA,
  };
}
