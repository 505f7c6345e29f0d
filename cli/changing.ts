/**
 * @module
 * A command that changes something: it shows what will change, asks, writes into the operators' log what is about to be
 * done, does it, and writes down what came of it.
 */

import { confirm, isCancel } from '@clack/prompts';
import type { Command } from 'commander';
import type { Deployment } from '../adapters/deployment.ts';
import { type Act, recorded } from '../domain/journal.ts';
import { jsonOption, type Output } from './output.ts';
import { outputsOption, type Reach } from './reach.ts';

export type Changing = Reach & Output & { readonly yes?: true };

/** Gives a command the options that every change has. */
export const changing = (command: Command): Command =>
  command
    .option('-y, --yes', 'do it without asking')
    .addOption(jsonOption())
    .addOption(outputsOption());

/** What is about to be done, and what it changes: a line each, shown before anybody is asked. */
export type Intent = Act & { readonly changes: readonly string[] };

/**
 * Asks, and does it.
 *
 * @throws {Error} when somebody says no, or nobody can be asked
 */
export async function change<T extends { readonly kind: string }>(
  deployed: Pick<Deployment, 'store' | 'clock' | 'secret' | 'operator'>,
  options: Changing,
  { changes, ...act }: Intent,
  run: () => Promise<T>,
): Promise<T> {
  if (!options.json) for (const line of changes) console.log(line);
  if (!options.yes) await ask(act);
  return recorded(deployed, await deployed.operator(), act, run);
}

async function ask({ what, saleId }: Act): Promise<void> {
  const act = saleId === undefined ? what : `${what} "${saleId}"`;
  if (!process.stdin.isTTY) {
    throw new Error(`Cannot ask whether to ${act}: there is no terminal; add --yes to do it`);
  }
  // On standard error: what a command prints can be piped.
  const answer = await confirm({
    message: `Shall I ${act}?`,
    initialValue: false,
    output: process.stderr,
  });
  if (isCancel(answer) || !answer) throw new Error(`Nothing was changed: you said no to ${act}`);
}
