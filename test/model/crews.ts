/** @module Who is under way, and what may still begin, as a row of numbers: budgets first, then actors in order. */

import { Rows } from './rows.ts';

/** The most that are under way at once. */
const MOST_ACTORS = 12;

/** Each budget has three bits. */
const BITS = 3;
const MOST = 2 ** BITS - 1;

export class Crews {
  private readonly rows = new Rows(MOST_ACTORS + 1);
  private readonly row = new Int32Array(MOST_ACTORS + 1);

  /** Nobody, and all budgets whole. */
  begin(budgets: readonly number[]): number {
    const tooMuch = budgets.find((one) => one > MOST);
    if (tooMuch !== undefined)
      throw new RangeError(`Cannot begin ${tooMuch} times: ${MOST} at most`);
    this.row.fill(0);
    this.row[0] = budgets.reduce((sum, count, index) => sum + count * 2 ** (BITS * index), 0);
    return this.rows.add(this.row);
  }

  /** What is left of a budget. */
  left(crew: number, budget: number): number {
    return (this.rows.at(crew, 0) >> (BITS * budget)) & MOST;
  }

  /** @param place from 0 @returns the actor there, or 0 */
  actor(crew: number, place: number): number {
    return place < MOST_ACTORS ? this.rows.at(crew, place + 1) : 0;
  }

  /**
   * A crew with one actor less and others more.
   *
   * @param spent the budget that one is taken from, or −1
   * @param without an actor, or 0
   */
  with(crew: number, spent: number, without: number, others: readonly number[]): number {
    const { row } = this;
    let length = 0;
    let isLeft = without === 0;
    for (let place = 0; place < MOST_ACTORS; place++) {
      const actor = this.rows.at(crew, place + 1);
      if (actor === 0) break;
      if (!isLeft && actor === without) isLeft = true;
      else row[++length] = actor;
    }
    for (const other of others) length = this.insert(other, length);
    row.fill(0, length + 1);
    row[0] = this.rows.at(crew, 0) - (spent < 0 ? 0 : 1 << (BITS * spent));
    return this.rows.add(row);
  }

  /** Keeps the order, so that one crew is one row. */
  private insert(actor: number, length: number): number {
    if (length === MOST_ACTORS)
      throw new RangeError(`Cannot have more than ${MOST_ACTORS} under way`);
    let place = length + 1;
    for (; place > 1 && (this.row[place - 1] as number) > actor; place--) {
      this.row[place] = this.row[place - 1] as number;
    }
    this.row[place] = actor;
    return length + 1;
  }
}
