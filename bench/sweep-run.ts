/** @module One sweep of a large sale, begun as Scheduler begins it, watched until its last range is done. */

import type { LocalSale } from '../cli/local-sale.ts';
import { blocksOf, type Hint, hintKey } from '../domain/items.ts';
import type { CallCount } from '../local/calls.ts';
import type { LargeSale } from './million.ts';

/** Longer than a sweep may take that is to be over before the next one. */
const PATIENCE_MS = 300_000;

export type SweepRun = {
  /** From the invocation to the end of the last range. */
  readonly ms: number;
  /** Of the whole process: functions, clients, the stack. Not of the tables' engine. */
  readonly cpuMs: number;
  readonly calls: readonly CallCount[];
};

/**
 * @param open orders that must stand open after it
 * @throws {Error} where a range failed, or the sweep left something else than it should have
 */
export async function sweepOnce(
  { stack, deployment }: LocalSale,
  { item, shards }: LargeSale,
  open: number,
): Promise<SweepRun> {
  const startedAt = stack.clock.now();
  const ranges = blocksOf(shards);
  const before = { calls: stack.calls.snapshot(), ...runsOf(stack) };
  const cpu = process.cpuUsage();
  const began = performance.now();
  await stack.invoke('Sweep', { saleId: item.saleId });
  while (runsOf(stack).invocations - before.invocations < ranges.length) {
    if (performance.now() - began > PATIENCE_MS) throw new Error('Cannot sweep: it does not end');
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  await stack.settle();
  const { user, system } = process.cpuUsage(cpu);
  const run = { ms: performance.now() - began, cpuMs: (user + system) / 1000 };
  const { errors } = runsOf(stack);
  if (errors > before.errors)
    throw new Error(`Cannot sweep: ${errors - before.errors} runs failed`);
  const calls = stack.calls.since(before.calls).filter((one) => one.function === 'Sweep');
  const hints = await deployment.store.read(ranges.map((block) => hintKey(item, block)));
  const flaw = flawOf(hints as readonly (Hint | undefined)[], startedAt, open);
  if (flaw !== undefined) throw new Error(`Cannot measure a sweep: ${flaw}`);
  return { ...run, calls };
}

const runsOf = ({ requests }: LocalSale['stack']) =>
  requests.functions['Sweep'] ?? { invocations: 0, errors: 0 };

/** What is wrong with the summaries of all ranges, if anything. */
export function flawOf(
  hints: readonly (Hint | undefined)[],
  startedAt: number,
  open: number,
): string | undefined {
  const unswept = hints.findIndex((hint) => (hint?.sweptAt ?? 0) < startedAt);
  if (unswept >= 0) return `range ${unswept} was not swept`;
  const total = (of: (hint: Hint) => number | undefined) =>
    hints.reduce((sum, hint) => sum + (hint ? (of(hint) ?? 0) : 0), 0);
  if (total(({ drift }) => drift) > 0) return 'shards do not add up';
  const left = total((hint) => hint.open);
  return left === open ? undefined : `${left} orders are open, not ${open}`;
}
