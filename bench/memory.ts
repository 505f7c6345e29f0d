/**
 * @module
 * `node bench/memory.ts`, as root on Linux: how long a buy takes by the memory of its function. Lambda gives processor time
 * in proportion to memory, a whole one at 1,769 MB, by the same means of the kernel as this does: a share of each period
 * of 20 ms, and no more within it. Its results decided `docs/decisions/0019-memory-of-functions.md`.
 */

import { mkdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { PRICES } from '../capacity/prices.ts';
import { startHandlerAws } from './handler-aws.ts';
import { runBundle } from './handler-runs.ts';
import { openedSale, pressOf } from './handler-shop.ts';
import { variables } from './handler-variables.ts';
import { median } from './rounds.ts';

const BUNDLE = fileURLToPath(new URL('../dist/functions/buy/index.js', import.meta.url));
const GROUP = '/sys/fs/cgroup/cpu/flash-sale-memory';
const PERIOD_MICROS = 20_000;
const MB_OF_A_PROCESSOR = 1769;
const SIZES_MB = [128, 192, 256, 384, 512, 768, 1024, 1769];

/** What a call takes until its answer is there, in ms: a write of DynamoDB, and a message to SQS. */
const WRITE_MS = 6;
const SEND_MS = 12;

const WARM_MS = 3000;
const MEASURED_MS = 8000;

const now = Date.now();
const sale = openedSale(now);
const events = Array.from({ length: 500 }, () => pressOf(sale, 'win', now));
const aws = await startHandlerAws(sale, (name) => (name === 'SendMessage' ? SEND_MS : WRITE_MS));

mkdirSync(GROUP, { recursive: true });
try {
  for (const memoryMb of SIZES_MB) console.log(JSON.stringify(await measure(memoryMb)));
} finally {
  rmdirSync(GROUP);
  await aws.close();
}

async function measure(memoryMb: number) {
  const running = await runBundle(BUNDLE, variables(aws.url));
  try {
    limit(running.pid, memoryMb);
    const first = await running.run({ events, ms: 0, status: 201 });
    await running.run({ events, ms: WARM_MS, status: 201 });
    const before = throttledMs();
    const { calls, micros, tookMs } = await running.run({ events, ms: MEASURED_MS, status: 201 });
    const sorted = tookMs.toSorted((a, b) => a - b);
    const seconds = median(sorted) / 1000;
    return {
      memoryMb,
      firstMs: Math.round(first.tookMs[0] ?? Number.NaN),
      buyMs: round(seconds * 1000),
      p99Ms: round(sorted[Math.floor(sorted.length * 0.99)] ?? Number.NaN),
      cpuMs: round(micros / calls / 1000),
      stoppedMsABuy: round((throttledMs() - before) / calls),
      usedMb: peakMb(running.pid),
      usdPerMillion: round(
        1e6 * ((memoryMb / 1024) * seconds * PRICES.lambdaGbSecond + PRICES.lambdaRequest),
      ),
    };
  } finally {
    await running.stop();
  }
}

/** Not before the module is loaded: Lambda does not hold back an environment that is being made. */
function limit(pid: number, memoryMb: number): void {
  const quota = Math.round((PERIOD_MICROS * memoryMb) / MB_OF_A_PROCESSOR);
  writeFileSync(`${GROUP}/cpu.cfs_period_us`, String(PERIOD_MICROS));
  writeFileSync(`${GROUP}/cpu.cfs_quota_us`, String(quota));
  // Others on this machine are not what is measured.
  writeFileSync(`${GROUP}/cpu.shares`, '262144');
  writeFileSync(`${GROUP}/cgroup.procs`, String(pid));
}

/** For how long the group had used up its share of a period. */
function throttledMs(): number {
  const stat = readFileSync(`${GROUP}/cpu.stat`, 'utf8');
  return Number(/throttled_time (\d+)/.exec(stat)?.[1]) / 1e6;
}

function peakMb(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Math.round(Number(/VmHWM:\s+(\d+)/.exec(status)?.[1]) / 1024);
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
