/** @module One local stack in a process of its own, and what it can be told to do. */

import { startLocalSale } from '../cli/local-sale.ts';
import { openSale } from './open-sale.ts';
import { usageBelow } from './process-tree.ts';
import { serve } from './remote.ts';

/** What a stack has taken of the processors so far, in ms. */
export type Processors = {
  /** Its process: functions, clients, the front, the queues. */
  readonly stack: number;
  /** The engines that it has started; absent where the system does not tell. */
  readonly engines?: number;
};

/** What a stack takes of the memory, in bytes. */
export type Memory = {
  /** Its process is resident. */
  readonly stack: number;
  /** What something holds on its heap. */
  readonly heap: number;
  /** The engines are resident; absent where the system does not tell. */
  readonly engines?: number;
};

/** One sweep of every sale. */
export type SweepsRun = {
  /** By the stack's clock. */
  readonly startedAt: number;
  readonly ms: number;
  readonly readUnits: number;
};

/** Which sales are swept, and with how many runs it takes: one for each 200 shards of each sale. */
type Sweeps = { readonly sales: readonly string[]; readonly ranges: number };

const HOUR_MS = 3_600_000;

/** Longer than all sweeps of a minute may take. */
const PATIENCE_MS = 300_000;

// The stack's own sale stays closed: nothing is sold and swept but what is measured.
const { stack, stop } = await startLocalSale({
  sale: openSale(1, Date.now() + 20 * HOUR_MS, 'own'),
  throttles: false,
});

const offer = {
  reached: () => ({ outputs: stack.outputs, awsUrl: stack.awsUrl }),
  /** Waits until nothing runs. */
  settle: () => stack.settle(),
  /** Lets virtual time pass. */
  advance: (ms: number) => stack.clock.advance(ms),
  processors,
  memory,
  sweep: sweepAll,
  stop,
};

export type GrowthStack = typeof offer;

serve(offer);

function processors(): Processors {
  const { user, system } = process.cpuUsage();
  const engines = usageBelow(process.pid);
  return { stack: (user + system) / 1000, ...(engines && { engines: engines.cpuMs }) };
}

function memory(): Memory {
  // What waits for the collector is no growth.
  globalThis.gc?.();
  const { rss, heapUsed } = process.memoryUsage();
  const engines = usageBelow(process.pid);
  return { stack: rss, heap: heapUsed, ...(engines && { engines: engines.rss }) };
}

/**
 * Sweeps every sale as Scheduler does each minute, all of them at once, and waits for the last range.
 *
 * @throws {Error} where a run failed
 */
async function sweepAll({ sales, ranges }: Sweeps): Promise<SweepsRun> {
  const runs = () => stack.requests.functions['Sweep'] ?? { invocations: 0, errors: 0 };
  const startedAt = stack.clock.now();
  const before = { ...runs(), calls: stack.calls.snapshot() };
  const began = performance.now();
  await Promise.all(sales.map((saleId) => stack.invoke('Sweep', { saleId })));
  while (runs().invocations - before.invocations < ranges) {
    if (performance.now() - began > PATIENCE_MS) throw new Error('Cannot sweep: it does not end');
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  await stack.settle();
  const ms = performance.now() - began;
  const failed = runs().errors - before.errors;
  if (failed > 0) throw new Error(`Cannot sweep: ${failed} runs failed`);
  const readUnits = stack.calls
    .since(before.calls)
    .filter((call) => call.function === 'Sweep')
    .reduce((sum, call) => sum + call.readUnits, 0);
  return { startedAt, ms, readUnits };
}
