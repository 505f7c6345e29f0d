/** @module A running sale whose front is asked what it refuses. */

import { startLocalSale } from '../cli/local-sale.ts';
import type { Sale } from '../domain/sale.ts';
import { enterAsGuest } from './guest.ts';

export type Front = {
  readonly origin: string;
  readonly saleId: string;
  readonly doorKey: string;
  readonly cookie: string;
  readonly ticket: string;
  stop(): Promise<void>;
};

/** What is asked, by POST. */
export type Asked = { readonly path: string; readonly headers: Readonly<Record<string, string>> };

type Reject = {
  readonly name: string;
  readonly status: number;
  readonly question: (front: Front) => Asked;
};

const buy = ({ saleId, doorKey, cookie }: Front, ticket: string): Asked => ({
  path: `/api/sales/${saleId}/${doorKey}/orders?sku=unit`,
  headers: { cookie, 'x-ticket': ticket },
});

/** Each ends at the gate. */
export const REJECTS: readonly Reject[] = [
  {
    name: 'unknown sale',
    status: 404,
    question: () => ({ path: '/api/sales/nope/ticket', headers: {} }),
  },
  {
    name: 'no session',
    status: 401,
    question: (front) => ({ ...buy(front, front.ticket), headers: {} }),
  },
  {
    name: 'bad ticket',
    status: 403,
    question: (front) => buy(front, `${front.ticket.slice(0, -4)}AAAA`),
  },
  { name: 'before its slot', status: 429, question: (front) => buy(front, front.ticket) },
];

const HOUR_MS = 3_600_000;

/** A sale that is open, with slots so wide that ours is not reached. */
const saleAt = (now: number): Sale => ({
  id: 'bench',
  title: 'Bench',
  opensAt: now + 1,
  closesAt: now + 24 * HOUR_MS,
  timeZone: 'UTC',
  paymentWindow: 900,
  currency: 'EUR',
  admission: { expectedShoppers: 36_000, perSecond: 1, difficulty: 0, ticketSeconds: 600 },
  afterExpiry: 'allow',
  items: [{ sku: 'unit', name: 'Unit', price: 100, units: 100, limit: 1 }],
});

export async function openFront(): Promise<Front> {
  const { stack, sale, stop } = await startLocalSale({ sale: saleAt(Date.now()) });
  const origin = stack.siteUrl;
  const guest = await enterAsGuest(origin, sale.id);
  return { origin, saleId: sale.id, doorKey: sale.doorKey, ...guest, stop };
}
