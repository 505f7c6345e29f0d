/** @module A ticket, as the page gets one: a challenge where the sale asks for it, its solution, the ticket. */

import type { Challenge } from './challenge.ts';
import type { Reply } from './client.ts';
import { headersOf, type Shopper, type World } from './shopper.ts';

/** What expires sooner than this might do so on its way. */
const SPARE_MS = 1_000;

/**
 * Gets a ticket, unless there is one that is still good. A solution is kept as long as it lives.
 *
 * @returns the answer that refused it, or nothing
 */
export async function takeTicket(world: World, shopper: Shopper): Promise<Reply | undefined> {
  if (isGood(world, shopper.ticket)) return undefined;
  shopper.ticket = undefined;
  const refused = await solveChallenge(world, shopper);
  if (refused) return refused;
  const headers = { ...headersOf(shopper), 'x-solution': shopper.solution?.header ?? '' };
  const reply = await world.client.ask('ticket', 'POST', pathTo(world, 'ticket'), { headers });
  const { ticket, slotEpochMs, expiresEpochMs, code } = reply.body;
  if (code === 'challenge-failed') shopper.solution = undefined;
  if (reply.status !== 200) return reply;
  const times = { slot: Number(slotEpochMs), expires: Number(expiresEpochMs) };
  shopper.ticket = { token: String(ticket), ...times };
  return undefined;
}

/** @returns the answer that brought no challenge, or nothing */
async function solveChallenge(world: World, shopper: Shopper): Promise<Reply | undefined> {
  if (isGood(world, shopper.solution)) return undefined;
  const headers = headersOf(shopper);
  const reply = await world.client.ask('challenge', 'GET', pathTo(world, 'challenge'), { headers });
  // 204: the sale asks for none, now or later.
  if (reply.status === 204) shopper.solution = { header: '', expires: Number.POSITIVE_INFINITY };
  else if (reply.status === 200) shopper.solution = await world.solve(reply.body as Challenge);
  else return reply;
  return undefined;
}

const pathTo = ({ door }: World, what: string): string => `/api/sales/${door.saleId}/${what}`;

const isGood = ({ time }: World, pass: { readonly expires: number } | undefined): boolean =>
  pass !== undefined && time() < pass.expires - SPARE_MS;
