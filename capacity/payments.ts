/** @module What becomes of orders: most are paid after a while, the others are released by the sweep after their time. */

import type { Habits } from './habits.ts';
import type { Plan } from './plan.ts';
import { GRACE, sweptAt } from './sweeps.ts';
import { TICK, TICKS_PER_SECOND } from './tick.ts';

export type Payments = {
  /** Goes on by one tick, in which so many orders were made. */
  next(orders: number): { readonly paid: number; readonly released: number };
  /** Orders that are neither paid nor released. */
  open(): number;
  /** Of those, that somebody looks at. */
  looking(): number;
};

export function payments(
  { paymentWindow }: Plan,
  { pays, paysAfter, orderStays }: Habits,
): Payments {
  const due = new Map<number, number>();
  let paying = 0;
  let unpaid = 0;
  let looking = 0;
  let tick = 0;
  return {
    next(orders) {
      paying += orders * pays;
      unpaid += orders * (1 - pays);
      looking += orders - (looking * TICK) / orderStays;
      if (orders > 0) {
        const sweep = sweptAt(tick * TICK + paymentWindow + GRACE) * TICKS_PER_SECOND;
        due.set(sweep, (due.get(sweep) ?? 0) + orders * (1 - pays));
      }
      const paid = Math.min(paying, (paying * TICK) / paysAfter);
      const released = due.get(tick) ?? 0;
      due.delete(tick);
      paying -= paid;
      unpaid -= released;
      tick++;
      return { paid, released };
    },
    open: () => paying + unpaid,
    looking: () => looking,
  };
}
