/** @module A column while it is measured: its shop at work, and what it has shown so far. */

import type { ColumnSeen, Sold, Swept } from './growth-figures.ts';
import type { Processors, SweepsRun } from './growth-process.ts';
import type { Column, Plan, Series } from './growth-series.ts';
import type { GrowthShop } from './growth-shop.ts';

/** Turns of each column in a round: what disturbs the machine for a second disturbs all of them. */
const TURNS = 2;

export type Stall = {
  readonly column: Column;
  readonly shop: GrowthShop;
  /** A sweep with nothing open. */
  readonly empty: SweepsRun;
  readonly sold: Sold[];
  readonly swept: Swept[];
};

export async function openStall(column: Column, shop: GrowthShop, { warm }: Plan): Promise<Stall> {
  // Twice: the first compiles and connects.
  await shop.sweep();
  const empty = await shop.sweep();
  await shop.sell(warm, column.connections);
  return { column, shop, empty, sold: [], swept: [] };
}

/** Sells in turn; each column has sold its share by the last one. */
export async function sellRound(stalls: readonly Stall[], { buys }: Plan): Promise<void> {
  const turns = new Map(stalls.map((stall) => [stall, [] as Turn[]]));
  for (let turn = 0; turn < TURNS; turn++) {
    for (const [stall, taken] of turns) {
      // Each connection must have something to ask: what then is the share of a round is sold in one turn.
      const count = Math.max(buys / TURNS, stall.column.connections);
      if (turn * count < buys) taken.push(await sellTurn(stall, count));
    }
  }
  for (const [{ sold }, taken] of turns) sold.push(soldIn(taken));
}

function soldIn(turns: readonly Turn[]): Sold {
  const total = (of: (turn: Turn) => number) => turns.reduce((sum, turn) => sum + of(turn), 0);
  const buys = total(({ count }) => count);
  const isTold = turns.every(({ enginesMs }) => enginesMs !== undefined);
  return {
    buysPerSecond: (buys / total(({ ms }) => ms)) * 1000,
    stackMicros: (total(({ stackMs }) => stackMs) / buys) * 1000,
    engineMicros: isTold ? (total(({ enginesMs = 0 }) => enginesMs) / buys) * 1000 : undefined,
  };
}

type Turn = {
  readonly count: number;
  readonly ms: number;
  readonly stackMs: number;
  readonly enginesMs: number | undefined;
};

async function sellTurn({ column, shop }: Stall, count: number): Promise<Turn> {
  const before = await shop.processors();
  const { ms } = await shop.sell(count, column.connections);
  const after = await shop.processors();
  return { count, ms, stackMs: after.stack - before.stack, enginesMs: between(before, after) };
}

const between = ({ engines: from }: Processors, { engines: to }: Processors) =>
  from === undefined || to === undefined ? undefined : to - from;

export async function sweepRound(stalls: readonly Stall[]): Promise<void> {
  for (const { shop, empty, swept } of stalls) {
    const { ms, readUnits } = await shop.sweep();
    swept.push({ ms, readUnitsAnOrder: (readUnits - empty.readUnits) / shop.open });
  }
}

/** @throws {Error} where the audit is not clean */
export async function closeStall(
  { shop, sold, swept }: Stall,
  { isOwn }: Series,
): Promise<ColumnSeen> {
  // Before the audit, which the stack answers too.
  const memory = await shop.memory();
  await shop.audit();
  return { sold, swept, ...(isOwn && { memory }) };
}
