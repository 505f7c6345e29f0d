/** @module The HTTP interface as the page uses it. Nothing here throws: an answer is a value or a problem. */

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
};

/** What `sale.json` says. */
export type Sale = {
  readonly id: string;
  readonly title: string;
  readonly currency: string;
  readonly opensAtEpochMs: number;
  readonly closesAtEpochMs: number;
  readonly items: readonly Item[];
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
  readonly items: readonly ItemStatus[];
};

export type Ticket = {
  readonly ticket: string;
  readonly slotEpochMs: number;
  readonly expiresEpochMs: number;
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

/** Longer than the API's own limit of 29 s would only keep a dead connection. */
const TIMEOUT_MS = 30_000;

export const beginSession = () => call<undefined>('POST', '/api/session');
export const fetchTime = () => call<{ epochMs: number }>('GET', '/api/time');
export const fetchSale = (id: string) => call<Sale>('GET', `/sales/${id}/sale.json`);
export const fetchSales = () => call<{ sales: Sale[] }>('GET', '/sales/index.json');
export const fetchStatus = (id: string) => call<SaleStatus>('GET', `/api/sales/${id}`);
export const fetchTicket = (id: string) => call<Ticket>('POST', `/api/sales/${id}/ticket`);
export const fetchOrder = (id: string) => call<Order>('GET', `/api/orders/${id}`);
export const cancelOrder = (id: string) => call<Order>('DELETE', `/api/orders/${id}`);
export const checkout = (id: string) =>
  call<{ redirectUrl: string }>('POST', `/api/orders/${id}/checkout`);

export const placeOrder = (path: string, ticket: string) =>
  call<Order>('POST', path, { 'x-ticket': ticket });

/** The text of `sale.js`. The version stands in the address, so that no cache answers with an older one. */
export const fetchFlag = (id: string, version: number) =>
  call<string>('GET', `/sales/${id}/sale.js?v=${version}`);

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
    return response.ok
      ? { ok: true, value: (await bodyOf(response)) as T }
      : { ok: false, problem: await problemOf(response) };
  } catch {
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
  if (response.status === 429) return { code: 'too-many-requests', ...wait };
  if (response.status >= 500) return { code: 'unavailable', ...wait };
  return { code: response.status === 404 ? 'not-found' : 'bad-request' };
}
