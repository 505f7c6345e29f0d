/** @module The operators' log as people read it. */

import type { Journal, JournalEntry } from '../domain/journal.ts';
import { after, type EpochMs } from '../domain/units.ts';
import { utc } from './times.ts';

/** Such as `2026-11-27 20:01:12 UTC  pause "night"  paused  ada (command line on desk)`. */
export function logLine({ at, what, saleId, detail = {}, outcome, name, from }: JournalEntry) {
  const act = saleId === undefined ? what : `${what} "${saleId}"`;
  const given = Object.entries(detail).map(([key, value]) => ` ${key}=${value}`);
  // An act without an outcome has been cut short, or is still going on.
  return `${utc(at)}  ${act}${given.join('')}  ${outcome ?? 'OUTCOME NOT KNOWN'}  ${name} (${from})`;
}

const DAY_SECONDS = 24 * 3600;

/** The last acts upon a sale, of the last two UTC days, oldest first. */
export async function lastActs(
  journal: Journal,
  saleId: string,
  now: EpochMs,
  most: number,
): Promise<readonly JournalEntry[]> {
  const days = [after(now, -DAY_SECONDS), now].map((at) => new Date(at).toISOString().slice(0, 10));
  const read = await Promise.all(days.map((day) => journal.read(day)));
  return read
    .flat()
    .filter((entry) => entry.saleId === saleId)
    .slice(-most);
}
