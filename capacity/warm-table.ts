/**
 * @module
 * An on-demand table: it takes its warm throughput at once, and twice its highest second half an hour after that.
 */

import { TICK, TICKS_PER_SECOND } from './tick.ts';

/** "Throttling can occur if you exceed double your previous peak within 30 minutes." */
const GROWS_AFTER_TICKS = 30 * 60 * TICKS_PER_SECOND;

export type WarmTable = {
  /** Units that it takes in this tick. */
  room(): number;
  /** Uses some of them, and goes on to the next tick. */
  use(units: number): void;
  /** Whether it has grown as far as its quota lets it. */
  isAtQuota(): boolean;
};

/** @param warm units a second @param most what the quota lets it grow to, units a second */
export function warmTable(warm: number, most: number): WarmTable {
  const peaks: { readonly from: number; readonly perSecond: number }[] = [];
  let allowed = Math.min(warm, most);
  let highest = 0;
  let tick = 0;
  return {
    room: () => allowed * TICK,
    isAtQuota: () => allowed >= most,
    use(units) {
      const perSecond = units / TICK;
      if (perSecond > highest) {
        highest = perSecond;
        peaks.push({ from: tick + GROWS_AFTER_TICKS, perSecond });
      }
      tick++;
      while (peaks[0] !== undefined && peaks[0].from <= tick) {
        allowed = Math.min(most, Math.max(allowed, 2 * (peaks.shift()?.perSecond ?? 0)));
      }
    },
  };
}

/** Which limit turns writes away, when this table does. */
export const writeLimitOf = (table: WarmTable): 'warmWrites' | 'tableWrites' =>
  table.isAtQuota() ? 'tableWrites' : 'warmWrites';
