/** @module What the stub shop answers, and the parts that tests put into its answers. */

import type { Request } from 'playwright-core';

/** An answer; or none, because it is lost on its way. */
export type Reply =
  | { readonly status?: number; readonly body?: unknown; readonly text?: string }
  | 'lost';

type Maker = Reply | ((request: Request) => Reply);

const ROUTES = {
  time: /^GET \/api\/time$/,
  where: /^GET \/api\/where$/,
  session: /^POST \/api\/session$/,
  challenge: /^GET \/api\/sales\/night\/challenge$/,
  ticket: /^POST \/api\/sales\/night\/ticket$/,
  status: /^GET \/api\/sales\/night$/,
  buy: /^POST \/api\/sales\/night\/door\/orders$/,
  checkout: /^POST \/api\/orders\/[^/]+\/checkout$/,
  order: /^GET \/api\/orders\/[^/]+$/,
  cancel: /^DELETE \/api\/orders\/[^/]+$/,
  flag: /^GET \/sales\/night\/sale\.js$/,
  sale: /^GET \/sales\/[^/]+\/sale\.json$/,
  list: /^GET \/sales\/index\.json$/,
} as const;

type RouteName = keyof typeof ROUTES;

export type Answers = Record<RouteName, Maker>;

/** Which answer a request gets; nothing for the page's own files. */
export const routeOf = (method: string, path: string): RouteName | undefined =>
  (Object.keys(ROUTES) as RouteName[]).find((name) => ROUTES[name].test(`${method} ${path}`));

export const HOUR = 3_600_000;

/** A refusal. */
export const refused = (status: number, code: string, members: object = {}): Reply => ({
  status,
  body: {
    type: `urn:flash-sale:problem:${code}`,
    title: code,
    status,
    code,
    detail: code,
    ...members,
  },
});

/** Answers these one after the other, then the last again and again. */
export const inTurn = (...replies: readonly Reply[]) => {
  let next = 0;
  return () => replies[Math.min(next++, replies.length - 1)] ?? 'lost';
};

/** What `sale.json` says: open for a minute, unless told otherwise. */
export const aSale = (changes: object = {}) => ({
  id: 'night',
  title: 'Night of the lamps',
  currency: 'EUR',
  opensAtEpochMs: Date.now() - 60_000,
  closesAtEpochMs: Date.now() + HOUR,
  paymentWindowSeconds: 900,
  items: [anItem()],
  challenge: false,
  slotWidthMs: 0,
  ...changes,
});

export const anItem = (changes: object = {}) => ({
  sku: 'lamp',
  name: 'Lamp No. 7',
  priceMinor: 12_900,
  limitPerShopper: 1,
  ...changes,
});

/** The sale as it is now, with one item. */
export const aStatus = (phase: string, item: object = {}): Reply => ({
  body: {
    phase,
    nowEpochMs: Date.now(),
    items: [{ sku: 'lamp', remaining: 17, unpaid: 0, soldOut: false, releases: 0, ...item }],
  },
});

/** A ticket whose slot comes so many ms from now. */
export const aTicket = (inMs = -1000): Reply => ({
  body: {
    ticket: 'ticket',
    slotEpochMs: Date.now() + inMs,
    expiresEpochMs: Date.now() + Math.max(0, inMs) + 10_000,
    lot: 12_344,
    shopper: 'g-0123456789012345678901',
  },
});

export const ORDER_ID = 'night.lamp.q83vASNFZ4mrzQAAAQFrCbcS';

export const anOrder = (status = 'RESERVED', changes: object = {}): Reply => ({
  status: 200,
  body: {
    orderId: ORDER_ID,
    saleId: 'night',
    sku: 'lamp',
    quantity: 1,
    status,
    amountMinor: 12_900,
    currency: 'EUR',
    payByEpochMs: Date.now() + 14 * 60_000,
    ...changes,
  },
});

/** An open sale that sells to whoever asks. */
export const usualAnswers = (): Answers => ({
  time: () => ({ body: { epochMs: Date.now() } }),
  where: { body: { country: null, latitude: null, longitude: null } },
  session: { status: 204 },
  challenge: { status: 204 },
  ticket: () => aTicket(),
  status: () => aStatus('open'),
  buy: () => anOrder(),
  checkout: { body: { redirectUrl: 'https://shop.test/' } },
  order: () => anOrder(),
  cancel: () => anOrder('RELEASED', { reason: 'cancelled' }),
  flag: { text: 'window.flashSale={"saleStarted":true,"doorKey":"door","version":1};\n' },
  sale: () => ({ body: aSale() }),
  list: () => ({ body: { sales: [aSale()] } }),
});
