/** @module The clock of the sale, which is not the crowd's: a rehearsal lets a quarter of an hour pass in a second. */

import type { Client } from './client.ts';

/** The best of this many questions counts: the one that was on its way for the shortest time. */
const QUESTIONS = 5;

/** Epoch milliseconds at the server, to within half a round trip. */
export type ServerTime = () => number;

/**
 * Asks for the time. To be asked again whenever the server's clock may have been moved.
 *
 * @throws {Error} when nobody answers
 */
export async function serverTime(client: Client): Promise<ServerTime> {
  let shortest = Number.POSITIVE_INFINITY;
  let offset = 0;
  for (let question = 0; question < QUESTIONS; question++) {
    const { body, askedMs, tookMs } = await client.ask('time', 'GET', '/api/time');
    if (tookMs >= shortest || typeof body['epochMs'] !== 'number') continue;
    shortest = tookMs;
    offset = body['epochMs'] - (askedMs + tookMs / 2);
  }
  if (shortest === Number.POSITIVE_INFINITY) {
    throw new Error('Cannot begin: "/api/time" of the site does not answer with the time');
  }
  return () => performance.now() + offset;
}
