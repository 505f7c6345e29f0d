/** @module Requests that nobody should send, and what each must be answered. */

import { sign } from '../../adapters/hmac.ts';
import type { SecretValues } from '../../adapters/secrets.ts';
import type { Ask } from '../support/shopper.ts';

/** What a bad request is made of. */
export type Scrap = {
  readonly keys: SecretValues;
  readonly now: number;
  /** A session, its shopper's id, ticket and order in the sale `bad`; somebody else's order and ticket. */
  readonly cookie: string;
  readonly shopper: string;
  readonly ticket: string;
  readonly orderId: string;
  readonly otherOrderId: string;
  readonly otherTicket: string;
  readonly doorKey: string;
};

export type BadRequest = readonly [
  name: string,
  status: number,
  code: string,
  method: string,
  path: (scrap: Scrap) => string,
  /** Headers and body; none. */
  ask?: (scrap: Scrap) => Ask,
];

const FOREIGN = { active: 'k1', k1: 'a key that is not the shop’s' };
const forged = (token: string) => token.replace(/.$/, (last) => (last === 'A' ? 'Q' : 'A'));
const withCookie = (cookie: string) => ({ headers: { cookie } });
const signedIn = ({ cookie }: Scrap): Ask => withCookie(cookie);

const session = ({ now, shopper }: Scrap, changes: object = {}) => ({
  u: shopper,
  t: 'A'.repeat(22),
  e: Math.floor(now / 1000) + 3600,
  ...changes,
});

/** Cookies that are no session. */
const COOKIES: Readonly<Record<string, (scrap: Scrap) => string>> = {
  'no session': () => '',
  'an empty session': () => 'fs_session=',
  'a forged session': ({ cookie }) => forged(cookie),
  'a session of a foreign key': (scrap) => `fs_session=${sign(FOREIGN, 'session', session(scrap))}`,
  'an expired session': (scrap) =>
    `fs_session=${sign(scrap.keys, 'session', session(scrap, { e: Math.floor(scrap.now / 1000) }))}`,
  'a session without end': (scrap) =>
    `fs_session=${sign(scrap.keys, 'session', session(scrap, { e: '9999999999' }))}`,
  'a ticket for a session': ({ ticket }) => `fs_session=${ticket}`,
  'a session whose key is "active"': ({ cookie }) => cookie.replace(/=[^.]+/, '=active'),
  'a session whose key is "__proto__"': ({ cookie }) => cookie.replace(/=[^.]+/, '=__proto__'),
  'a session in broken UTF-8': () => 'fs_session=\xff\xfe.\xc3\x28.\x80',
  'a session of 6 KB': () => `fs_session=k1.${'A'.repeat(6000)}.${'A'.repeat(43)}`,
};

const ticket = ({ now }: Scrap, changes: object = {}) => ({
  ...{ s: 'bad', f: 0, e: now + 60_000 },
  ...changes,
});

/** Tickets that admit nobody, and what is said of them. */
const TICKETS: Readonly<Record<string, readonly [string, (scrap: Scrap) => string]>> = {
  'no ticket': ['ticket-invalid', () => ''],
  'a forged ticket': ['ticket-invalid', (scrap) => forged(scrap.ticket)],
  "somebody else's ticket": ['ticket-invalid', ({ otherTicket }) => otherTicket],
  'a ticket for another sale': [
    'ticket-invalid',
    (scrap) => sign(scrap.keys, 'ticket', ticket(scrap, { s: 'first' }), scrap.shopper),
  ],
  'a ticket of a foreign key': [
    'ticket-invalid',
    (scrap) => sign(FOREIGN, 'ticket', ticket(scrap), scrap.shopper),
  ],
  'a ticket bound to nobody': [
    'ticket-invalid',
    (scrap) => sign(scrap.keys, 'ticket', ticket(scrap)),
  ],
  'a ticket without an end': [
    'ticket-invalid',
    (scrap) => sign(scrap.keys, 'ticket', ticket(scrap, { e: '9' }), scrap.shopper),
  ],
  'an expired ticket': [
    'ticket-expired',
    (scrap) => sign(scrap.keys, 'ticket', ticket(scrap, { e: scrap.now }), scrap.shopper),
  ],
  'a session for a ticket': ['ticket-invalid', ({ cookie }) => cookie.split('=')[1] ?? ''],
  'a ticket in broken UTF-8': ['ticket-invalid', () => '\xff\xfe.\xc3\x28.\x80'],
};

const buyPath =
  (query = 'sku=lamp') =>
  ({ doorKey }: Scrap) =>
    `/api/sales/bad/${doorKey}/orders?${query}`;
const admitted = ({ cookie, ticket }: Scrap): Ask => ({ headers: { cookie, 'x-ticket': ticket } });

const ORDER_PATHS = [
  ['GET', ''],
  ['DELETE', ''],
  ['POST', '/checkout'],
] as const;

const QUANTITIES = ['0', '-1', '1.5', '1000000000', '', '1e1', '0x1', '%ff', '١', ' 1', '101'];
const SKUS = ['nothing', '', '..', '%00', '%ff', 'lamp%20', '__proto__', 'A'.repeat(41)];
const ORDER_IDS = ['x', 'bad.lamp.AAAA', 'bad.lamp', `bad.nothing.${'A'.repeat(24)}`];
const UNWRITTEN = ['//api/time', '/api/../api/time', '/api/orders/%ff', '/api/%2e%2e/x', '/api/'];

/** Methods that a path does not take. */
const WRONG_METHODS: readonly (readonly [path: (scrap: Scrap) => string, methods: string])[] = [
  [() => '/api/time', 'POST PUT DELETE PATCH OPTIONS'],
  [() => '/api/where', 'POST DELETE'],
  [() => '/api/session', 'GET PUT DELETE'],
  [() => '/api/sales/bad', 'POST PUT DELETE PATCH'],
  [() => '/api/sales/bad/ticket', 'GET PUT DELETE'],
  [buyPath(), 'GET PUT DELETE PATCH'],
  [({ orderId }) => `/api/orders/${orderId}`, 'POST PUT PATCH OPTIONS'],
  [({ orderId }) => `/api/orders/${orderId}/checkout`, 'GET PUT DELETE'],
  [() => '/api/payments/events', 'GET PUT DELETE'],
  [() => '/api/nothing', 'GET POST'],
  [() => '/api/operator/nothing', 'GET POST'],
];

export const BAD_REQUESTS: readonly BadRequest[] = [
  ...['nowhere', '%ff', '__proto__', 'a%00', 'A'.repeat(41)].flatMap((id): BadRequest[] => [
    [`unknown sale "${id}"`, 404, 'unknown-sale', 'GET', () => `/api/sales/${id}`],
    [`ticket for "${id}"`, 404, 'unknown-sale', 'POST', () => `/api/sales/${id}/ticket`, signedIn],
    [`buy in "${id}"`, 404, 'unknown-sale', 'POST', () => `/api/sales/${id}/x/orders`, admitted],
  ]),
  ...QUANTITIES.map((quantity): BadRequest => {
    const query = `sku=lamp&quantity=${encodeURI(quantity).replace('%25', '%')}`;
    return [`quantity "${quantity}"`, 400, 'bad-request', 'POST', buyPath(query), admitted];
  }),
  ...SKUS.map((sku): BadRequest => {
    return [`SKU "${sku}"`, 404, 'unknown-item', 'POST', buyPath(`sku=${sku}`), admitted];
  }),
  ['no SKU', 404, 'unknown-item', 'POST', buyPath(''), admitted],
  ...Object.entries(COOKIES).flatMap(([name, cookie]): BadRequest[] => {
    const ask = (scrap: Scrap): Ask => ({
      headers: { cookie: cookie(scrap), 'x-ticket': scrap.ticket },
    });
    const refused = (method: string, path: BadRequest[4]): BadRequest => [
      `${name} at ${method} ${path({ orderId: '…', doorKey: '…' } as Scrap)}`,
      ...([401, 'session-missing', method, path, ask] as const),
    ];
    return [
      refused('POST', () => '/api/sales/bad/ticket'),
      refused('POST', buyPath()),
      ...ORDER_PATHS.map(([method, rest]) =>
        refused(method, ({ orderId }) => `/api/orders/${orderId}${rest}`),
      ),
    ];
  }),
  ...Object.entries(TICKETS).map(([name, [code, made]]): BadRequest => {
    const ask = (scrap: Scrap) => ({ headers: { cookie: scrap.cookie, 'x-ticket': made(scrap) } });
    return [name, 403, code, 'POST', buyPath(), ask];
  }),
  ['wrong door', 403, 'door-key-wrong', 'POST', () => '/api/sales/bad/x/orders?sku=lamp', admitted],
  ...ORDER_PATHS.flatMap(([method, rest]): BadRequest[] => {
    const other = ({ otherOrderId }: Scrap) => `/api/orders/${otherOrderId}${rest}`;
    return [
      [`somebody else's order ${method}${rest}`, 404, 'unknown-order', method, other, signedIn],
      ...ORDER_IDS.map((id): BadRequest => {
        const path = () => `/api/orders/${id}${rest}`;
        return [`order "${id}" ${method}${rest}`, 404, 'unknown-order', method, path, signedIn];
      }),
    ];
  }),
  ...UNWRITTEN.map((path): BadRequest => {
    return [`path ${path}`, 400, 'bad-request', 'GET', () => path, signedIn];
  }),
  ...WRONG_METHODS.flatMap(([path, methods]) =>
    methods.split(' ').map((method): BadRequest => {
      const shown = path({ orderId: '…', doorKey: '…' } as Scrap);
      return [`${method} ${shown}`, 400, 'bad-request', method, path, admitted];
    }),
  ),
];
