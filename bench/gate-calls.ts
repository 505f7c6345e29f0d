/** @module Calls of the gate, one for each way that a request can end. */

import { createHash, createHmac } from 'node:crypto';
import { sign } from '../adapters/hmac.ts';
import type { EdgeEvent } from '../local/cloudfront/edge-function.ts';

const KEYS = { active: 'k1', k1: 'a key of forty-three characters, as deployed' };
const SHOPPER = `g-${'a'.repeat(22)}`;
const HOUR_MS = 3_600_000;

/** What the gate reads: sales of which one is open, one not, one wants a proof of work. */
export const STORE = (now: number): Readonly<Record<string, object>> => {
  const sale = {
    o: now - HOUR_MS,
    c: now + HOUR_MS,
    d: 'door',
    w: 60_000,
    s: 'f'.repeat(64),
    p: false,
  };
  return {
    keys: KEYS,
    settings: { guests: 'allowed' },
    blocked: { a: ['203.0.113.7', '198.51.100.'], g: 'evilbot' },
    'sale/open': sale,
    'sale/later': { ...sale, o: now + HOUR_MS, c: now + 2 * HOUR_MS },
    'sale/slots': { ...sale, o: now, w: HOUR_MS },
    'sale/work': { ...sale, x: 1000 },
  };
};

type Call = {
  readonly name: string;
  readonly event: EdgeEvent;
  /** The status that the gate answers with, or that it lets the request pass. */
  readonly answer: number | 'passed';
};

export const CALLS = (now: number): readonly Call[] => {
  const session = sign(KEYS, 'session', { u: SHOPPER, t: 't'.repeat(22), e: now / 1000 + 3600 });
  const ticket = (s: string, f = 0) => sign(KEYS, 'ticket', { s, f, e: now + HOUR_MS }, SHOPPER);
  const buy = (sale: string, token: string) =>
    eventOf('POST', `/api/sales/${sale}/door/orders`, { 'x-ticket': token }, session);
  const forged = `${ticket('open').slice(0, -4)}AAAA`;
  return [
    { name: 'time', answer: 200, event: eventOf('GET', '/api/time') },
    { name: 'a page passes', answer: 'passed', event: eventOf('GET', '/sales/open/') },
    { name: 'unknown sale', answer: 404, event: eventOf('GET', '/api/sales/nope/ticket') },
    { name: 'guest session', answer: 204, event: eventOf('POST', '/api/session') },
    {
      name: 'challenge',
      answer: 200,
      event: eventOf('GET', '/api/sales/work/challenge', {}, session),
    },
    {
      name: 'ticket for a solution',
      answer: 200,
      event: eventOf('POST', '/api/sales/work/ticket', { 'x-solution': solution(now) }, session),
    },
    { name: 'buy before the opening', answer: 403, event: buy('later', ticket('later')) },
    { name: 'buy with a bad ticket', answer: 403, event: buy('open', forged) },
    { name: 'buy before its slot', answer: 429, event: buy('slots', ticket('slots', 65_535)) },
    { name: 'buy passes', answer: 'passed', event: buy('open', ticket('open')) },
  ];
};

/** A solution that needed no search: whoever has the key chooses the number. */
function solution(now: number): string {
  const salt = `${'0'.repeat(24)}?expires=${Math.floor(now / 1000) + 3600}&level=2&at=${now}&key=k1&`;
  const challenge = createHash('sha256').update(`${salt}7`).digest('hex');
  const signature = hmacHex(hmacHex(KEYS.k1, `challenge.work.${SHOPPER}`), challenge);
  const payload = { algorithm: 'SHA-256', challenge, number: 7, salt, signature };
  return Buffer.from(JSON.stringify(payload)).toString('base64');
}

const hmacHex = (key: string, text: string): string =>
  createHmac('sha256', key).update(text).digest('hex');

function eventOf(
  method: string,
  uri: string,
  headers: Readonly<Record<string, string>> = {},
  session?: string,
): EdgeEvent {
  const all = {
    host: 'shop.example',
    'user-agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0',
    'x-device': 'd'.repeat(22),
    accept: '*/*',
    ...headers,
  };
  return {
    version: '1.0',
    context: {
      distributionDomainName: 'shop.example',
      distributionId: 'E1',
      eventType: 'viewer-request',
      requestId: 'r'.repeat(56),
    },
    viewer: { ip: '192.0.2.1' },
    request: {
      method,
      uri,
      querystring: {},
      headers: Object.fromEntries(Object.entries(all).map(([name, value]) => [name, { value }])),
      cookies: session === undefined ? {} : { fs_session: { value: session } },
    },
  };
}
