/** @module `npm run bench -- [scenario …]`: what things cost on this machine, beside a baseline of the same run. */

import { cpus } from 'node:os';
import { Command, InvalidArgumentError } from 'commander';
import { gate } from './gate.ts';
import type { Options, Scenario } from './scenario.ts';
import { table } from './table.ts';

const SCENARIOS: readonly Scenario[] = [gate];

const count = (text: string): number => {
  const value = Number(text);
  if (Number.isInteger(value) && value >= 1 && value <= 100) return value;
  throw new InvalidArgumentError(`${text} is no whole number from 1 to 100`);
};

const names = SCENARIOS.map(({ name, about }) => `  ${name}  ${about}`).join('\n');

const program = new Command('npm run bench --')
  .description(
    'Measures. Medians of several rounds, compared things in turn; figures of different runs do not compare.',
  )
  .argument('[scenarios...]', 'which; all when none is named')
  .option('--rounds <number>', 'rounds', count, 5)
  .option('--seconds <number>', 'how long a rate is measured in each round', count, 2)
  .option('--json', 'figures as JSON')
  .addHelpText('after', `\nScenarios:\n${names}`)
  .action(main);

async function main(wanted: string[], { json, ...options }: Options & { json?: true }) {
  const unknown = wanted.find((name) => !SCENARIOS.some((one) => one.name === name));
  if (unknown !== undefined) program.error(`error: there is no scenario "${unknown}"\n${names}`);
  const machine = `${cpus().length} × ${cpus()[0]?.model.trim()}, Node ${process.version}`;
  const results: object[] = [];
  if (!json) console.log(`${machine}, ${options.rounds} rounds\n`);
  for (const { name, run } of SCENARIOS.filter(
    (one) => wanted.length === 0 || wanted.includes(one.name),
  )) {
    const parts = await run(options);
    results.push({ name, parts });
    if (!json)
      for (const { title, figures } of parts)
        console.log(`${table(`${name}: ${title}`, figures)}\n`);
  }
  if (json) console.log(JSON.stringify({ machine, ...options, results }));
}

await program.parseAsync();
