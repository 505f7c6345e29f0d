/** @module Times of a zone: what somebody types for `22:30` in Berlin, and the instant that it is. */

const PARTS = {
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hourCycle: 'h23',
} as const;

/** What a clock in a zone shows at an instant, as ms since 1970 as if it were UTC. */
function shownAt(epochMs: number, timeZone: string): number {
  const parts = new Intl.DateTimeFormat('en', { ...PARTS, timeZone }).formatToParts(epochMs);
  const part = (type: string) => Number(parts.find((one) => one.type === type)?.value);
  return Date.UTC(
    part('year'),
    part('month') - 1,
    part('day'),
    part('hour'),
    part('minute'),
    part('second'),
  );
}

const offsetAt = (epochMs: number, timeZone: string): number =>
  shownAt(epochMs, timeZone) - Math.floor(epochMs / 1000) * 1000;

const pad = (value: number): string => String(value).padStart(2, '0');

/** A zone that browsers know. */
export function isZone(timeZone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone }) !== undefined;
  } catch {
    return false;
  }
}

/**
 * A local time of a zone with its offset, as a sale file has it: `2026-11-27T22:30` in Berlin is
 * `2026-11-27T22:30:00+01:00`. Of an hour that comes twice the first is meant. What is no time stays as it is.
 */
export function withOffset(local: string, timeZone: string): string {
  const wall = Date.parse(`${local}Z`);
  if (Number.isNaN(wall) || !isZone(timeZone)) return local;
  // The offset before is right unless the clocks change between; then the one that gives the same wall time is.
  const candidates = [offsetAt(wall - 86_400_000, timeZone), offsetAt(wall + 86_400_000, timeZone)];
  const offset =
    candidates.find((one) => offsetAt(wall - one, timeZone) === one) ?? candidates[1] ?? 0;
  const minutes = Math.abs(offset) / 60_000;
  const zone = `${offset < 0 ? '-' : '+'}${pad(Math.floor(minutes / 60))}:${pad(minutes % 60)}`;
  const seconds = local.length === 'YYYY-MM-DDTHH:MM'.length ? `${local}:00` : local;
  return `${seconds}${zone}`;
}

/** A sale file's time as a field takes it. */
export const wallOf = (text: string): string => text.slice(0, 16);

/** An instant as a field takes it, in a zone. */
export const wallAt = (epochMs: number, timeZone: string): string =>
  new Date(shownAt(epochMs, timeZone)).toISOString().slice(0, 16);
