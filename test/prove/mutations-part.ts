/** @module Each mutation in a process of its own, and what caught it. */

import { execFile } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { promisify } from 'node:util';
import { inParallel } from '../../domain/parallel.ts';
import type { Caught } from './catch.ts';
import { MUTATIONS, type Mutation } from './mutations.ts';
import type { Part, Row } from './part.ts';

const AT = import.meta.dirname;

/** For a mutation that makes something run for ever. */
const MOST_MS = 600_000;

/** A row's `found` is here what must not be: a mutation that nothing caught, or a redundant one that something did. */
export const mutations: Part = {
  name: 'mutations',
  async run({ only = '', full }, report) {
    // Nothing catches what is redundant, and that takes longest to see.
    const chosen = MUTATIONS.filter(
      ({ name, redundant }) => name.includes(only) && (full || only !== '' || !redundant),
    );
    await inParallel(availableParallelism(), chosen, async (mutation) =>
      report(await rowOf(mutation, full || only !== '')),
    );
  },
};

async function rowOf(mutation: Mutation, withTrace: boolean): Promise<Row> {
  const start = performance.now();
  const { name, redundant } = mutation;
  const row = { name, explored: 1, unit: 'mutations' };
  const caught = await caughtBy(mutation).catch((error: Error) => error);
  const ms = performance.now() - start;
  if (caught instanceof Error) return { ...row, ms, found: [caught.message] };
  if (caught === null) {
    const found = redundant
      ? []
      : [`nothing caught it; npm run prove -- mutations --only "${name}"`];
    return { ...row, ms, found, name: redundant ? `${name}: redundant, ${redundant}` : name };
  }
  const trace = withTrace ? `\n${caught.trace.join('\n')}` : '';
  const found = redundant ? [`was said to be redundant; ${caught.by} caught it${trace}`] : [];
  return {
    ...row,
    ms,
    found,
    name: `${name}: caught by ${caught.by}, after ${caught.after}${trace}`,
  };
}

async function caughtBy({ name }: Mutation): Promise<Caught | null> {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', '--import', `${AT}/mutate.ts`, `${AT}/catch.ts`],
    { env: { ...process.env, MUTATION: name }, timeout: MOST_MS, maxBuffer: 1 << 26 },
  );
  return JSON.parse(stdout.trim().split('\n').at(-1) ?? 'null') as Caught | null;
}
