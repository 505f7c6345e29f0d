/** @module Stock without end: one write, and nobody is turned away. */

import type { Limits } from './limits.ts';
import type { Note } from './refusals.ts';
import type { Shop } from './shop.ts';
import { warmTable, writeLimitOf } from './warm-table.ts';

export function unlimitedShop(limits: Limits, note: Note): Shop {
  const table = warmTable(limits.warmWrites, limits.tableWrites);
  let writeUnits = 0;
  return {
    serve(buyers) {
      const orders = Math.min(buyers, table.room());
      note(writeLimitOf(table), buyers - orders);
      table.use(orders);
      writeUnits += orders;
      return { orders, soldOut: 0, busy: 0, throttled: buyers - orders };
    },
    giveBack() {},
    written: () => writeUnits,
  };
}
