/** @module Laws of the times of a sale file, in all zones and where clocks are put forward and back. */

import { equal, ok } from 'node:assert/strict';
import fc from 'fast-check';
import {
  printInstant,
  printOffset,
  readInstant,
  zoneOffset,
} from '../../adapters/sale-file-time.ts';
import { broken } from '../support/sale-files.ts';
import { type Law, law, same } from './law.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

export const zones = fc.constantFrom('UTC', ...Intl.supportedValuesOf('timeZone'));

const anyInstants = fc.integer({ min: Date.UTC(1900, 0, 2), max: Date.UTC(2199, 11, 30) });

/** Zones whose clocks are put forward and back by an hour or by half of one, in the north and in the south. */
const CHANGING = ['Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'America/Santiago'];

/** The instant at which a zone's clocks change, and by how far they are ahead of UTC before and after it. */
export type Shift = {
  readonly zone: string;
  readonly at: number;
  readonly before: number;
  readonly after: number;
};

/** The first change of clocks after an instant. */
function shiftAfter(zone: string, from: number): Shift | undefined {
  const before = zoneOffset(zone, from);
  let after = from;
  for (let days = 0; days < 250 && zoneOffset(zone, after) === before; days += 10)
    after += 10 * DAY_MS;
  let low = after - 10 * DAY_MS;
  if (zoneOffset(zone, after) === before) return undefined;
  while (after - low > 1) {
    const middle = Math.floor((low + after) / 2);
    if (zoneOffset(zone, middle) === before) low = middle;
    else after = middle;
  }
  return { zone, at: after, before, after: zoneOffset(zone, after) };
}

/** Changes of clocks from 1980 to 2037, when all of these zones had them. */
export const shifts: fc.Arbitrary<Shift> = fc
  .tuple(
    fc.constantFrom(...CHANGING),
    fc.integer({ min: Date.UTC(1990, 0), max: Date.UTC(2036, 0) }),
  )
  .map(([zone, from]) => shiftAfter(zone, from))
  .filter((shift) => shift !== undefined);

/** A local time that clocks show, with an offset that somebody wrote behind it. */
const written = (local: number, offset: number): string =>
  `${new Date(local).toISOString().replace('Z', '')}${printOffset(offset)}`;

const opening = (text: string, timeZone: string): readonly string[] =>
  broken({ opensAt: text, closesAt: '2199-12-31T00:00:00Z', timeZone });

/** What the clocks of a zone show, by Intl alone. */
function clockIn(zone: string, at: number): string {
  const parts = { year: 'numeric', month: '2-digit', day: '2-digit' } as const;
  const times = { hour: '2-digit', minute: '2-digit', second: '2-digit' } as const;
  const format = new Intl.DateTimeFormat('en-CA', {
    timeZone: zone,
    hourCycle: 'h23',
    ...parts,
    ...times,
  });
  const shown = Object.fromEntries(
    format.formatToParts(at).map(({ type, value }) => [type, value]),
  );
  return `${shown['year']}-${shown['month']}-${shown['day']}T${shown['hour']}:${shown['minute']}:${shown['second']}`;
}

export const instantLaws: readonly Law[] = [
  law(
    'instant: prints in any zone as what reads as the same instant',
    [anyInstants, zones],
    (at, zone) => {
      const text = printInstant(at, zone);
      const read = readInstant(text);
      equal(read?.at, at);
      if (read?.offsetMinutes !== undefined) equal(read.offsetMinutes, zoneOffset(zone, at));
      same(opening(text, zone), []);
    },
    0.25,
  ),

  law(
    'instant: prints as the clocks of its zone show it',
    [fc.integer({ min: Date.UTC(1973, 0), max: Date.UTC(2199, 0) }), zones],
    (at, zone) => {
      const text = printInstant(at, zone);
      if (!text.endsWith('Z')) equal(text.slice(0, 19), clockIn(zone, at));
    },
    0.25,
  ),

  law(
    'instant: is refused with an offset that its zone has not then',
    [anyInstants, zones, fc.integer({ min: -14 * 60, max: 14 * 60 })],
    (at, zone, offset) => {
      const right = zoneOffset(zone, at);
      const text = written(at + offset * MINUTE_MS, offset);
      const [mistake, ...others] = opening(text, zone);
      equal(others.length, 0);
      if (offset === right) equal(mistake, undefined);
      else ok(mistake?.startsWith(`opensAt: its offset must be that of ${zone} then`), mistake);
    },
    0.25,
  ),

  law(
    'instant: a local time that clocks leave out is refused with either offset',
    [shifts, fc.double({ min: 0, max: 0.999_999, noNaN: true })],
    ({ zone, at, before, after }, share) => {
      if (after <= before) return;
      const local = at + before * MINUTE_MS + Math.floor((after - before) * MINUTE_MS * share);
      for (const offset of [before, after]) equal(opening(written(local, offset), zone).length, 1);
      const first = at + after * MINUTE_MS;
      same(opening(written(first, after), zone), []);
      same(opening(written(at - 1 + before * MINUTE_MS, before), zone), []);
    },
    0.1,
  ),

  law(
    'instant: a local time that clocks show twice is two instants, told apart by their offsets',
    [shifts, fc.double({ min: 0, max: 0.999_999, noNaN: true })],
    ({ zone, at, before, after }, share) => {
      if (after >= before) return;
      const local = at + after * MINUTE_MS + Math.floor((before - after) * MINUTE_MS * share);
      const [first = '', second = ''] = [before, after].map((offset) => written(local, offset));
      same([...opening(first, zone), ...opening(second, zone)], []);
      const [one, other] = [readInstant(first)?.at ?? 0, readInstant(second)?.at ?? 0];
      equal(other - one, (before - after) * MINUTE_MS);
      ok(one < at && at <= other);
      same(
        [one, other].map((instant) => readInstant(printInstant(instant, zone))?.at),
        [one, other],
      );
    },
    0.1,
  ),
];
