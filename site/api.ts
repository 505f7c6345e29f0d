/** @module The HTTP interface as the page uses it. Nothing here throws: an answer is a value or a problem. */

import { deviceId } from './device.ts';

/** Why something was refused; `code` is one of the documented codes, or `unreachable`. */
export type Problem = {
  readonly code: string;
  readonly detail?: string;
  readonly retryAfterSeconds?: number;
  readonly largest?: number;
  readonly opensAtEpochMs?: number;
};

export type Answer<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly problem: Problem };

export type Item = {
  readonly sku: string;
  readonly name: string;
  readonly priceMinor: number;
  readonly limitPerShopper: number;
  readonly image?: string;
  /** Where it is handed over; degrees. */
  readonly place?: { readonly name: string; readonly latitude: number; readonly longitude: number };
};

/** What `sale.json` says. */
export type Sale = {
  readonly id: string;
  readonly title: string;
  readonly currency: string;
  readonly opensAtEpochMs: number;
  readonly closesAtEpochMs: number;
  readonly paymentWindowSeconds?: number;
  readonly items: readonly Item[];
  /** What it takes to get a ticket. */
  readonly access?: {
    readonly code?: true;
    readonly captcha?: true;
    readonly memberships?: readonly string[];
    readonly accountAgeDays?: number;
  };
  /** Whether a ticket takes a proof of work; absent: not that we know. */
  readonly challenge?: boolean;
  /** Within which time after the opening everybody's turn comes; 0: first come, first served. */
  readonly slotWidthMs?: number;
  /** The places are drawn later, from a public value. */
  readonly draw?: { readonly source: string };
  /** Where people sign in. */
  readonly signIn?: { readonly issuer: string; readonly clientId: string };
};

export type ItemStatus = {
  readonly sku: string;
  readonly remaining: number | null;
  readonly unpaid: number;
  readonly soldOut: boolean;
  readonly releases: number;
};

export type SaleStatus = {
  readonly phase: 'scheduled' | 'open' | 'paused' | 'closed';
  readonly nowEpochMs: number;
  /** It may be later than the page's own file says: a closing can be moved. */
  readonly closesAtEpochMs?: number;
  readonly items: readonly ItemStatus[];
};

export type Ticket = {
  readonly ticket: string;
  readonly slotEpochMs: number;
  readonly expiresEpochMs: number;
  /** 0 to 65535. */
  readonly lot?: number;
  readonly shopper?: string;
};

export type Challenge = {
  readonly algorithm: 'SHA-256';
  readonly challenge: string;
  readonly maxnumber: number;
  readonly salt: string;
  readonly signature: string;
};

/** Where the shopper is; numbers are text, null what is not known. */
export type Where = { readonly latitude: string | null; readonly longitude: string | null };

/** What a ticket is asked for with, besides the session. */
export type Credentials = {
  readonly solution?: string | undefined;
  readonly code?: string | undefined;
  readonly captcha?: boolean | undefined;
};

export type Order = {
  readonly orderId: string;
  readonly status: 'RESERVED' | 'PAID' | 'RELEASED';
  readonly quantity: number;
  readonly amountMinor: number;
  readonly currency: string;
  readonly payByEpochMs?: number;
  readonly sku?: string;
  readonly reason?: string;
};

/** Whether the same question may well be answered later. */
export const isPassing = ({ code }: Problem): boolean =>
  ['unreachable', 'unavailable', 'too-many-requests'].includes(code);

/** Longer than the API's own limit of 29 s would only keep a dead connection. */
const TIMEOUT_MS = 30_000;

export const beginSession = () => call<undefined>('POST', '/api/session');
export const fetchWhere = () => call<Where>('GET', '/api/where');
export const fetchTime = () => call<{ epochMs: number }>('GET', '/api/time');
export const fetchSale = (id: string) => call<Sale>('GET', `/sales/${id}/sale.json`);
export const fetchSales = () => call<{ sales: Sale[] }>('GET', '/sales/index.json');
export const fetchStatus = (id: string) => call<SaleStatus>('GET', `/api/sales/${id}`);
export const fetchOrder = (id: string) => call<Order>('GET', `/api/orders/${id}`);
export const cancelOrder = (id: string) => call<Order>('DELETE', `/api/orders/${id}`);
export const checkout = (id: string) =>
  call<{ redirectUrl: string }>('POST', `/api/orders/${id}/checkout`);

/** The challenge; nothing where the sale asks for none. */
export const fetchChallenge = (id: string) =>
  call<Challenge | undefined>('GET', `/api/sales/${id}/challenge`, { 'x-device': deviceId() });

export function fetchTicket(id: string, { solution, code, captcha }: Credentials) {
  const path = `/api/sales/${id}/ticket${captcha ? '?captcha=1' : ''}`;
  return call<Ticket>('POST', path, {
    'x-device': deviceId(),
    ...(solution !== undefined && { 'x-solution': solution }),
    ...(code !== undefined && { 'x-code': encodeURIComponent(code) }),
  });
}

export const placeOrder = (path: string, ticket: string) =>
  call<Order>('POST', path, { 'x-device': deviceId(), 'x-ticket': ticket });

/** The text of `sale.js`. The version stands in the address, so that no cache answers with an older one. */
export const fetchFlag = (id: string, version: number) =>
  call<string>('GET', `/sales/${id}/sale.js?v=${version}`);

let onContact: (isReached: boolean) => void = () => {};

/** Calls back after every request: whether anything answered. */
export function watchContact(run: (isReached: boolean) => void): void {
  onContact = run;
}

async function call<T>(
  method: string,
  path: string,
  headers: Record<string, string> = {},
): Promise<Answer<T>> {
  try {
    const response = await fetch(path, {
      method,
      headers,
      cache: 'no-store',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    onContact(true);
    return response.ok
      ? { ok: true, value: (await bodyOf(response)) as T }
      : { ok: false, problem: await problemOf(response) };
  } catch {
    onContact(false);
    return { ok: false, problem: { code: 'unreachable' } };
  }
}

async function bodyOf(response: Response): Promise<unknown> {
  if (response.status === 204) return undefined;
  const isJson = response.headers.get('content-type')?.includes('json');
  return isJson ? response.json() : response.text();
}

/** The problem document; or, from whatever stood in the way and wrote none, what its status means. */
async function problemOf(response: Response): Promise<Problem> {
  const after = Number(response.headers.get('retry-after') ?? Number.NaN);
  const wait = Number.isFinite(after) ? { retryAfterSeconds: after } : {};
  const document = (await response.json().catch(() => undefined)) as Problem | undefined;
  if (typeof document?.code === 'string') return { ...wait, ...document };
  // How AWS WAF asks for a CAPTCHA: a page of its own, which only a browser's own navigation can show.
  if (response.status === 405) return { code: 'captcha-required' };
  if (response.status === 429) return { code: 'too-many-requests', ...wait };
  if (response.status >= 500) return { code: 'unavailable', ...wait };
  return { code: response.status === 404 ? 'not-found' : 'bad-request' };
}
