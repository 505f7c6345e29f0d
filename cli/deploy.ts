import { existsSync, readFileSync } from 'node:fs';
import { Command } from 'commander';
import type { Deployment } from '../adapters/deployment.ts';
import { type BusySale, busySales, QUIET_MINUTES } from '../domain/busy-sales.ts';
import { type Changing, change, changing } from './changing.ts';
import { print } from './output.ts';
import { DEPLOYED_OUTPUTS, reach } from './reach.ts';
import { runCdk } from './run-cdk.ts';
import { instant } from './sale-now.ts';

type Options = Changing & { readonly force?: true; readonly first?: true };

/** `deploy -- CDK ARGUMENTS`: deploys all stacks, but not beside a sale. */
export const deployCommand = () =>
  changing(
    new Command('deploy')
      .description(
        `deploys all stacks, unless a sale is open, opens within ${QUIET_MINUTES} minutes, or has open orders`,
      )
      .argument('[cdk...]', 'arguments of cdk deploy, after --')
      .option('--force', 'deploy all the same')
      .option('--first', 'nothing is deployed yet: there is no sale to disturb')
      .addHelpText(
        'after',
        `
It runs: cdk deploy --all --outputs-file ${DEPLOYED_OUTPUTS}, with your arguments behind. The sales are looked up in the
deployment that the same file names, before.`,
      ),
  ).action(async (args: readonly string[], options: Options) => {
    const file = options.outputs ?? DEPLOYED_OUTPUTS;
    const words = ['deploy', '--all', '--outputs-file', file, ...args];
    const deployed = options.first ? undefined : deployedBefore(file, stageIn(args), options);
    const outcome =
      deployed === undefined ? await run(words) : await runBeside(deployed, words, options);
    print(options, outcome, 'Deployed');
  });

async function run(words: readonly string[]) {
  await runCdk(words);
  return { kind: 'deployed' } as const;
}

/** @throws {Error} where a sale would be disturbed, and nobody wants that */
async function runBeside(deployed: Deployment, words: readonly string[], options: Options) {
  const busy = await lookUp(deployed, options);
  const lines = busy.map(lineOf);
  if (lines.length > 0 && !options.force) {
    throw new Error(`Cannot deploy: ${lines.join('; ')}. Wait, or add --force`);
  }
  const changes = [`cdk ${words.join(' ')}`, ...lines.map((line) => `Although ${line}.`)];
  const detail = { force: options.force ?? false, arguments: words.slice(4).join(' ') };
  return change(deployed, options, { what: 'deploy', detail, changes }, () => run(words));
}

const lineOf = ({ saleId, why, at }: BusySale): string => {
  switch (why) {
    case 'open':
      return `sale "${saleId}" is open until ${instant(at)}`;
    case 'opens-soon':
      return `sale "${saleId}" opens at ${instant(at)}, within ${QUIET_MINUTES} minutes`;
    case 'open-orders':
      return `sale "${saleId}" closed at ${instant(at)} and is still swept: it may have open orders`;
  }
};

async function lookUp(
  { store, catalogue, clock }: Deployment,
  { force }: Options,
): Promise<readonly BusySale[]> {
  try {
    return await busySales(store, await catalogue.sales(), clock());
  } catch (cause) {
    if (force) return [];
    throw cannotFindOut((cause as Error).message, cause);
  }
}

/**
 * The deployment that is about to be replaced.
 *
 * @returns nothing where it cannot be found, and that is as well
 * @throws {Error} where nobody can say what would be disturbed
 */
function deployedBefore(file: string, stage: string, { force }: Options): Deployment | undefined {
  const why = existsSync(file) ? unlikeStage(file, stage) : `there is no file "${file}"`;
  if (why === undefined) return reach({ outputs: file });
  if (force) return undefined;
  throw cannotFindOut(why);
}

/** Why a file of outputs says nothing of a stage, or nothing. */
function unlikeStage(file: string, stage: string): string | undefined {
  const stacks = Object.keys(JSON.parse(readFileSync(file, 'utf8')) as object);
  const isOf = stacks.some((name) => name.startsWith(`FlashSale-${stage}-`));
  return isOf ? undefined : `"${file}" is not of stage "${stage}": it has ${stacks.join(', ')}`;
}

const cannotFindOut = (why: string, cause?: unknown): Error =>
  new Error(
    `Cannot find out whether a deployment would disturb a sale: ${why}. Add --first where nothing is deployed yet, or --force`,
    { cause },
  );

/** The stage that the arguments of cdk name, as `-c stage=prod` or `--context=stage=prod`; dev is the default of cdk. */
function stageIn(args: readonly string[]): string {
  const found = /(?:^|\s)(?:-c|--context)[\s=]+stage=(\w+)/.exec(args.join(' '));
  return found?.[1] ?? 'dev';
}
