/**
 * @module
 * `npm run load:local`: the load scenarios against a sale on this machine, for some seconds each, and an audit after each.
 *
 * Exit status: 0 when all is well, 1 when a threshold or a promise is broken, 2 for bad usage or without a k6, 3 when
 * a run itself failed.
 */

import { Command, CommanderError, InvalidArgumentError } from 'commander';
import { promiseLines } from '../../cli/promise-lines.ts';
import { wholeNumber } from '../../cli/whole-number.ts';
import { findingsOf, isBroken } from '../../domain/audit.ts';
import { findK6 } from './binary.ts';
import { CROSSED, type LocalRun, runLocally } from './local-run.ts';
import { LOCAL_SCENARIOS, type LocalScenario, notShown } from './local-sales.ts';
import type { Report } from './report.ts';

type Options = {
  readonly seconds: number;
  readonly out: string;
  readonly lie: boolean;
  readonly judgeTime: boolean;
};

const secondsOf = wholeNumber(1, 600, (text) => `${text} is no time: it must be 1 to 600 seconds`);

const known = LOCAL_SCENARIOS.map(({ name }) => name).join(', ');

function named(name: string, before: readonly LocalScenario[] = []): readonly LocalScenario[] {
  const found = LOCAL_SCENARIOS.find((one) => one.name === name);
  if (found) return [...before, found];
  throw new InvalidArgumentError(`There are ${known}.`);
}

const program = new Command('npm run load:local --')
  .description('Plays the load scenarios against a sale on this machine with k6, and audits it.')
  .argument('[scenarios...]', `which of ${known}; all when none is named`, named)
  .option('--seconds <n>', 'how long shoppers go on arriving', secondsOf, 8)
  .option('--out <folder>', 'where reports and logs go', '.local/load')
  .option('--judge-time', 'bars of time count too', false)
  .option(
    '--lie',
    'put somebody between crowd and shop who tells of two orders where there is one: each run must be found broken',
    false,
  )
  .exitOverride();

async function main(args: readonly string[]): Promise<number> {
  program.parse(args, { from: 'user' });
  const options = program.opts<Options>();
  const scenarios = (program.processedArgs[0] ?? []) as readonly LocalScenario[];
  const k6 = k6OrWhy();
  if (k6 === undefined) return 2;
  let isWell = true;
  for (const scenario of scenarios.length > 0 ? scenarios : LOCAL_SCENARIOS) {
    isWell = (await isWellPlayed(scenario, k6, options)) && isWell;
  }
  return isWell ? 0 : 1;
}

async function isWellPlayed(
  scenario: LocalScenario,
  k6: string,
  { seconds, out, lie: isLiedTo, judgeTime }: Options,
): Promise<boolean> {
  const run = await runLocally(scenario, { k6, seconds, out, isLiedTo, judgeTime });
  const faults = isLiedTo ? faultsOfLie(run) : faultsOf(scenario, run);
  print(run, faults, isLiedTo);
  return faults.length === 0;
}

function k6OrWhy(): string | undefined {
  try {
    return findK6(process.env);
  } catch (error) {
    console.error((error as Error).message);
    return undefined;
  }
}

/** What is wrong with a run, a line each. */
const faultsOf = (
  scenario: LocalScenario,
  { exit, report, verdict, answers }: LocalRun,
): string[] => [
  ...(exit === CROSSED ? ['a threshold was crossed'] : []),
  ...(report.correct ? [] : ['a rule was broken']),
  ...(isBroken(verdict) ? ['the audit found a promise broken'] : []),
  ...(answers < goodPresses(report)
    ? [`the audit was given ${answers} of ${goodPresses(report)} answers`]
    : []),
  ...notShown(scenario, report),
];

/** Presses by shoppers: what thieves are answered is judged by itself. */
const goodPresses = ({ presses, badPresses }: Report): number => sum(presses) - sum(badPresses);

const sum = (counts: Report['presses']): number =>
  counts.reduce((total, { count }) => total + count, 0);

/** Nobody was deceived: what was to be shown is that a lie is noticed. */
const faultsOfLie = ({ exit, report }: LocalRun): string[] =>
  exit === CROSSED && !report.correct ? [] : ['the lie was not noticed'];

function print({ verdict, complaints }: LocalRun, faults: readonly string[], isLiedTo: boolean) {
  if (!isLiedTo) {
    const { promises } = verdict;
    console.log(['', ...promiseLines(promises, (name) => findingsOf(promises[name]))].join('\n'));
  }
  if (complaints.length > 0)
    console.log(['', 'The scripts said:', ...first(complaints)].join('\n'));
  const well = isLiedTo ? 'Noticed, as it must be.' : 'All is well.';
  console.log(`\n${faults.length === 0 ? well : `Not well: ${faults.join('; ')}.`}\n`);
}

/** As many lines as somebody reads. */
const first = (lines: readonly string[]): string[] =>
  lines.length > 10 ? [...lines.slice(0, 10), `… and ${lines.length - 10} more`] : [...lines];

main(process.argv.slice(2)).then(
  (status) => {
    process.exitCode = status;
  },
  (error: Error) => {
    if (error instanceof CommanderError) {
      process.exitCode = error.exitCode === 0 ? 0 : 2;
      return;
    }
    // What begins so was written for people; anything else is a bug, and needs its stack.
    console.error(error.message.startsWith('Cannot') ? error.message : error);
    process.exitCode = 3;
  },
);
