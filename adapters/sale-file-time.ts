/** @module Instants of a sale file: ISO 8601 with an offset, and the time zones that they are shown in. */

import type { EpochMs } from '../domain/units.ts';

const INSTANT =
  /^(?<date>[12]\d{3}-\d{2}-\d{2})T(?<time>\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?)(?<offset>Z|[+-]\d{2}:\d{2})?$/;

const MINUTE_MS = 60_000;

/** What an instant says: when, and how far its clock is ahead of UTC. Z says nothing about the clock (RFC 9557). */
export type Instant = { readonly at: EpochMs; readonly offsetMinutes?: number };

/** Whether a text is an instant but for its offset. */
export const lacksOffset = (text: string): boolean => {
  const found = INSTANT.exec(text);
  return found !== null && found.groups?.['offset'] === undefined;
};

/** Reads an instant; nothing when the text is none, or when the calendar has no such day or hour. */
export function readInstant(text: string): Instant | undefined {
  const { date = '', time = '', offset = '' } = INSTANT.exec(text)?.groups ?? {};
  const asUtc = Date.parse(`${date}T${time}Z`);
  const offsetMinutes = readOffset(offset);
  // Date.parse turns the 30th of February into the 2nd of March, and 24:00 into the next day.
  const isReal =
    !Number.isNaN(asUtc) && new Date(asUtc).toISOString().startsWith(`${date}T${time}`);
  if (!isReal || offsetMinutes === undefined) return undefined;
  const at = asUtc - offsetMinutes * MINUTE_MS;
  return offset === 'Z' ? { at } : { at, offsetMinutes };
}

/** The instant that a text says. @throws {RangeError} when it says none */
export function instantOf(text: string): EpochMs {
  const instant = readInstant(text);
  if (instant === undefined) throw new RangeError(`Cannot read "${text}" as an instant`);
  return instant.at;
}

function readOffset(offset: string): number | undefined {
  if (offset === 'Z') return 0;
  const [hours = 24, minutes = 60] = offset.slice(1).split(':').map(Number);
  if (hours > 23 || minutes > 59) return undefined;
  return (hours * 60 + minutes) * (offset.startsWith('-') ? -1 : 1);
}

/** Whether a name is an IANA time zone. Intl takes bare offsets for zones too. */
export function isZone(name: string): boolean {
  if (/^[+-]/.test(name)) return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

/** How far the clocks of a zone are ahead of UTC at an instant, in minutes; before 1972 not always whole. */
export function zoneOffset(zone: string, at: EpochMs): number {
  const parts = new Intl.DateTimeFormat('en', { timeZone: zone, timeZoneName: 'longOffset' });
  const name = parts.formatToParts(at).find(({ type }) => type === 'timeZoneName')?.value ?? '';
  const [, sign, hours = 0, minutes = 0, seconds = 0] =
    /([+-])(\d{2}):(\d{2})(?::(\d{2}))?/.exec(name) ?? [];
  const ahead = Number(hours) * 60 + Number(minutes) + Number(seconds) / 60;
  return sign === '-' ? -ahead : ahead;
}

/** Writes an instant with the offset of a zone. */
export function printInstant(at: EpochMs, zone: string): string {
  const offsetMinutes = zoneOffset(zone, at);
  const hasWholeMinutes = Number.isInteger(offsetMinutes);
  const local = new Date(at + (hasWholeMinutes ? offsetMinutes : 0) * MINUTE_MS);
  const digits = local.toISOString().replace(/(\.000)?Z$/, '');
  return `${digits}${hasWholeMinutes ? printOffset(offsetMinutes) : 'Z'}`;
}

/** An offset as ISO 8601 writes it: `+01:00`. */
export function printOffset(minutes: number): string {
  const two = (value: number) => String(Math.trunc(value)).padStart(2, '0');
  const size = Math.abs(minutes);
  return `${minutes < 0 ? '-' : '+'}${two(size / 60)}:${two(size % 60)}`;
}
