/** @module The machine that measures, as far as figures hang on it. Nothing that tells whose it is. */

import { readFileSync } from 'node:fs';
import { cpus, loadavg, release, totalmem, type } from 'node:os';

export type Machine = {
  readonly cpu: string;
  readonly cores: number;
  readonly memoryGb: number;
  /** Name and release. */
  readonly kernel: string;
  readonly node: string;
};

/** Whether figures were taken while others worked. */
export type Business = {
  /** Processes that ran or waited for a processor in the minute before, on average. */
  readonly loadBefore: number;
  /** Percent of the processors' time that the hypervisor gave to others; absent where the system does not tell. */
  readonly stealPercent?: number;
};

export const thisMachine = (): Machine => ({
  cpu: cpus()[0]?.model.trim() ?? 'unknown',
  cores: cpus().length,
  memoryGb: Math.round(totalmem() / 2 ** 30),
  kernel: `${type()} ${release()}`,
  node: process.version,
});

export const inWords = ({ cores, cpu, memoryGb, node }: Machine): string =>
  `${cores} × ${cpu}, ${memoryGb} GB, Node ${node.replace(/^v/, '')}`;

/** Begins to watch; the result says how busy the machine was from before then until it is called. */
export function watchBusiness(): () => Business {
  const loadBefore = round(loadavg()[0] ?? 0);
  const before = ticks();
  return () => {
    const after = ticks();
    if (before === undefined || after === undefined) return { loadBefore };
    const share = (after.steal - before.steal) / Math.max(1, after.all - before.all);
    return { loadBefore, stealPercent: round(100 * share) };
  };
}

const round = (value: number): number => Math.round(value * 10) / 10;

type Ticks = { readonly all: number; readonly steal: number };

/** Of all processors since the machine started. */
export function ticks(path = '/proc/stat'): Ticks | undefined {
  try {
    const [line = ''] = readFileSync(path, 'latin1').split('\n', 1);
    // user, nice, system, idle, iowait, irq, softirq, steal; guests after them are in user and nice already.
    const fields = line.split(/\s+/).slice(1, 9).map(Number);
    return { all: fields.reduce((sum, value) => sum + value, 0), steal: fields[7] ?? 0 };
  } catch {
    return undefined;
  }
}
