/**
 * @module
 * A shopper as tests send one: through real HTTP, one request at a time, no retries. Every answer is held to
 * `docs/openapi.yaml`, and every answer to Buy is taken down for the audit.
 */

import { Agent, type IncomingHttpHeaders, request } from 'node:http';
import type { ShopperAnswer } from '../../domain/audit-answers.ts';
import { doorKeyIn } from '../../load/shopper.ts';
import { validateAnswer } from './openapi.ts';

export type Reply = {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  /** The JSON object of the body; empty when it is none. */
  // biome-ignore lint/suspicious/noExplicitAny: what it holds is checked against the document
  readonly body: Readonly<Record<string, any>>;
};

export type Ask = {
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
  readonly body?: string | Uint8Array;
};

/** Where shoppers are, and what they were answered. */
export type Mall = {
  ask(method: string, path: string, ask?: Ask): Promise<Reply>;
  /** Answers to Buy, for the audit. */
  readonly answers: (ShopperAnswer & { readonly saleId: string })[];
  enter(): Promise<Shopper>;
  /** A shopper with a session of their own making. */
  shopperWith(cookie: string): Shopper;
  /** The door key that `sale.js` gives away; nothing before the opening. */
  doorKey(saleId: string): Promise<string | undefined>;
  close(): void;
};

/** @param stack Where the site is, and what time it is there. */
export function openMall(stack: {
  readonly siteUrl: string;
  readonly clock: { now(): number };
}): Mall {
  const agent = new Agent({ keepAlive: true });
  const site = new URL(stack.siteUrl);
  const answers: Mall['answers'] = [];
  const doorKeys = new Map<string, string>();
  const mall: Mall = {
    answers,
    async ask(method, path, ask = {}) {
      const reply = await send(agent, site, method, path, ask);
      // A path that is no address at all was answered by something else than a route.
      const place = URL.canParse(path, site.href) ? path : '/';
      validateAnswer(method, place, reply.status, reply.headers, reply.text);
      return reply;
    },
    async doorKey(saleId) {
      const known = doorKeys.get(saleId);
      if (known !== undefined) return known;
      const { text } = await mall.ask('GET', `/sales/${saleId}/sale.js?v=${stack.clock.now()}`);
      const found = doorKeyIn(text);
      if (found !== undefined) doorKeys.set(saleId, found);
      return found;
    },
    async enter() {
      const { headers } = await mall.ask('POST', '/api/session');
      return mall.shopperWith(cookieIn(headers));
    },
    shopperWith: (cookie) => new Shopper(mall, cookie, stack.clock),
    close: () => agent.destroy(),
  };
  return mall;
}

/** The cookie that an answer sets, as a request sends it. */
export const cookieIn = (headers: IncomingHttpHeaders): string =>
  headers['set-cookie']?.[0]?.split(';', 1)[0] ?? '';

export type Purchase = {
  readonly sku?: string;
  readonly quantity?: number;
  readonly ticket?: string;
  readonly doorKey?: string;
  /** Says that an earlier answer may have been lost. */
  readonly again?: boolean;
  /** What the browser sends besides. */
  readonly headers?: Ask['headers'];
};

export class Shopper {
  readonly cookie: string;
  private readonly mall: Mall;
  private readonly clock: { now(): number };
  private readonly tickets = new Map<string, { ticket: string; expires: number }>();

  constructor(mall: Mall, cookie: string, clock: { now(): number }) {
    this.mall = mall;
    this.cookie = cookie;
    this.clock = clock;
  }

  ask(method: string, path: string, headers: Ask['headers'] = {}): Promise<Reply> {
    return this.mall.ask(method, path, { headers: { cookie: this.cookie, ...headers } });
  }

  /** A ticket for a sale; the same one as long as it is good. */
  async ticket(saleId: string): Promise<string> {
    const kept = this.tickets.get(saleId);
    if (kept !== undefined && this.clock.now() < kept.expires - 2000) return kept.ticket;
    const { body } = await this.ask('POST', `/api/sales/${saleId}/ticket`);
    const { ticket, expiresEpochMs: expires } = body;
    this.tickets.set(saleId, { ticket, expires });
    return ticket;
  }

  async buy(saleId: string, purchase: Purchase = {}): Promise<Reply> {
    const { sku = 'lamp', quantity = 1 } = purchase;
    const ticket = purchase.ticket ?? (await this.ticket(saleId));
    const doorKey = purchase.doorKey ?? (await this.mall.doorKey(saleId)) ?? 'unknown';
    const askedAt = this.clock.now();
    const query = `sku=${sku}&quantity=${quantity}${purchase.again ? '&again=1' : ''}`;
    const path = `/api/sales/${saleId}/${doorKey}/orders?${query}`;
    const reply = await this.ask('POST', path, { 'x-ticket': ticket, ...purchase.headers });
    const { code, orderId, payByEpochMs, largest } = reply.body;
    this.mall.answers.push({
      ...{ saleId, shopper: this.cookie, sku, quantity, askedAt, at: this.clock.now() },
      ...{ status: reply.status, code, orderId, payByEpochMs, largest },
    });
    return reply;
  }

  /** Buys, and answers the order's id. @throws {Error} when it was refused */
  async order(saleId: string, purchase?: Purchase): Promise<string> {
    const { status, body, text } = await this.buy(saleId, purchase);
    if (status === 201 || status === 200) return body['orderId'];
    throw new Error(`Cannot buy in "${saleId}": ${status} ${text}`);
  }

  look = (orderId: string): Promise<Reply> => this.ask('GET', `/api/orders/${orderId}`);

  cancel = (orderId: string): Promise<Reply> => this.ask('DELETE', `/api/orders/${orderId}`);

  checkout = (orderId: string): Promise<Reply> =>
    this.ask('POST', `/api/orders/${orderId}/checkout`);

  /** The token for the payment provider. */
  async token(orderId: string): Promise<string> {
    const { body, text } = await this.checkout(orderId);
    if (body['redirectUrl'] === undefined) throw new Error(`Cannot check out: ${text}`);
    return new URL(body['redirectUrl']).searchParams.get('token') ?? '';
  }
}

/** Sends a path as it is written: `fetch` would tidy it first. */
function send(agent: Agent, site: URL, method: string, path: string, ask: Ask): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = site;
    const headers = { ...(ask.body && { 'content-length': ask.body.length }), ...ask.headers };
    const outgoing = request({ agent, hostname, port, method, path, headers }, (incoming) => {
      const chunks: Uint8Array[] = [];
      incoming.on('error', reject);
      incoming.on('data', (chunk) => chunks.push(chunk));
      incoming.on('end', () => {
        const text = Buffer.concat(chunks).toString();
        const { statusCode: status = 0, headers } = incoming;
        resolve({ status, headers, text, body: objectIn(text) });
      });
    });
    outgoing.on('error', reject);
    outgoing.end(ask.body);
  });
}

function objectIn(text: string): Record<string, unknown> {
  return text.startsWith('{') ? JSON.parse(text) : {};
}
