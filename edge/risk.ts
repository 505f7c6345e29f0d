/**
 * @module
 * How much the gate trusts a client, from what it sees: signs add up, the sum decides how hard the challenge is, and
 * from {@link REFUSED} points on there is none. Addresses and agents that operators block are refused whatever else they show.
 */

import type { Asking } from './asking.ts';
import type { GateEvent } from './event.ts';
import { header } from './headers.ts';
import type { Blocked } from './store.ts';

/** What says nothing else of itself than that it is no browser. */
const TOOL = /bot|crawl|curl|wget|python|java\/|okhttp|go-http|undici|^node|headless|^$/i;

/** What the page draws once and keeps. */
const DEVICE = /^[\w-]{22}$/;

/** Points from which a client gets no ticket; below, a level for each two. */
const REFUSED = 6;

const HARDEST = 2;

/** Beyond the hardest level: no challenge at all. */
export const NO_LEVEL = 3;

/** What the gate sees of a client. */
type Sight = {
  readonly agent: string;
  readonly device: string;
  readonly country: string;
  /** Points that operators gave its JA4 fingerprint. */
  readonly listed: number;
  /** Numbers that it tried per millisecond, for all that the solution shows. */
  readonly pace: number;
  /** Countries that the sale is for. */
  readonly countries: readonly string[] | undefined;
};

type Sign = { readonly points: number; readonly shows: (sight: Sight) => boolean };

/** The table of signs. A browser on 16 cores tries some 1,500 numbers per millisecond. */
const SIGNS: readonly Sign[] = [
  { points: 3, shows: (s) => TOOL.test(s.agent) },
  { points: 1, shows: (s) => !DEVICE.test(s.device) },
  { points: 1, shows: (s) => !!s.countries && s.countries.indexOf(s.country) < 0 },
  { points: 2, shows: (s) => s.pace > 5000 },
];

export function isBlocked(event: GateEvent, blocked: Blocked): boolean {
  const ip = event.viewer.ip;
  const agent = header(event.request, 'user-agent');
  const listed = (blocked.a || []).some((a) => a === ip || (/[.:]$/.test(a) && !ip.indexOf(a)));
  return listed || (!!blocked.g && new RegExp(blocked.g, 'i').test(agent));
}

/** The level of the challenge that a client has to solve, 0 to 2, or {@link NO_LEVEL}. */
export function levelOf(asking: Asking, blocked: Blocked, pace: number): number {
  const request = asking.event.request;
  const points = blocked.j || {};
  const sight = {
    agent: header(request, 'user-agent'),
    device: header(request, 'x-device'),
    country: header(request, 'cloudfront-viewer-country'),
    listed: points[header(request, 'cloudfront-viewer-ja4-fingerprint')] || 0,
    pace,
    countries: asking.entry.r,
  };
  let sum = sight.listed;
  SIGNS.forEach((sign) => {
    if (sign.shows(sight)) sum += sign.points;
  });
  return sum < REFUSED ? Math.min(HARDEST, Math.ceil(sum / 2)) : NO_LEVEL;
}
