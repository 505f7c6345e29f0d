/** @module A shop with just as much behind its HTTP interface as a crowd can see. */

import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { numberIn, ROUTES, type Visit, visitOf } from './fake-visit.ts';

/** A refusal that a press of Buy meets; status 0 hangs up. */
export type Refusal = { readonly status: number; readonly code: string; readonly largest?: number };

export type FakeOptions = {
  readonly units: number;
  readonly opensAt: number;
  /** How far the shop's clock is ahead of this machine's. */
  readonly aheadMs?: number;
  /** What the first presses of Buy meet, one after the other. */
  readonly refusals?: readonly Refusal[];
  /** The number that solves every challenge; none: no challenge. */
  readonly secret?: number;
  /** How many right solutions are refused first. */
  readonly doubts?: number;
  /** How long tickets live, in ms. */
  readonly ticketMs?: number;
  /** Whether orders cost nothing, and so are paid at once. */
  readonly free?: boolean;
};

type Order = { readonly shopper: string; readonly quantity: number; status: string };
type Answer = { readonly status: number; readonly body?: unknown; readonly headers?: object };
type Seen = {
  readonly path: string;
  readonly search: string;
  readonly cookie: string | undefined;
  readonly device: string | string[] | undefined;
};

const problem = (status: number, code: string, more: object = {}): Answer => ({
  status,
  body: { code, ...more },
  headers: { 'retry-after': '0' },
});

export class FakeShop {
  readonly seen: Seen[] = [];
  url = '';
  private readonly options: FakeOptions;
  private readonly orders = new Map<string, Order>();
  private readonly refusals: Refusal[];
  private readonly server = createServer(async (request, response) => {
    const { status, body, headers = {} } = this.answer(await visitOf(request), this.note(request));
    if (status === 0) return response.destroy();
    response.writeHead(status, { ...headers });
    return response.end(typeof body === 'string' ? body : body && JSON.stringify(body));
  });
  private aheadMs: number;
  private doubts: number;
  private free: number;
  private sessions = 0;

  constructor(options: FakeOptions) {
    this.options = options;
    this.refusals = [...(options.refusals ?? [])];
    this.aheadMs = options.aheadMs ?? 0;
    this.doubts = options.doubts ?? 0;
    this.free = options.units;
  }

  readonly now = (): number => Date.now() + this.aheadMs;

  /** Lets time pass. */
  advance(ms: number) {
    this.aheadMs += ms;
  }

  restock(units: number) {
    this.free += units;
  }

  /** Gives units back that were not paid. */
  expire() {
    for (const order of this.orders.values()) {
      if (order.status !== 'RESERVED') continue;
      order.status = 'RELEASED';
      this.free += order.quantity;
    }
  }

  async start(): Promise<this> {
    await new Promise<void>((done) => this.server.listen(0, '127.0.0.1', done));
    this.url = `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
    return this;
  }

  async stop() {
    this.server.closeAllConnections();
    await new Promise((done) => this.server.close(done));
  }

  private note({ method, url, headers }: IncomingMessage): string {
    const path = `${method} ${url?.split('?')[0]}`;
    const search = url?.split('?')[1] ?? '';
    this.seen.push({ path, search, cookie: headers.cookie, device: headers['x-device'] });
    return path;
  }

  private answer(visit: Visit, path: string): Answer {
    const [, route] = ROUTES.find(([form]) => form.test(path)) ?? [];
    return route === undefined ? { status: 404 } : this[route](visit);
  }

  protected time(): Answer {
    return { status: 200, body: { epochMs: this.now() } };
  }

  protected status(): Answer {
    const opensAtEpochMs = this.options.opensAt;
    const closesAtEpochMs = opensAtEpochMs + 3_600_000;
    return { status: 200, body: { opensAtEpochMs, closesAtEpochMs, nowEpochMs: this.now() } };
  }

  protected session(): Answer {
    const cookie = `fs_session=s${this.sessions++}; Path=/; HttpOnly`;
    return { status: 204, headers: { 'set-cookie': cookie } };
  }

  protected challenge(): Answer {
    const { secret } = this.options;
    if (secret === undefined) return { status: 204 };
    const salt = `0f?expires=${Math.floor(this.now() / 1000) + 300}&`;
    const challenge = createHash('sha256').update(`${salt}${secret}`).digest('hex');
    return {
      status: 200,
      body: { algorithm: 'SHA-256', challenge, maxnumber: secret, salt, signature: 'signed' },
    };
  }

  protected ticket({ solution }: Visit): Answer {
    const { opensAt: slotEpochMs, secret, ticketMs = 60_000 } = this.options;
    const isRight = numberIn(solution) === secret;
    if (!isRight || this.doubts-- > 0) return problem(403, 'challenge-failed');
    return {
      status: 200,
      body: { ticket: 't', slotEpochMs, expiresEpochMs: this.now() + ticketMs },
    };
  }

  protected flag(): Answer {
    const isOpen = this.now() >= this.options.opensAt;
    const flag = isOpen ? { saleStarted: true, doorKey: 'sesame' } : { saleStarted: false };
    return { status: 200, body: `window.flashSale=${JSON.stringify(flag)};` };
  }

  protected buy({ url, shopper }: Visit): Answer {
    const refusal = this.refusals.shift() ?? this.refusalFor(url, shopper);
    if (refusal) return problem(refusal.status, refusal.code, refusal);
    const own = [...this.orders].find(
      ([, order]) => order.shopper === shopper && order.status !== 'RELEASED',
    );
    if (own) return { status: 200, body: { orderId: own[0], status: own[1].status } };
    const quantity = Number(url.searchParams.get('quantity'));
    if (this.free < quantity) return problem(409, 'sold-out');
    this.free -= quantity;
    const orderId = `spring.mug.${shopper}-${this.orders.size}`;
    const status = this.options.free ? 'PAID' : 'RESERVED';
    this.orders.set(orderId, { shopper, quantity, status });
    return { status: 201, body: { orderId, status, payByEpochMs: this.now() + 900_000 } };
  }

  private refusalFor(url: URL, shopper: string): Refusal | undefined {
    if (shopper === '') return { status: 401, code: 'session-missing' };
    if (this.now() < this.options.opensAt) return { status: 403, code: 'not-open' };
    if (url.pathname.includes('/sesame/')) return undefined;
    return { status: 403, code: 'door-key-wrong' };
  }

  protected checkout({ url }: Visit): Answer {
    const redirectUrl = `${url.origin}/checkout?token=${url.pathname.split('/')[3]}`;
    return { status: 200, body: { redirectUrl } };
  }

  protected order({ url }: Visit): Answer {
    const { status } = this.orders.get(url.pathname.split('/')[3] ?? '') ?? {};
    return { status: 200, body: { status } };
  }

  protected page(): Answer {
    return { status: 200, body: '<!doctype html>' };
  }

  protected pay({ body }: Visit): Answer {
    const order = this.orders.get(new URLSearchParams(body).get('token') ?? '');
    if (order) order.status = 'PAID';
    return { status: 303 };
  }
}

export const startFakeShop = (options: FakeOptions): Promise<FakeShop> =>
  new FakeShop(options).start();
