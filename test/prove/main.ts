/**
 * @module
 * The proof, as a command: explores, breaks and tries, and prints one table of what was explored and what was found.
 * Ends with status 1 where anything was.
 */

import { Command } from 'commander';
import { faults, listFaults } from '../faults/part.ts';
import { laws } from '../laws/part.ts';
import { model } from '../model/part.ts';
import { mutations } from './mutations-part.ts';
import type { Extent, Part, Row } from './part.ts';
import { closing, line, type Told } from './table.ts';

/** Mutations break the source, one at a time, and are asked for by name. */
const PARTS: readonly Part[] = [model, laws, faults];

type Options = {
  readonly full?: true;
  readonly seed: string;
  readonly only?: string;
  readonly list?: true;
  readonly json?: true;
};

async function prove(names: readonly string[], options: Options): Promise<void> {
  if (options.list) return print(await listFaults());
  const rows: Told[] = [];
  for (const part of chosen(names)) {
    await part.run(extentOf(options), (row: Row) => {
      const told = { part: part.name, ...row };
      rows.push(told);
      if (!options.json) console.log(line(told));
    });
  }
  if (options.json) console.log(JSON.stringify(rows, null, 1));
  else console.log(closing(rows));
  // Servers of a part may still close: the verdict does not wait for them.
  process.exit(rows.length > 0 && rows.every(({ found }) => found.length === 0) ? 0 : 1);
}

function chosen(names: readonly string[]): readonly Part[] {
  const all = [...PARTS, mutations];
  const unknown = names.find((name) => !all.some((part) => part.name === name));
  if (unknown !== undefined) {
    const known = all.map(({ name }) => name).join(', ');
    throw new RangeError(`Cannot prove "${unknown}": the parts are ${known}`);
  }
  return names.length === 0 ? PARTS : all.filter(({ name }) => names.includes(name));
}

function extentOf({ full, seed, only }: Options): Extent {
  if (!/^\d{1,9}$/.test(seed)) {
    throw new RangeError(`Cannot begin with the seed "${seed}": it is a number of 1 to 9 digits`);
  }
  return { full: full === true, seed: Number(seed), ...(only !== undefined && { only }) };
}

const print = (lines: readonly string[]) => console.log(lines.join('\n'));

await new Command('prove')
  .description(
    'Explores the protocol, tries its laws, and breaks the functions, to see the promises kept.',
  )
  .argument('[parts...]', 'model, laws, faults (these three by default), mutations')
  .option('--full', 'everything: an hour or more, instead of minutes')
  .option('--seed <number>', 'where random choices begin', '1')
  .option('--only <text>', 'what has this in its name')
  .option('--list', 'prints the names of all single faults, and runs nothing')
  .option('--json', 'prints the table as JSON')
  .action(prove)
  .parseAsync();
