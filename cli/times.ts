/** @module Lengths of time and instants as people read them. */

/** Such as `0:07`, `14:59` or `2:03:00`; what is not positive is `0:00`. */
export function countdown(ms: number): string {
  const seconds = Math.max(0, Math.ceil(ms / 1000));
  const two = (value: number) => String(value).padStart(2, '0');
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor(seconds / 60) % 60;
  return hours > 0
    ? `${hours}:${two(minutes)}:${two(seconds % 60)}`
    : `${minutes}:${two(seconds % 60)}`;
}

/** Such as `2026-11-27 20:00:00 UTC`. */
export const utc = (epochMs: number): string =>
  `${new Date(epochMs).toISOString().slice(0, 19).replace('T', ' ')} UTC`;

/** The same instant on the clocks of a place, such as `27 Nov 2026, 21:00:00 CET`. @param timeZone an IANA name */
export const inZone = (epochMs: number, timeZone: string): string =>
  new Intl.DateTimeFormat('en-GB', {
    ...{ timeZone, dateStyle: undefined, day: 'numeric', month: 'short', year: 'numeric' },
    ...{ hour: '2-digit', minute: '2-digit', second: '2-digit', timeZoneName: 'short' },
  }).format(epochMs);
