/** @module What `watch --json` prints each second, for scripts: the same figures as on the screen. */

import type { Depths } from '../adapters/queue-depths.ts';
import { paceOf } from '../domain/pace.ts';
import type { View } from './watch-view.ts';

/** One second as a plain object; times in epoch ms, rates in units a second. */
export function watchObject({ sample, history, waitingMs }: View) {
  const { sale, phase, at, items, queues } = sample;
  return {
    atEpochMs: at,
    saleId: sale.id,
    phase,
    opensAtEpochMs: sale.opensAt,
    closesAtEpochMs: sale.closesAt,
    items: items.map((item) => ({ ...item, ...paceOf(history, item) })),
    queues: queues satisfies Depths,
    ordersWaitingMs: waitingMs,
  };
}
