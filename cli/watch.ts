import { Command, InvalidArgumentError } from 'commander';
import { liveSource, type Sample } from '../adapters/live-source.ts';
import { type Moment, remember } from '../domain/pace.ts';
import { jsonOption, type Output } from './output.ts';
import { outputsOption, type Reach, reach } from './reach.ts';
import { openScreen, type Screen } from './screen.ts';
import { watchObject } from './watch-object.ts';
import { type View, watchLine, watchLines } from './watch-view.ts';

/** A second of a sale of 1,000 shards costs 10 BatchGetItem: $0.0001. */
const LIMITS = { shards: 1000, claims: 1000 };

const PERIOD_MS = 1000;

/** A second that cannot be read is shown as such; so many in a row end it. */
const MOST_FAILURES = 10;

type Options = Reach & Output & { readonly seconds?: number };

const secondsOf = (text: string): number => {
  if (/^[1-9]\d{0,5}$/.test(text)) return Number(text);
  throw new InvalidArgumentError(`"${text}" is no number of seconds: it must be 1 to 999999`);
};

/** `watch SALE`: its figures, every second. */
export const watchCommand = () =>
  new Command('watch')
    .description(
      'shows a sale live, every second, until Ctrl-C: figures, pace, queues, a small chart; a line each where there is no terminal',
    )
    .argument('<sale>', 'id of the sale')
    .option('--seconds <n>', 'end after so long', secondsOf)
    .addOption(jsonOption('print one JSON object a second'))
    .addOption(outputsOption())
    .action(watch);

async function watch(saleId: string, options: Options): Promise<void> {
  const sample = liveSource(reach(options), saleId, LIMITS);
  // Before the screen is taken: what is wrong from the start is an error like any other.
  const first = await sample();
  if (first === undefined) throw new Error(`Cannot watch "${saleId}": there is no such sale`);
  const stopped = new AbortController();
  const stop = () => stopped.abort();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, stop);
  const output = outputFor(options);
  try {
    await everySecond(first, sample, output, stopped.signal, options.seconds);
  } finally {
    output.end();
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.off(signal, stop);
  }
}

type Out = {
  show(view: View): void;
  /** A second that could not be read. */
  fail(why: string): void;
  end(): void;
};

type Reading = () => Promise<Sample | undefined>;

async function everySecond(
  first: Sample,
  read: Reading,
  output: Out,
  stopped: AbortSignal,
  seconds = Number.POSITIVE_INFINITY,
): Promise<void> {
  const show = remembering(output);
  const again = forgiving(read, output);
  const from = performance.now();
  show(first);
  for (let second = 1; second <= seconds; second++) {
    // By the clock, so that a slow read does not put off all that follow.
    await pause(from + second * PERIOD_MS - performance.now(), stopped);
    if (stopped.aborted || second === seconds) return;
    const sample = await again();
    if (sample !== undefined) show(sample);
  }
}

/** Shows each sample with those before it. */
function remembering(output: Out): (sample: Sample) => void {
  let history: readonly Moment[] = [];
  let emptyAt: number | undefined;
  return (sample) => {
    history = remember(history, sample.at, sample.items);
    if (!hasWaiting(sample)) emptyAt = sample.at;
    emptyAt ??= sample.at;
    output.show({ sample, history, waitingMs: sample.at - emptyAt });
  };
}

/** Says what could not be read, and bears it some times in a row. */
function forgiving(read: Reading, output: Out): Reading {
  let failures = 0;
  return async () => {
    try {
      const sample = await read();
      failures = 0;
      return sample;
    } catch (error) {
      if (++failures >= MOST_FAILURES) throw error;
      output.fail((error as Error).message);
      return undefined;
    }
  };
}

const hasWaiting = ({ queues: { orders } }: Sample): boolean =>
  'waiting' in orders && orders.waiting > 0;

const pause = (ms: number, stopped: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (stopped.aborted) return resolve();
    const timer = setTimeout(resolve, Math.max(0, ms));
    stopped.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });

function outputFor(options: Options): Out {
  if (options.json) {
    const print = (value: unknown) => console.log(JSON.stringify(value));
    return {
      show: (view) => print(watchObject(view)),
      fail: (error) => print({ error }),
      end() {},
    };
  }
  return process.stdout.isTTY ? onTerminal(openScreen(process.stdout)) : onPipe;
}

const onPipe: Out = {
  show: (view) => console.log(watchLine(view)),
  fail: (why) => console.error(`Cannot read the sale this second: ${why}`),
  end() {},
};

function onTerminal(screen: Screen): Out {
  let shown: View | undefined;
  let trouble: readonly string[] = [];
  const look = () => ({
    width: process.stdout.columns,
    // As Node itself decides: NO_COLOR, FORCE_COLOR, and what the terminal can do.
    colour: process.stdout.hasColors(),
  });
  const draw = () => {
    if (shown) screen.draw([...watchLines(shown, look()), ...trouble, '', 'Ctrl-C ends it']);
  };
  process.stdout.on('resize', draw);
  return {
    show(view) {
      [shown, trouble] = [view, []];
      draw();
    },
    fail(why) {
      trouble = ['', `Cannot read the sale this second: ${why}`];
      draw();
    },
    end() {
      process.stdout.off('resize', draw);
      screen.close();
      // The last figures stay on the terminal.
      if (shown) console.log(watchLines(shown, look()).join('\n'));
    },
  };
}
