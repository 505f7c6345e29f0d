/** @module `npm run bench -- [scenario …]`: what things cost on this machine, beside a baseline of the same run. */

import { Command, InvalidArgumentError } from 'commander';
import { gate } from './gate.ts';
import { growth } from './growth.ts';
import { handler } from './handler.ts';
import { inWords, thisMachine, watchBusiness } from './machine.ts';
import { barredIn, type Measurement } from './measurement.ts';
import { countOf, reachedText } from './measurement-pages.ts';
import { save, writePages } from './record.ts';
import { sale } from './sale.ts';
import type { Options, Scenario } from './scenario.ts';
import { soldOut } from './sold-out.ts';
import { status } from './status.ts';
import { sweep } from './sweep.ts';
import { barText, table } from './table.ts';

const SCENARIOS: readonly Scenario[] = [sale, gate, handler, soldOut, status, sweep, growth];

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
  .option('--save', 'keeps the figures of all scenarios in docs/measurements, and quotes them')
  .option('--pages', 'writes what quotes measurements again, and measures nothing')
  .addHelpText('after', `\nScenarios:\n${names}`)
  .action(main);

type Wanted = Options & { readonly json?: true; readonly save?: true; readonly pages?: true };

async function main(wanted: string[], { json, save: isKept, pages, ...options }: Wanted) {
  if (pages) return writePages();
  const unknown = wanted.find((name) => !SCENARIOS.some((one) => one.name === name));
  if (unknown !== undefined) program.error(`error: there is no scenario "${unknown}"\n${names}`);
  // What the README quotes is whole: figures of one run on one machine.
  if (isKept && wanted.length > 0) program.error('error: --save keeps all scenarios: name none');
  const measured = SCENARIOS.filter(({ name }) => wanted.length === 0 || wanted.includes(name));
  const measurement = await measure(measured, options, json ? () => {} : console.log);
  if (json) console.log(JSON.stringify(measurement));
  else console.log(barsIn(measurement));
  // Whoever reads JSON from standard output is told of the file elsewhere.
  if (isKept) console.error(`Saved ${save(measurement)}`);
}

async function measure(
  scenarios: readonly Scenario[],
  options: Options,
  print: (text: string) => void,
): Promise<Measurement> {
  const date = new Date().toISOString();
  const machine = thisMachine();
  const business = watchBusiness();
  print(`${inWords(machine)}, ${options.rounds} rounds\n`);
  const results: Measurement['results'][number][] = [];
  for (const { name, run } of scenarios) {
    const parts = await run(options);
    results.push({ name, parts });
    for (const { title, figures } of parts) print(`${table(`${name}: ${title}`, figures)}\n`);
  }
  return { date, ...options, machine: { ...machine, ...business() }, results };
}

/** How many bars are met, and each that is not. */
function barsIn(measurement: Measurement): string {
  const barred = barredIn(measurement);
  const unmet = barred
    .filter(({ isMet }) => !isMet)
    .map(
      (one) => `  ${one.scenario}: ${one.title}: ${one.name}: ${reachedText(one)}, ${barText(one)}`,
    );
  return [countOf(barred), ...unmet].join('\n');
}

await program.parseAsync();
