/** @module When a schedule fires: `at(…)` and a `cron(…)` of each day in a time zone, and `rate(…)`. */

import { AwsError } from './aws-http.ts';

export type When =
  | { readonly kind: 'at'; readonly epochMs: number }
  | { readonly kind: 'rate'; readonly periodMs: number }
  | Daily;

/** Once a day, when clocks of a zone show it. */
export type Daily = {
  readonly kind: 'daily';
  /** Such as `03:17`. */
  readonly time: string;
  readonly timeZone: string;
};

const UNITS: Readonly<Record<string, number>> = {
  minute: 60_000,
  hour: 3_600_000,
  day: 86_400_000,
};

/** @throws {AwsError} ValidationException, as Scheduler does */
export function parseSchedule(expression: string, timeZone: string): When {
  const local = /^at\((\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)\)$/.exec(expression)?.[1];
  if (local !== undefined) return { kind: 'at', epochMs: epochOf(local, timeZone) };
  const rate = /^rate\((\d+) (minute|hour|day)s?\)$/.exec(expression);
  const unit = UNITS[rate?.[2] ?? ''];
  if (rate?.[1] !== undefined && unit !== undefined && Number(rate[1]) > 0) {
    return { kind: 'rate', periodMs: Number(rate[1]) * unit };
  }
  const [, minute, hour] = /^cron\(([0-5]?\d) (1?\d|2[0-3]) \* \* \? \*\)$/.exec(expression) ?? [];
  if (minute !== undefined && hour !== undefined) {
    const time = [hour, minute].map((part) => part.padStart(2, '0')).join(':');
    return { kind: 'daily', time, timeZone };
  }
  throw new AwsError(
    'ValidationException',
    `Invalid Schedule Expression "${expression}" (local: at, rate, cron of each day)`,
  );
}

const DAY_MS = 86_400_000;

/** The first time of a daily schedule at or after an instant. */
export function nextDaily({ time, timeZone }: Daily, from: number): number {
  // The zone's day may be the one before or after UTC's.
  const days = [-1, 0, 1, 2].map((day) => new Date(from + day * DAY_MS).toISOString().slice(0, 10));
  const times = days.map((day) => epochOf(`${day}T${time}:00`, timeZone));
  return times.find((one) => one >= from) ?? from;
}

/** The instant at which clocks of a zone show a local time; twice, because the offset may change in between. */
function epochOf(local: string, timeZone: string): number {
  const asUtc = Date.parse(`${local}Z`);
  const guess = asUtc - offsetAt(asUtc, timeZone);
  return asUtc - offsetAt(guess, timeZone);
}

function offsetAt(epochMs: number, timeZone: string): number {
  const parts = formatIn(timeZone).formatToParts(epochMs);
  const part = (type: string) => parts.find((one) => one.type === type)?.value ?? '00';
  const shown = `${part('year')}-${part('month')}-${part('day')}T${part('hour')}:${part('minute')}:${part('second')}Z`;
  return Date.parse(shown) - epochMs;
}

function formatIn(timeZone: string): Intl.DateTimeFormat {
  const parts = { year: 'numeric', month: '2-digit', day: '2-digit' } as const;
  const times = { hour: '2-digit', minute: '2-digit', second: '2-digit' } as const;
  if (!isTimeZone(timeZone)) {
    throw new AwsError('ValidationException', `Invalid time zone "${timeZone}"`);
  }
  return new Intl.DateTimeFormat('en-GB', { timeZone, hourCycle: 'h23', ...parts, ...times });
}

function isTimeZone(timeZone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone }) !== undefined;
  } catch {
    return false;
  }
}
