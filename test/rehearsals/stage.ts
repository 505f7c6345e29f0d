/**
 * @module
 * A crowd in virtual time: everyone acts when it is due, the clock goes on when all of them are done. So a slow machine
 * changes how long a rehearsal takes, and hardly what happens in it.
 */

import type { Clock } from '../../local/clock.ts';
import type { Hit, Shot, Volley } from './volley.ts';

/** Someone who does one thing after the other. */
export type Actor = {
  /** What it sends now. */
  next(): Shot;
  /** Takes the answer. @returns when it acts next, epoch ms; nothing when it is done */
  take(hit: Hit, now: number): number | undefined;
};

export type Stage = {
  readonly clock: Clock;
  readonly volley: Volley;
};

export type Play = {
  /** Who acts, and when first. */
  readonly cast: readonly { readonly actor: Actor; readonly due: number }[];
  /** The clock goes on by at least this. */
  readonly tickMs: number;
  /** Epoch ms; whoever is not done by then stops. */
  readonly until: number;
  /** Called when all who were due have acted; awaited before the clock goes on. */
  readonly onTick?: () => unknown;
};

/**
 * Plays until all are done, or their time is over. Time stands still but for this: see `stopTime`.
 *
 * @returns who is not done
 */
export async function play(
  { clock, volley }: Stage,
  { cast, tickMs, until, onTick }: Play,
): Promise<Cast> {
  let waiting = cast;
  while (waiting.length > 0 && clock.now() < until) {
    const now = clock.now();
    const [due, later] = split(waiting, now);
    const hits = due.length > 0 ? await volley.fire(due.map(({ actor }) => actor.next())) : [];
    const again = due.flatMap(({ actor }, index) => {
      const next = actor.take(hits[index] as Hit, clock.now());
      return next === undefined ? [] : [{ actor, due: next }];
    });
    await onTick?.();
    waiting = [...later, ...again];
    const first = waiting.reduce((least, one) => Math.min(least, one.due), until);
    const ahead = Math.max(first, now + tickMs) - clock.now();
    if (ahead > 0) await clock.advance(ahead);
  }
  return waiting;
}

export type Cast = Play['cast'];

const split = (cast: Cast, now: number): readonly [Cast, Cast] => [
  cast.filter(({ due }) => due <= now),
  cast.filter(({ due }) => due > now),
];
