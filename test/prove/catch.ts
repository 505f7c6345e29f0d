/**
 * @module
 * Looks for what catches a mutation, in a process whose source is broken by it: first the model, small configurations
 * before large ones, then the laws. Prints one line of JSON.
 */

import type { Configuration } from '../model/configuration.ts';
import { CONFIGURATIONS } from '../model/configurations.ts';
import { explore } from '../model/explorer.ts';
import { traceOf } from '../model/trace.ts';
import { type Mutation, mutationNamed } from './mutations.ts';

/** What caught it. */
export type Caught = {
  readonly by: string;
  /** How many states or runs that took. */
  readonly after: string;
  readonly trace: readonly string[];
};

/** No broken protocol has needed so many states to be caught. */
const MOST_STATES = 600_000;

const LAW_RUNS = 300;

const own = ({ name, budget = {} }: Mutation): Configuration => ({
  ...{ name, shoppers: [1, 1], limit: 1, units: 1, shards: 1, budget },
});

async function caughtByModel(mutation: Mutation): Promise<Caught | undefined> {
  const sound = CONFIGURATIONS.filter(({ large }) => !large);
  for (const config of mutation.budget ? [own(mutation)] : sound) {
    const found = await flawIn(config);
    if (found) return found;
  }
  return undefined;
}

async function flawIn(config: Configuration): Promise<Caught | undefined> {
  const by = `model: ${config.name}`;
  try {
    const { states, flaw } = await explore(config, MOST_STATES);
    return flaw && { by, after: `${states.toLocaleString('en')} states`, trace: traceOf(flaw) };
  } catch (error) {
    // Too large to be explored to its end here: the next one may be small.
    if (error instanceof RangeError && error.message.includes('more than')) return undefined;
    return { by, after: 'an exception', trace: [`     it throws: ${(error as Error).message}`] };
  }
}

async function caughtByLaws({ laws = '' }: Mutation): Promise<Caught | undefined> {
  const { allLaws, runsOf } = await import('../laws/all-laws.ts');
  for (const law of allLaws.filter(({ name }) => name.includes(laws))) {
    const runs = runsOf(law, LAW_RUNS);
    try {
      await law.check(runs, 1);
    } catch (error) {
      const [first = ''] = (error as Error).message.split('\n');
      return { by: `laws: ${law.name}`, after: `${runs} runs at most`, trace: [`     ${first}`] };
    }
  }
  return undefined;
}

const mutation = mutationNamed(process.env['MUTATION'] ?? '');
const model = mutation.laws === undefined ? await caughtByModel(mutation) : undefined;
const caught = model ?? (await caughtByLaws(mutation));
console.log(JSON.stringify(caught ?? null));
process.exit();
