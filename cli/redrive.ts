import { LambdaClient } from '@aws-sdk/client-lambda';
import { SQSClient } from '@aws-sdk/client-sqs';
import { Command, Option } from 'commander';
import { callAgain, dealWithLetters, sendAgain } from '../adapters/dead-letters.ts';
import type { Deployment } from '../adapters/deployment.ts';
import { queueUrls } from '../adapters/queue-depths.ts';
import type { Source } from '../domain/dead-letters.ts';
import { type Changing, change, changing } from './changing.ts';
import { DLQ_OF, type Found, findLetters, functionsOf, SOURCES } from './letters.ts';
import { print } from './output.ts';
import { reach } from './reach.ts';
import { choose, letterLines } from './redrive-lines.ts';
import { wholeNumber } from './whole-number.ts';

/** More in one go would take minutes; whoever has more does it again. */
const MOST = 1000;

/** The log's entries stay small. */
const MOST_LOGGED = 50;

type Options = Changing & {
  readonly queue?: Source;
  readonly message?: string[];
  readonly all?: true;
  readonly discard?: true;
  readonly as?: string;
  readonly most: number;
};

const countOf = wholeNumber(
  1,
  MOST,
  (text) => `"${text}" is no number of letters: it must be 1 to ${MOST}`,
);

/** `redrive`: what lies in the dead-letter queues and why; sends it again, or gives it up. */
export const redriveCommand = () =>
  changing(
    new Command('redrive')
      .description(
        'shows what lies in the dead-letter queues and why; with --message or --all sends it again, or gives it up',
      )
      .addOption(
        new Option(
          '--queue <name>',
          'only one of them: what could not be recorded, swept, or run',
        ).choices(SOURCES),
      )
      .option('--message <id...>', 'these letters; the beginning of an id will do')
      .option('--all', 'all that can be sent again; with --discard all that never can')
      .option('--discard', 'give them up: they are deleted, and the log says what they were')
      .option(
        '--as <function>',
        'the function that letters of schedules are for, if they do not say',
      )
      .option('--most <n>', 'how many letters of a queue to look at', countOf, 100),
  ).action(redrive);

async function redrive(options: Options): Promise<void> {
  const deployed = reach(options);
  const functions = functionsOf(deployed.outputs);
  if (options.as !== undefined && !Object.hasOwn(functions, options.as)) {
    const names = Object.keys(functions).join(', ');
    throw new Error(`Cannot call "${options.as}": a schedule calls one of ${names}`);
  }
  const sqs = new SQSClient({ ...deployed.settings, useQueueUrlAsEndpoint: false });
  const found = await findLetters(sqs, deployed.outputs, options);
  const chosen = choose(found, options);
  if (chosen.length === 0) {
    return print(options, { letters: found }, letterLines(found).join('\n'));
  }
  const outcome = await deal(deployed, sqs, chosen, options);
  const stay = outcome.stay.map(({ id, why }) => `${id} stays: ${why}`);
  const done = options.discard ? 'Given up' : 'Sent again';
  print(options, outcome, [...stay, `${done}: ${outcome.done} of ${chosen.length}`].join('\n'));
  if (outcome.stay.length > 0) process.exitCode = 1;
}

/** Letter by letter: tried again or given up, and only then deleted. */
async function deal(
  deployed: Deployment,
  sqs: SQSClient,
  chosen: readonly Found[],
  options: Options,
) {
  const what = options.discard ? 'discard' : 'redrive';
  // What is given up is gone: the log says what it was. Ids of orders and sales, and nothing of shoppers.
  const first = chosen.slice(0, MOST_LOGGED).map(({ id, what: was }) => `${id} ${was}`);
  const detail = { letters: chosen.length, which: first.join('; ') };
  const changes = [...letterLines(chosen), ...chosen.map((one) => intentOf(one, options.discard))];
  return change(deployed, options, { what, detail, changes }, async () => {
    const stay: { readonly id: string; readonly why: string }[] = [];
    for (const [source, letters] of Map.groupBy(chosen, (one) => one.source)) {
      const url = queueUrls(deployed.outputs)[DLQ_OF[source]] ?? '';
      const byId = new Map(letters.map((one) => [one.id, one]));
      const left = await dealWithLetters(sqs, url, new Set(byId.keys()), options.most, ({ id }) =>
        tryAgain(deployed, sqs, byId.get(id), options.discard),
      );
      stay.push(...[...left].map(([id, why]) => ({ id, why })));
    }
    const kind = stay.length === 0 ? 'done' : 'partly-done';
    return { kind, done: chosen.length - stay.length, stay } as const;
  });
}

const intentOf = ({ id, way }: Found, discard?: true): string => {
  if (discard) return `${id} will be deleted.`;
  return way?.to === 'function'
    ? `${id}: "${way.name}" will be called, and waited for.`
    : `${id} will be sent to the ${way?.queue} queue.`;
};

async function tryAgain(
  { outputs, settings }: Deployment,
  sqs: SQSClient,
  letter: Found | undefined,
  discard?: true,
): Promise<string | undefined> {
  if (letter === undefined || discard) return undefined;
  const { way } = letter;
  if (way?.to === 'function') {
    const arn = functionsOf(outputs)[way.name] ?? '';
    return callAgain(new LambdaClient(settings), arn, way.input);
  }
  const url = way && queueUrls(outputs)[way.queue];
  if (url === undefined) return 'the deployment has no output that says where its queue is';
  await sendAgain(sqs, url, letter);
  return undefined;
}
