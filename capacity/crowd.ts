/** @module The crowd of the model: who presses Buy in a step, and where everybody is. */

import { arrived, stepOf } from './arrivals.ts';
import { comingAgain } from './coming-again.ts';
import type { Habits } from './habits.ts';
import { TICK, TICKS_PER_SECOND } from './tick.ts';

/** Where the crowd is. Together it is as many as come. */
export type People = {
  /** Still to come, or waiting for a slot. */
  readonly waiting: number;
  /** Asked to come again, and on their way. */
  readonly comingAgain: number;
  readonly ordered: number;
  readonly toldSoldOut: number;
  readonly gaveUp: number;
};

/** Presses of one tick. */
export type Presses = {
  /** By those whose slot is still to come. */
  readonly early: number;
  /** By those whose slot has come. */
  readonly valid: number;
  /** Of these, by shoppers who press for the first time in their slot, or anew because units came back. */
  readonly fresh: number;
  /** Of both, by shoppers who had pressed before. */
  readonly retries: number;
  /** Requests for files, sessions and tickets that go with it. */
  readonly files: number;
  /** Looks at the sale's status. */
  readonly looks: number;
};

/** What a tick's presses came to. */
type Told = {
  /** Asked to come again. */
  readonly refused: number;
  /** Of those, who had had enough. */
  readonly gaveUp: number;
  readonly soldOut: number;
  readonly orders: number;
};

export type Crowd = {
  press(): Presses;
  /** Tells those who pressed. Ends the tick. */
  tell(told: Told): void;
  /** Says that units came back. */
  announce(): void;
  people(): People;
};

/** @param width seconds that slots are spread over; 0: nobody waits for one */
export function crowdOf(shoppers: number, habits: Habits, width: number): Crowd {
  const again = comingAgain();
  const newsTicks = Math.ceil(habits.lookEvery * TICKS_PER_SECOND);
  const people = { waiting: shoppers, comingAgain: 0, ordered: 0, toldSoldOut: 0, gaveUp: 0 };
  /** Told "sold out", and still there. */
  let hopeful = 0;
  let newsLeft = 0;
  let returning = 0;
  /** Of the presses of this tick, by those who were told "sold out" before. */
  let recalledShare = 0;
  let tick = 0;
  return {
    press() {
      const from = tick * TICK;
      const step = stepOf(shoppers, habits, width, from, from + TICK);
      const recalled = newsLeft > 0 ? hopeful / newsLeft-- : 0;
      hopeful -= recalled;
      const early = habits.early * step.tooEarly;
      const valid = step.due + returning + recalled;
      recalledShare = valid > 0 ? recalled / valid : 0;
      people.waiting -= step.due;
      people.comingAgain -= returning;
      people.toldSoldOut -= recalled;
      const retries = returning + recalled + habits.early * step.waited;
      const fresh = step.due + recalled;
      const { files, looks } = askedBeside(shoppers, habits, from, step.arriving);
      return { early, valid, fresh, retries, files, looks };
    },
    tell({ refused, gaveUp, soldOut, orders }) {
      again.send(refused - gaveUp);
      returning = again.next();
      // Whoever has come back once does so again.
      hopeful += soldOut * (recalledShare + (1 - recalledShare) * habits.comesBack);
      people.comingAgain += refused - gaveUp;
      people.gaveUp += gaveUp;
      people.toldSoldOut += soldOut;
      people.ordered += orders;
      tick++;
    },
    announce() {
      newsLeft = newsTicks;
    },
    people: () => ({ ...people }),
  };
}

/** What the crowd asks for besides: who was there at the opening has only the flag to fetch, the others everything. */
function askedBeside(shoppers: number, habits: Habits, from: number, arriving: number) {
  const there = shoppers * habits.present * (Math.min(1, from + TICK) - Math.min(1, from));
  const looking = shoppers * (arrived(habits, from) - arrived(habits, from - habits.staysFor));
  return {
    files: arriving + (arriving - there) * (habits.pageRequests + habits.doorRequests),
    looks: (looking / habits.lookEvery) * TICK,
  };
}
