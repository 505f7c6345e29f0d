/** @module Time for the eye: what is left, and when something is. */

const pad = (value: number): string => String(value).padStart(2, '0');

/**
 * What is left, rounded up, so that 0:00 stands there when nothing is left, and not a second before.
 *
 * @param daysText how a number of days is written, such as "2 d"
 */
export function remainingText(ms: number, daysText: (days: number) => string): string {
  const seconds = Math.max(0, Math.ceil(ms / 1000));
  const days = Math.floor(seconds / 86_400);
  const hours = Math.floor(seconds / 3600) % 24;
  const minutes = Math.floor(seconds / 60) % 60;
  const clock = `${pad(minutes)}:${pad(seconds % 60)}`;
  if (days > 0) return `${daysText(days)} ${pad(hours)}:${clock}`;
  return hours > 0 ? `${hours}:${clock}` : clock;
}

/** An instant in the shopper's own zone: day and minute. */
export const instantText = (epochMs: number, locale: string): string =>
  new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeStyle: 'short' }).format(epochMs);

/** An instant of today in the shopper's own zone, to the second. */
export const timeText = (epochMs: number, locale: string): string =>
  new Intl.DateTimeFormat(locale, { timeStyle: 'medium' }).format(epochMs);

/** A length of time in words, to the second; minutes alone from an hour on. */
export function lengthText(ms: number, locale: string): string {
  const seconds = Math.round(ms / 1000);
  const minutes = Math.floor(seconds / 60);
  const parts = [
    ...(minutes > 0 ? [unitText(minutes, 'minute', locale)] : []),
    ...(minutes < 60 && seconds % 60 > 0 ? [unitText(seconds % 60, 'second', locale)] : []),
  ];
  return parts.length > 0 ? parts.join(' ') : unitText(0, 'second', locale);
}

const unitText = (value: number, unit: string, locale: string): string =>
  new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'long' }).format(value);
