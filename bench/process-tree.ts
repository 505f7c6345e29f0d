/** @module What the processes below one take, where the system has `/proc`. */

import { readdirSync, readFileSync } from 'node:fs';

export type Usage = {
  /** Resident, in bytes. */
  readonly rss: number;
  readonly cpuMs: number;
};

/** `USER_HZ`: of every Linux that Node runs on. */
const TICKS_PER_SECOND = 100;

/** Of all that a process has started, and those in turn; nothing where there is no `/proc`. */
export function usageBelow(pid: number, folder = '/proc'): Usage | undefined {
  const all = processesIn(folder);
  if (all.length === 0) return undefined;
  const below = new Set([pid]);
  // Parents need not be older, nor have smaller numbers: a number is used again.
  for (let before = 0; before < below.size; ) {
    before = below.size;
    for (const one of all) if (below.has(one.parent)) below.add(one.pid);
  }
  below.delete(pid);
  const meant = all.filter((one) => below.has(one.pid));
  const total = (of: (one: Usage) => number) => meant.reduce((sum, one) => sum + of(one), 0);
  return { rss: total((one) => one.rss), cpuMs: total((one) => one.cpuMs) };
}

type Process = Usage & { readonly pid: number; readonly parent: number };

function processesIn(folder: string): Process[] {
  return namesIn(folder)
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => processIn(`${folder}/${name}`) ?? []);
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

/** A process may be gone by the time it is looked at. */
function processIn(folder: string): Process | undefined {
  try {
    const stat = readFileSync(`${folder}/stat`, 'latin1');
    // The name stands in brackets, and may hold spaces and brackets itself.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const resident = /^VmRSS:\s*(\d+) kB/m.exec(readFileSync(`${folder}/status`, 'latin1'))?.[1];
    const ticks = Number(fields[11]) + Number(fields[12]);
    return {
      pid: Number.parseInt(stat, 10),
      parent: Number(fields[1]),
      rss: Number(resident ?? 0) * 1024,
      cpuMs: (ticks * 1000) / TICKS_PER_SECOND,
    };
  } catch {
    return undefined;
  }
}
