/**
 * @module
 * How long answers take, as a distribution. Whoever is refused comes again after more than a second, with everybody else,
 * and is as likely to be refused as they: so the model keeps, of those who come again, how often they were refused.
 */

import { AGAIN_TICKS, MEAN_AGAIN_SECONDS } from './coming-again.ts';
import { SOMEBODY } from './refusals.ts';
import { runSeconds } from './run-time.ts';
import type { TickRow } from './second.ts';
import { TICKS_PER_SECOND } from './tick.ts';

/** Half, nineteen in twenty and all but one in a hundred took no longer, in seconds. Nothing where nobody was answered. */
export type Quantiles = Readonly<Record<'p50' | 'p95' | 'p99', number>>;

export type Waits = {
  /** From the request that API Gateway let through to its answer. */
  readonly request: Quantiles | undefined;
  /** From a shopper's first press in the slot to "reserved" or "sold out". */
  readonly answer: Quantiles | undefined;
};

export type WaitsWatch = {
  /** Sees the next tick of a course. */
  see(row: TickRow): void;
  /** Of the whole course, and of each of its full seconds. */
  all(): { readonly course: Waits; readonly seconds: readonly Waits[] };
};

/** Refused more often than that counts as that often: six minutes of waiting. */
const MOST_TRIES = 300;

/** Answers by how often they were refused before, and runs of the function. */
type Counts = { readonly tries: Float64Array; reached: number; cold: number };

const byTries = () => new Float64Array(MOST_TRIES + 1);

const noCounts = (): Counts => ({ tries: byTries(), reached: 0, cold: 0 });

export function waits(): WaitsWatch {
  /** Who was refused, by the tick in which that was: the last ones only. */
  const sent: Float64Array[] = Array.from({ length: Math.max(...AGAIN_TICKS) + 1 }, byTries);
  const pressing = byTries();
  const course = noCounts();
  const seconds: Waits[] = [];
  let second = noCounts();
  let most = 0;
  let tick = 0;
  return {
    see(row) {
      pressNow(pressing, sent, tick, most);
      pressing[0] = row.fresh;
      const { answered, again } = sharesOf(row);
      for (const counts of [course, second]) {
        addAnswers(counts.tries, pressing, answered, most);
        counts.reached += row.sold + row.soldOut + row.busy;
        counts.cold += row.cold;
      }
      refuse(sent[tick % sent.length] as Float64Array, pressing, again, most);
      if (row.comeAgain > 0) most = Math.min(MOST_TRIES, most + 1);
      tick++;
      if (tick % TICKS_PER_SECOND > 0) return;
      seconds.push(waitsIn(second));
      second = noCounts();
    },
    all: () => ({ course: waitsIn(course), seconds }),
  };
}

/** Of all who pressed in their slot, who was answered, and who comes again. */
function sharesOf({ sold, soldOut, comeAgain, gaveUp }: TickRow) {
  const all = sold + soldOut + comeAgain + gaveUp;
  return all === 0
    ? { answered: 0, again: 0 }
    : { answered: (sold + soldOut) / all, again: comeAgain / all };
}

/** Who comes again in this tick, by how often they were refused; nobody was more often than `most` times. */
function pressNow(
  pressing: Float64Array,
  sent: readonly Float64Array[],
  tick: number,
  most: number,
): void {
  pressing.fill(0, 0, most + 1);
  for (const ticks of AGAIN_TICKS) {
    const then = sent[(tick - ticks + sent.length) % sent.length] as Float64Array;
    for (let tries = 1; tries <= most; tries++) {
      pressing[tries] = (pressing[tries] as number) + (then[tries] as number) / AGAIN_TICKS.length;
    }
  }
}

function addAnswers(to: Float64Array, pressing: Float64Array, share: number, most: number): void {
  for (let tries = 0; tries <= most; tries++) {
    to[tries] = (to[tries] as number) + (pressing[tries] as number) * share;
  }
}

function refuse(to: Float64Array, pressing: Float64Array, share: number, most: number): void {
  to.fill(0);
  for (let tries = 0; tries <= most; tries++) {
    const more = Math.min(MOST_TRIES, tries + 1);
    to[more] = (to[more] as number) + (pressing[tries] as number) * share;
  }
}

function waitsIn({ tries, reached, cold }: Counts): Waits {
  const coldShare = reached === 0 ? 0 : Math.min(1, cold / reached);
  const answers = tries.reduce((sum, count) => sum + count, 0);
  return {
    request: reached < SOMEBODY ? undefined : quantiles((rank) => runSeconds(rank, coldShare)),
    answer:
      answers < SOMEBODY
        ? undefined
        : quantiles((rank) => answerSeconds(tries, rank * answers, coldShare)),
  };
}

const quantiles = (of: (rank: number) => number): Quantiles => ({
  p50: of(0.5),
  p95: of(0.95),
  p99: of(0.99),
});

/** What the answer of a rank took: all the waiting of so many refusals, and a run of the function. */
function answerSeconds(tries: Float64Array, rank: number, coldShare: number): number {
  let before = 0;
  for (const [refusals, count] of tries.entries()) {
    if (before + count >= rank && count > 0) {
      return refusals * MEAN_AGAIN_SECONDS + runSeconds((rank - before) / count, coldShare);
    }
    before += count;
  }
  return tries.length * MEAN_AGAIN_SECONDS;
}
