/** @module A running sale whose front is asked what it refuses. */

import { startLocalSale } from '../cli/local-sale.ts';
import type { Sale } from '../domain/sale.ts';
import type { Question } from './requests.ts';

export type Front = {
  readonly origin: string;
  readonly saleId: string;
  readonly doorKey: string;
  readonly cookie: string;
  readonly ticket: string;
  stop(): Promise<void>;
};

type Asked = Pick<Question, 'path' | 'headers'>;

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
  const began = await fetch(`${origin}/api/session`, { method: 'POST' });
  const cookie = (began.headers.get('set-cookie') ?? '').split(';', 1)[0] ?? '';
  const asked = await fetch(`${origin}/api/sales/bench/ticket`, {
    method: 'POST',
    headers: { cookie },
  });
  const { ticket } = (await asked.json()) as { ticket: string };
  return { origin, saleId: sale.id, doorKey: sale.doorKey, cookie, ticket, stop };
}
