/**
 * @module
 * One local stack in a process of its own, so that what it takes of memory and processors is its own. It does what the
 * asking process orders, one thing after the other.
 */

import { type LocalSale, startLocalSale } from '../cli/local-sale.ts';
import type { Memory, Order, Processors, Report, SweepsRun } from './growth-stack.ts';
import { openSale } from './open-sale.ts';
import { usageBelow } from './process-tree.ts';

const HOUR_MS = 3_600_000;

/** Longer than all sweeps of a minute may take. */
const PATIENCE_MS = 300_000;

// The stack's own sale stays closed: nothing is sold and swept but what is measured.
const local = await startLocalSale({
  sale: openSale(1, Date.now() + 20 * HOUR_MS, 'own'),
  throttles: false,
});

report({ kind: 'started', outputs: local.stack.outputs, awsUrl: local.stack.awsUrl });

process.on('message', async (order: Order) => {
  try {
    report(await run(local, order));
  } catch (error) {
    report({ kind: 'failed', why: String((error as Error).stack) });
  }
});
// Whoever gives orders is gone: engines end with this process.
process.on('disconnect', () => process.exit());

async function run({ stack, stop }: LocalSale, order: Order): Promise<Report> {
  switch (order.kind) {
    case 'settle':
      await stack.settle();
      return { kind: 'done' };
    case 'advance':
      await stack.clock.advance(order.ms);
      return { kind: 'done' };
    case 'processors':
      return { kind: 'processors', ...processors() };
    case 'memory':
      return { kind: 'memory', ...memory() };
    case 'sweep':
      return { kind: 'swept', run: await sweepAll(stack, order.sales, order.ranges) };
    case 'stop':
      await stop();
      return { kind: 'done' };
  }
}

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

/** Sweeps every sale as Scheduler does each minute, all of them at once, and waits for the last range. */
async function sweepAll(
  stack: LocalSale['stack'],
  sales: readonly string[],
  ranges: number,
): Promise<SweepsRun> {
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

function report(seen: Report): void {
  process.send?.(seen);
}
