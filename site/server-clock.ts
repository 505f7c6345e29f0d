/** @module The server's time. The page's own clock only measures what passed since, and may be wrong by years. */

import { fetchTime } from './api.ts';

export type ServerClock = {
  /** Epoch milliseconds at the server, to within half a round trip. */
  now(): number;
  /** Asks the server again; false when it does not answer. */
  sync(): Promise<boolean>;
};

/** The best of this many questions counts: the one that was on its way for the shortest time. */
const QUESTIONS = 3;

/** Not `Date`, which the shopper may set while the page is open. */
const ticks = () => performance.timeOrigin + performance.now();

export function serverClock(): ServerClock {
  let offset = Date.now() - ticks();
  const ask = async () => {
    const sent = ticks();
    const answer = await fetchTime();
    const received = ticks();
    if (!answer.ok) return undefined;
    return { tripMs: received - sent, offset: answer.value.epochMs - (sent + received) / 2 };
  };
  const sync = async () => {
    let shortest = Number.POSITIVE_INFINITY;
    for (let i = 0; i < QUESTIONS; i++) {
      const sample = await ask();
      if (sample === undefined || sample.tripMs >= shortest) continue;
      shortest = sample.tripMs;
      offset = sample.offset;
    }
    return shortest < Number.POSITIVE_INFINITY;
  };
  return { now: () => ticks() + offset, sync };
}
