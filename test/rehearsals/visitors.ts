/** @module Shoppers by the thousand, reduced to what the gate sees of them. */

import { randomBytes } from 'node:crypto';
import { type Challenge, solve } from '../../load/challenge.ts';
import type { Hit, Shot, Volley } from './volley.ts';

/** What the gate gave one shopper. */
export type Visitor = {
  readonly cookie: string;
  readonly device: string;
  ticket: string;
  /** Epoch ms. */
  slot: number;
  /** Epoch ms. */
  expires: number;
  /** The header `x-solution`; empty where the sale asks for none. */
  solution: string;
};

/** Sessions of so many new shoppers. @throws {Error} when one is refused */
export async function enterAll(volley: Volley, count: number): Promise<readonly Visitor[]> {
  const devices = Array.from({ length: count }, () => randomBytes(16).toString('base64url'));
  const hits = await volley.fire(
    devices.map((device) => ({
      method: 'POST',
      path: '/api/session',
      headers: { 'x-device': device },
    })),
  );
  return hits.map((hit, index) => {
    if (hit.cookie === '') throw refused('enter', hit);
    const device = devices[index] as string;
    return { cookie: hit.cookie, device, ticket: '', slot: 0, expires: 0, solution: '' };
  });
}

/** Solves a challenge for each of them. */
export async function solveAll(
  volley: Volley,
  saleId: string,
  visitors: readonly Visitor[],
): Promise<void> {
  const path = `/api/sales/${saleId}/challenge`;
  const hits = await volley.fire(
    visitors.map((visitor) => ({ method: 'GET', path, headers: headersOf(visitor) })),
  );
  for (const [index, visitor] of visitors.entries()) {
    const hit = hits[index] as Hit;
    if (hit.status !== 200) throw refused('be challenged', hit);
    visitor.solution = (await solve(hit.body as unknown as Challenge)).header;
  }
}

/** Takes a ticket for each of them. @throws {Error} when one is refused */
export async function takeTickets(
  volley: Volley,
  saleId: string,
  visitors: readonly Visitor[],
): Promise<void> {
  const hits = await volley.fire(visitors.map((visitor) => ticketShot(saleId, visitor)));
  for (const [index, visitor] of visitors.entries()) keepTicket(visitor, hits[index] as Hit);
}

export const ticketShot = (saleId: string, visitor: Visitor): Shot => ({
  method: 'POST',
  path: `/api/sales/${saleId}/ticket`,
  headers: headersOf(visitor),
});

/** Keeps the ticket of an answer. @throws {Error} when it brought none */
export function keepTicket(visitor: Visitor, hit: Hit): void {
  if (hit.status !== 200) throw refused('take a ticket', hit);
  visitor.ticket = String(hit.body['ticket']);
  visitor.slot = Number(hit.body['slotEpochMs']);
  visitor.expires = Number(hit.body['expiresEpochMs']);
}

/** A press of Buy. */
export const buyShot = (
  saleId: string,
  doorKey: string,
  visitor: Visitor,
  ticket = visitor.ticket,
): Shot => ({
  method: 'POST',
  path: `/api/sales/${saleId}/${doorKey}/orders?sku=unit&quantity=1`,
  headers: { ...headersOf(visitor), 'x-ticket': ticket },
});

const headersOf = ({ cookie, device, solution }: Visitor) => ({
  cookie,
  'x-device': device,
  ...(solution !== '' && { 'x-solution': solution }),
});

const refused = (what: string, { status, code }: Hit): Error =>
  new Error(`Cannot ${what}: the gate answered ${status} ${code ?? ''}`);
