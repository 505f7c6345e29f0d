/**
 * @module
 * `npm run rehearse`: a whole sale on this machine, with a crowd, and a verdict. Progress goes to standard error, the
 * verdict to standard output.
 *
 * Exit status: 0 when no promise is broken, 1 when one is, 2 for bad usage, 3 when the rehearsal itself failed.
 */

import { startLocalSale } from '../cli/local-sale.ts';
import { reach } from '../cli/reach.ts';
import { readPlanned } from '../cli/read-sale.ts';
import { findSale } from '../domain/catalogue.ts';
import { wholeSale } from '../domain/planned-sale.ts';
import type { Sale } from '../domain/sale.ts';
import { openingAt } from '../domain/sale.ts';
import { easedSale } from './eased-sale.ts';
import { type Options, parseOptions } from './options.ts';
import { type ProgressPrinter, progressOn } from './progress.ts';
import { hasBrokenPromise, type Report } from './report.ts';
import { runElsewhere } from './run-elsewhere.ts';
import {
  CONNECTIONS,
  OPENS_IN_MS,
  PATIENCE_MS,
  type RunOptions,
  runScenario,
} from './run-scenario.ts';
import { type Scenario, USUAL } from './scenarios.ts';
import { reportText } from './text.ts';

/** What a rehearsal ends with. */
type Status = 0 | 1 | 2 | 3;

async function main(args: readonly string[]): Promise<Status> {
  const parsed = parseOptions(args, {
    out: (text) => process.stdout.write(text),
    err: (text) => process.stderr.write(text),
  });
  if (parsed.kind === 'end') return parsed.status;
  const { options } = parsed;
  const { sale: file, running } = options;
  const aim = file === undefined ? await findRunning(running ?? '') : { sale: readSale(file) };
  if (aim.sale === undefined) return 2;
  const progress = progressOn(process.stderr);
  const report = await rehearse(aim.sale, { ...options, ...aim }, progress);
  progress.end();
  console.log(options.json ? JSON.stringify(report) : reportText(report));
  return hasBrokenPromise(report) ? 1 : 0;
}

/** What is published under an id where the command line's own commands reach, and where it is sold. */
async function findRunning(id: string): Promise<{ readonly sale: Sale; readonly url: string }> {
  const { store, outputs } = reach({});
  const sale = await findSale(store, id);
  if (sale === undefined) throw new Error(`Cannot rehearse "${id}": there is no such sale`);
  return { sale, url: outputs.SiteUrl };
}

/** The sale of a file, or nothing once what is wrong with it was said. */
function readSale(path: string): Sale | undefined {
  try {
    const sale = wholeSale(readPlanned(path));
    if (sale) return sale;
    console.error(`Cannot rehearse "${path}": it is made of products; publish it, then --running`);
  } catch (error) {
    console.error((error as Error).message);
  }
  return undefined;
}

function rehearse(
  sale: Sale,
  options: Omit<Options, 'sale' | 'running'>,
  progress: ProgressPrinter,
): Promise<Report> {
  const { shoppers, pay, doubleClick, quantity, seed, difficulty, url } = options;
  const habits = { ...USUAL, shoppers, pay, payAgain: pay, doubleClick, quantity };
  if (url === undefined) {
    progress.say('starting the stack');
    const eased = easedSale(sale, difficulty);
    const scenario = { name: sale.title, sale: eased.sale, habits, again: false };
    return rehearseHere(scenario, { seed, eased: eased.notes, onProgress: progress.show });
  }
  const onProgress = progress.show;
  const limits = { connections: CONNECTIONS, patienceMs: PATIENCE_MS };
  return runElsewhere({ url, sale, habits, seed, onProgress, ...limits });
}

async function rehearseHere(scenario: Scenario, options: RunOptions): Promise<Report> {
  const sale = openingAt(scenario.sale, Date.now() + OPENS_IN_MS);
  const place = await startLocalSale({ sale });
  try {
    return await runScenario(scenario, place, options);
  } finally {
    await place.stop();
  }
}

main(process.argv.slice(2)).then(
  (status) => {
    process.exitCode = status;
  },
  (error: Error) => {
    // What begins so was written for people; anything else is a bug, and needs its stack.
    console.error(error.message.startsWith('Cannot') ? error.message : error);
    process.exitCode = 3;
  },
);
