/** @module Numbers that carry their unit in their type. */

declare const unit: unique symbol;

/** Milliseconds since 1970-01-01T00:00:00Z. */
export type EpochMs = number & { readonly [unit]?: 'EpochMs' };

/** A length of time in whole seconds. */
export type Seconds = number & { readonly [unit]?: 'Seconds' };

/** Money as an integer of the currency's minor unit: cents, pence, yen. */
export type Minor = number & { readonly [unit]?: 'Minor' };

/** The instant `seconds` after `instant`. */
export const after = (instant: EpochMs, seconds: Seconds): EpochMs => instant + seconds * 1000;

/** The whole second that an instant lies in. */
export const epochSeconds = (instant: EpochMs): number => Math.floor(instant / 1000);
