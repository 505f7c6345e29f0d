/**
 * @module
 * What an environment reads before it sells: the sale, its status and its hints, once a second. One that cannot read them
 * answers nobody: the press is refused, and the next one tries again. `adapters/live-view.ts`.
 */

import { SALE_READS, viewReads } from './effort.ts';
import type { Limits } from './limits.ts';
import type { Plan } from './plan.ts';
import type { Note } from './refusals.ts';
import { TICK } from './tick.ts';
import { warmTable } from './warm-table.ts';

export type Views = {
  /**
   * Reads for the presses that reached a function in one tick.
   *
   * @returns how many of them are refused
   */
  refused(reached: number, environments: number): number;
};

export function views({ shards }: Plan, limits: Limits, note: Note): Views {
  const table = warmTable(limits.warmReads, limits.tableReads);
  // The sale lies in a table of its own, and is one item: its partition is full long before the table.
  const each = viewReads(shards) - SALE_READS;
  return {
    refused(reached, environments) {
      // An environment that nobody asks reads nothing.
      const wanted = Math.min(environments * TICK, reached);
      if (wanted <= 0) {
        table.use(0);
        return 0;
      }
      const byPartition = (limits.partitionReads * TICK) / (wanted * SALE_READS);
      const byTable = table.room() / (wanted * each);
      const share = Math.min(1, byPartition, byTable);
      const refused = reached * (1 - share);
      const limit = table.isAtQuota() ? 'tableReads' : 'warmReads';
      note(byPartition <= byTable ? 'partitionReads' : limit, refused);
      table.use(wanted * share * each);
      return refused;
    },
  };
}
