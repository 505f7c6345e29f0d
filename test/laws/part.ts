/** @module The property tests as a part of the proof: each law tried on thousands of random inputs. */

import type { Extent, Part, Row } from '../prove/part.ts';
import { allLaws, runsOf } from './all-laws.ts';
import type { Law } from './law.ts';

/** How often a law is tried, but for those that are dearer or cheaper than the others. */
const RUNS = 2_000;
const FULL_RUNS = 20_000;

export const laws: Part = {
  name: 'laws',
  async run(extent, report) {
    const { only = '' } = extent;
    for (const law of allLaws.filter(({ name }) => name.includes(only))) {
      report(await rowOf(law, extent));
    }
  },
};

async function rowOf(law: Law, { full, seed }: Extent): Promise<Row> {
  const runs = runsOf(law, full ? FULL_RUNS : RUNS);
  const begun = performance.now();
  const broken = await breachOf(law, runs, seed);
  const ms = performance.now() - begun;
  const row = { name: law.name, unit: 'runs', ms };
  if (broken === undefined) return { ...row, explored: runs, found: [] };
  const command = `npm run prove -- laws ${full ? '--full ' : ''}--seed ${seed} --only "${law.name}"`;
  return { ...row, explored: triedIn(broken) ?? runs, found: [`${shortly(broken)}\n${command}`] };
}

async function breachOf(law: Law, runs: number, seed: number): Promise<string | undefined> {
  try {
    await law.check(runs, seed);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** How many runs there were until one failed, as fast-check says. */
const triedIn = (broken: string): number | undefined => {
  const [, tests] = /^Property failed after (\d+) tests/.exec(broken) ?? [];
  return tests === undefined ? undefined : Number(tests);
};

/** The counterexample and what it led to; where in the code that was is for whoever runs it again. */
const shortly = (broken: string): string =>
  broken
    .split('\n')
    .filter((line) => line.trim() !== '' && !/^(\s+at |Hint: |\{ seed: |Shrunk )/.test(line))
    .join('\n');
