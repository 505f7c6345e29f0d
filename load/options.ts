/** @module What `npm run rehearse` can be told. */

import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';

export type Options = {
  /** Path of the sale file; nothing where a running sale is named. */
  readonly sale: string | undefined;
  /** Id of a sale that is published on the stack that the command line finds, as its commands do. */
  readonly running: string | undefined;
  readonly shoppers: number;
  readonly pay: number;
  readonly doubleClick: number;
  readonly quantity: { readonly least: number; readonly most: number };
  readonly seed: number;
  /** The proof of work is no harder than this: the largest number of a challenge; 0: none. */
  readonly difficulty: number;
  readonly json: boolean;
  /** A stack that runs elsewhere. */
  readonly url: string | undefined;
};

/** What the arguments come to: options, or what to say and how to end. */
export type Parsed =
  | { readonly kind: 'options'; readonly options: Options }
  /** The text is printed already. */
  | { readonly kind: 'end'; readonly status: 0 | 2 };

/** More do not fit into one process. */
const MOST_SHOPPERS = 1_000_000;

/** Small: one machine solves the challenges of the whole crowd, and sells to it meanwhile. */
const DIFFICULTY = 200;

/** Reads the arguments; prints help and complaints itself. */
export function parseOptions(
  args: readonly string[],
  print: { readonly out: (text: string) => void; readonly err: (text: string) => void },
): Parsed {
  const command = commandFor().configureOutput({ writeOut: print.out, writeErr: print.err });
  try {
    command.parse(args, { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    return { kind: 'end', status: error.exitCode === 0 ? 0 : 2 };
  }
  const options = command.opts<Options>();
  const { sale, running, url } = options;
  if ((sale === undefined) === (running === undefined)) {
    print.err('error: name a sale: either --sale <file>, or --running <id>\n');
    return { kind: 'end', status: 2 };
  }
  return { kind: 'options', options: { ...options, sale, running, url } };
}

const commandFor = (): Command =>
  new Command('rehearse')
    .description('Sends a crowd through a sale on this machine, and judges what became of it.')
    .option('--sale <file>', 'the sale file')
    .requiredOption('--shoppers <n>', 'how many shoppers come', whole(1, MOST_SHOPPERS))
    .option('--pay <share>', 'share of orders that are paid, 0 to 1', share, 0.8)
    .option('--double-click <share>', 'share of shoppers who press Buy twice at once', share, 0.3)
    .option('--quantity <n>', 'units that each wants, such as 1 or 1-3', quantity, quantity('1'))
    .option('--seed <n>', 'decides who does what', whole(0, 0xffffffff), 1)
    .option(
      '--difficulty <n>',
      'the proof of work is no harder; not with --url',
      whole(0, 1_000_000),
      DIFFICULTY,
    )
    .option('--json', 'print one JSON object and nothing else', false)
    .option('--url <url>', 'a stack that runs elsewhere: nothing is started or judged', address)
    .addOption(
      new Option(
        '--running <id>',
        'in place of --sale: a published sale of the stack that `npm start` runs, or of the one in cdk-outputs.json; nothing is started or judged, `sale audit` does that',
      ).conflicts(['sale', 'url']),
    )
    .allowExcessArguments(false)
    .exitOverride();

const whole = (least: number, most: number) => (text: string) => {
  const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (value >= least && value <= most) return value;
  throw new InvalidArgumentError(`It must be a whole number from ${least} to ${most}.`);
};

function share(text: string): number {
  const value = /^\d*\.?\d+$/.test(text) ? Number(text) : Number.NaN;
  if (value >= 0 && value <= 1) return value;
  throw new InvalidArgumentError('It must be a number from 0 to 1.');
}

function quantity(text: string): Options['quantity'] {
  const [, least = '', most = least] = /^(\d{1,3})(?:-(\d{1,3}))?$/.exec(text) ?? [];
  const range = { least: Number(least), most: Number(most) };
  if (range.least >= 1 && range.most <= 100 && range.least <= range.most) return range;
  throw new InvalidArgumentError('It must be a whole number from 1 to 100, or two with a dash.');
}

function address(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol === 'http:' || url?.protocol === 'https:') return url.origin;
  throw new InvalidArgumentError('It must be an http or https address.');
}
