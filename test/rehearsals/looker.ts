/** @module A shopper who buys as the page does, and then looks at the order for a while. */

import type { Habits } from '../../capacity/habits.ts';
import { randomFor } from '../../load/random.ts';
import { type Casting, pageLike } from './foretelling.ts';

/** One look at an order. */
export type Look = {
  /** Epoch ms. */
  readonly askedAt: number;
  /** The usage plan refused it. */
  readonly isRefused: boolean;
};

/** @param looks takes down every look */
export const looker =
  (looks: Look[], { orderLookEvery, orderStays }: Habits): Casting =>
  (queue, visitor, index) => {
    const buyer = pageLike(queue, visitor, index);
    const chance = randomFor(13, index);
    const every = orderLookEvery * 1_000;
    let order: string | undefined;
    let leavesAt = 0;
    let askedAt = 0;
    const dueAt = (due: number) => (due < leavesAt ? due : undefined);
    return {
      next() {
        askedAt = queue.clock.now();
        if (order === undefined) return buyer.next();
        const path = `/api/orders/${order}`;
        return { method: 'GET', path, headers: { cookie: visitor.cookie } };
      },
      take(hit, now) {
        if (order !== undefined) {
          looks.push({ askedAt, isRefused: hit.code === 'too-many-requests' });
          return dueAt(askedAt + every);
        }
        const due = buyer.take(hit, now);
        const { orderId } = hit.body;
        if (due !== undefined || typeof orderId !== 'string') return due;
        order = orderId;
        // They leave as the model's do: as many of those who are left in each second.
        leavesAt = now - Math.log(1 - chance()) * orderStays * 1_000;
        return dueAt(now + chance() * every);
      },
    };
  };
