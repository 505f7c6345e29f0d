/**
 * @module
 * A sale, second by second, against the limits of AWS. Everything is a mean: the same numbers always give the same
 * sale. `docs/capacity.md` says what each part stands for, where it comes from, and what is left out.
 */

import type { People } from './crowd.ts';
import { ledger, type Refusals } from './refusals.ts';
import { startSale } from './running-sale.ts';
import { type Second, seconds, type TickRow } from './second.ts';
import type { Design, Setting } from './setting.ts';
import { TICKS_PER_SECOND } from './tick.ts';

export type Course = {
  readonly seconds: readonly Second[];
  /** Requests that each limit turned away, by second. */
  readonly refused: readonly Refusals[];
  /** Where the crowd is at the end. */
  readonly people: People;
};

/** No model runs longer: a shop that is not done by then is not going to be. */
const LONGEST_SECONDS = 8 * 3600;

/**
 * Runs a sale until everybody has an answer and everything unpaid was released, or eight hours.
 *
 * @param watch is shown each tick, for what seconds do not say
 */
export function simulate(
  setting: Setting,
  design: Design,
  watch: (row: TickRow) => void = () => {},
): Course {
  const noted = ledger();
  const sale = startSale(setting, design, noted.note);
  const course = seconds();
  const refused: Refusals[] = [];
  for (let tick = 1; tick <= LONGEST_SECONDS * TICKS_PER_SECOND; tick++) {
    const row = sale.tick();
    course.add(row);
    watch(row);
    if (tick % TICKS_PER_SECOND > 0) continue;
    refused.push(noted.take());
    if (sale.isOver()) break;
  }
  return { seconds: course.all(), refused, people: sale.people() };
}
