/** @module A sale behind a gate, and shoppers in front of it. */

import { createHmac } from 'node:crypto';
import { buildGate } from '../../edge/build.ts';
import type { GateEvent, GateRequest, GateResponse } from '../../edge/event.ts';
import { type Gate, loadGate, type Store } from './gate-loader.ts';

export const OPENS_AT = Date.UTC(2026, 10, 20, 12);
export const CLOSES_AT = OPENS_AT + 60 * 60_000;
export const DOOR_KEY = 'door-key';
export const KEYS = { active: 'k1', k0: 'the key before', k1: 'the signing key' };

export const ADA = `g-${'a'.repeat(22)}`;
export const BOB = `g-${'b'.repeat(22)}`;
export const TRANSACTION = 't'.repeat(22);

/** What a browser says of itself. */
export const BROWSER = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0';

const code = await buildGate();

export const aSale = (changes = {}) => ({
  o: OPENS_AT,
  c: CLOSES_AT,
  d: DOOR_KEY,
  w: 0,
  s: 'seed',
  p: false,
  ...changes,
});

const aStore = (): Store => ({
  keys: KEYS,
  settings: { guests: 'allowed' },
  'sale/demo': aSale(),
  'sale/other': aSale(),
});

/** The gate at an instant, over a store that differs from the usual one as said. */
export const gateAt = (nowMs: number, changes: Store = {}): Gate => {
  const store = { ...aStore(), ...changes };
  for (const key of Object.keys(store)) if (store[key] === undefined) delete store[key];
  return loadGate(code, store, () => nowMs);
};

export const mac = (key: string, text: string): string =>
  createHmac('sha256', key).update(text).digest('base64url');

export const macHex = (key: string, text: string): string =>
  createHmac('sha256', key).update(text).digest('hex');

const jsonPart = (content: unknown): string =>
  Buffer.from(JSON.stringify(content)).toString('base64url');

/** A session cookie; what is not said is right. */
export function aSession({
  u = ADA,
  t = TRANSACTION,
  e = CLOSES_AT / 1000,
  kid = 'k1',
  key = 'the signing key',
  content = undefined as unknown,
} = {}): string {
  const body = `${kid}.${jsonPart(content ?? { u, t, e })}`;
  return `${body}.${mac(key, `session.${body}`)}`;
}

/** A ticket; what is not said is right. */
export function aTicket({
  u = ADA,
  s = 'demo' as unknown,
  f = 0 as unknown,
  e = CLOSES_AT as unknown,
  kid = 'k1',
  key = 'the signing key',
} = {}): string {
  const body = `${kid}.${jsonPart({ s, f, e })}`;
  return `${body}.${mac(key, `ticket.${body}.${u}`)}`;
}

export type Asked = {
  method?: string;
  uri?: string;
  cookie?: string | undefined;
  headers?: Record<string, string | undefined>;
  query?: Record<string, string>;
  requestId?: string;
  ip?: string;
};

export function anEvent(asked: Asked): GateEvent {
  const headers: Record<string, { value: string }> = {};
  const usual = { host: 'shop.example', 'user-agent': BROWSER, 'x-device': 'd'.repeat(22) };
  for (const [name, value] of Object.entries({ ...usual, ...asked.headers })) {
    if (value !== undefined) headers[name] = { value };
  }
  const querystring: Record<string, { value: string }> = {};
  for (const [name, value] of Object.entries(asked.query ?? {})) querystring[name] = { value };
  return {
    context: { requestId: asked.requestId ?? 'request-1' },
    viewer: { ip: asked.ip ?? '192.0.2.1' },
    request: {
      method: asked.method ?? 'GET',
      uri: asked.uri ?? '/',
      querystring,
      headers,
      cookies: asked.cookie === undefined ? {} : { fs_session: { value: asked.cookie } },
    },
  };
}

/** A buy by Ada with all that it takes; a ticket that is said to be undefined is missing. */
export function aBuy(asked: Asked & { ticket?: string | undefined } = {}): GateEvent {
  const ticket = 'ticket' in asked ? asked.ticket : aTicket();
  return anEvent({
    method: 'POST',
    uri: `/api/sales/demo/${DOOR_KEY}/orders`,
    cookie: aSession(),
    query: { sku: 'mug', quantity: '1' },
    ...asked,
    headers: { 'x-ticket': ticket, ...asked.headers },
  });
}

export type Seen = {
  status: number;
  code?: string;
  body: Record<string, unknown>;
  headers: Record<string, string>;
  cookie?: { value: string; attributes: string };
};

/** An answer of the gate as a shopper sees it; a request that passes is a failed expectation. */
export function answered(outcome: GateRequest | GateResponse): Seen {
  if (!('statusCode' in outcome)) throw new Error(`Passed: ${outcome.method} ${outcome.uri}`);
  const body = JSON.parse(outcome.body?.data ?? '{}');
  const headers = Object.fromEntries(
    Object.entries(outcome.headers).map(([name, { value }]) => [name, value]),
  );
  const cookie = outcome.cookies?.['fs_session'];
  return { status: outcome.statusCode, code: body.code, body, headers, ...(cookie && { cookie }) };
}

/** A request that the gate let pass; an answer is a failed expectation. */
export function passed(outcome: GateRequest | GateResponse): GateRequest {
  if ('statusCode' in outcome) {
    throw new Error(`Answered: ${outcome.statusCode} ${outcome.body?.data ?? ''}`);
  }
  return outcome;
}
