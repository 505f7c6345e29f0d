/**
 * @module
 * The naive shop: one counter of units, and a transaction that takes one and notes the shopper. A transaction that meets
 * another on the counter is rejected, so that more shoppers are not more orders; and whoever comes when nothing is left
 * costs as much as who buys.
 */

import type { Limits } from './limits.ts';
import type { Plan } from './plan.ts';
import type { Note } from './refusals.ts';
import type { Shop } from './shop.ts';
import { TICK } from './tick.ts';
import { TRANSACTION_SECONDS } from './timings.ts';
import { warmTable, writeLimitOf } from './warm-table.ts';

/** Two items, each prepared and committed. */
const WRITES_PER_TRANSACTION = 4;

/** Of these, on the counter's partition. */
const WRITES_ON_COUNTER = 2;

/**
 * How many transactions a second get through of so many that are begun: while one is under way, newcomers are rejected (a
 * loss system with one place).
 */
export const committed = (perSecond: number): number =>
  perSecond / (1 + perSecond * TRANSACTION_SECONDS);

export function counterShop(plan: Plan, limits: Limits, note: Note): Shop {
  const table = warmTable(limits.warmWrites, limits.tableWrites);
  let left = plan.units / plan.unitsPerOrder;
  let writeUnits = 0;
  return {
    serve(buyers) {
      const byPartition = (limits.partitionWrites * TICK) / WRITES_ON_COUNTER;
      const byTable = table.room() / WRITES_PER_TRANSACTION;
      const able = Math.min(buyers, byPartition, byTable);
      note(byPartition <= byTable ? 'partitionWrites' : writeLimitOf(table), buyers - able);
      const through = committed(able / TICK) * TICK;
      const orders = Math.min(through, left);
      left -= orders;
      table.use(able * WRITES_PER_TRANSACTION);
      writeUnits += able * WRITES_PER_TRANSACTION;
      return {
        orders,
        soldOut: through - orders,
        busy: able - through,
        throttled: buyers - able,
      };
    },
    giveBack(orders) {
      left += orders;
      writeUnits += orders * WRITES_PER_TRANSACTION;
    },
    written: () => writeUnits,
  };
}
