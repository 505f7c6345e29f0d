/**
 * @module
 * `handler`: what a buy costs inside its function, and what it takes to begin. The deployed bundle beside the same handler
 * as esbuild bundles it by default, with the SDK's clients as they come. Each runs in a process of its own that has the
 * variables of Lambda, signs its calls, and sends them over HTTP to a scripted AWS in this process. What TLS costs on AWS
 * is in neither.
 */

import { stat } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { type HandlerAws, startHandlerAws } from './handler-aws.ts';
import { checkCalls } from './handler-calls.ts';
import { type Running, runBundle } from './handler-runs.ts';
import { openedSale, type Press, pressOf } from './handler-shop.ts';
import { variables } from './handler-variables.ts';
import { type Bundle, withPlainBundle } from './plain-bundle.ts';
import { type Bar, type Figure, type Measured, once, rounds } from './rounds.ts';
import type { Options, Scenario } from './scenario.ts';

const LEAN = 'as it is deployed';
const PLAIN = 'the SDK as it comes';

/** Shoppers who press in turn: the scripted AWS does not remember them. */
const CROWD = 500;

/** Before anything counts, in parts of what is measured: the code is compiled, and compiled again. */
const WARM = 2;

const STATUS: Readonly<Record<Press, number>> = { win: 201, late: 409 };

const MOST_OF_PLAIN: Bar = { of: 'ratio', is: 'at most', value: 0.5 };
const MOST_OF_LOAD: Bar = { of: 'ratio', is: 'at most', value: 0.7 };
const MOST_BYTES: Bar = { of: 'median', is: 'at most', value: 260_000 };

/** Functions that a shopper's request waits for, other than buy. */
const OTHERS = ['order', 'payment', 'session', 'status'];

type Lab = {
  readonly aws: HandlerAws;
  readonly events: Readonly<Record<Press, readonly object[]>>;
  readonly plain: Bundle;
  readonly lean: Bundle;
};

export const handler: Scenario = {
  name: 'handler',
  about: 'CPU of a buy inside the function, load and size of bundles, beside the SDK as it comes',
  async run(options) {
    const now = Date.now();
    const sale = openedSale(now);
    const crowd = (press: Press) => Array.from({ length: CROWD }, () => pressOf(sale, press, now));
    const events = { win: crowd('win'), late: crowd('late') };
    const aws = await startHandlerAws(sale);
    try {
      const lean = await deployed('buy');
      return await withPlainBundle(async (plain) => partsOf({ aws, events, plain, lean }, options));
    } finally {
      await aws.close();
    }
  },
};

const partsOf = async (lab: Lab, options: Options) => [
  {
    title: 'CPU of a buy: 3 writes and a message',
    figures: await callFigures(lab, 'win', options),
  },
  {
    title: 'CPU of a reject after the last unit',
    figures: await callFigures(lab, 'late', options),
  },
  { title: 'CPU from nothing, in a fresh process', figures: await beginnings(lab, options) },
  {
    title: 'CPU of loading the others that shoppers wait for',
    figures: await otherLoads(lab, options),
  },
  { title: 'Bundles', figures: await sizes(lab) },
];

/** Both processes live through all rounds, as environments do. */
async function callFigures(lab: Lab, press: Press, options: Options): Promise<Figure[]> {
  const ms = options.seconds * 1000;
  const plain = await runBundle(lab.plain.path, variables(lab.aws.url));
  const lean = await runBundle(lab.lean.path, variables(lab.aws.url));
  try {
    for (const one of [plain, lean]) await microsPerCall(lab, one, press, WARM * ms);
    return await rounds(
      options.rounds,
      [
        { name: PLAIN, unit: 'µs', measure: () => microsPerCall(lab, plain, press, ms) },
        {
          ...{ name: LEAN, unit: 'µs', measure: () => microsPerCall(lab, lean, press, ms) },
          ...(press === 'win' && { bar: MOST_OF_PLAIN }),
        },
      ],
      PLAIN,
    );
  } finally {
    await plain.stop();
    await lean.stop();
  }
}

async function microsPerCall(
  { aws, events }: Lab,
  running: Running,
  press: Press,
  ms: number,
): Promise<number> {
  const before = aws.counts();
  const { calls, micros } = await running.run({ events: events[press], ms, status: STATUS[press] });
  checkCalls(press, calls, before, aws.counts());
  return micros / calls;
}

/** A cold start without Lambda's part: the module, then the first buy, which compiles, connects and reads the keys. */
async function beginnings(lab: Lab, { rounds: count }: Options): Promise<Figure[]> {
  const loads = [lab.plain, lab.lean].map(
    ({ path }) =>
      () =>
        loadMs(lab, path),
  );
  const firsts = [lab.plain, lab.lean].map(
    ({ path }) =>
      () =>
        firstMs(lab, path),
  );
  return [
    ...(await besidePlain(count, 'module load', loads, MOST_OF_LOAD)),
    ...(await besidePlain(count, 'first buy', firsts)),
  ];
}

function besidePlain(
  count: number,
  name: string,
  [plain, lean]: readonly (() => Promise<number>)[],
  bar?: Bar,
): Promise<Figure[]> {
  const baseline = `${name}, ${PLAIN}`;
  const measured = [
    { name: baseline, unit: 'ms', measure: plain },
    { name: `${name}, ${LEAN}`, unit: 'ms', measure: lean, ...(bar && { bar }) },
  ];
  return rounds(count, measured as Measured[], baseline);
}

async function loadMs({ aws }: Lab, path: string): Promise<number> {
  const running = await runBundle(path, variables(aws.url));
  await running.stop();
  return running.loadMicros / 1000;
}

async function firstMs(lab: Lab, path: string): Promise<number> {
  const running = await runBundle(path, variables(lab.aws.url));
  try {
    return (await microsPerCall(lab, running, 'win', 0)) / 1000;
  } finally {
    await running.stop();
  }
}

async function otherLoads(lab: Lab, { rounds: count }: Options): Promise<Figure[]> {
  const others = await Promise.all(OTHERS.map(deployed));
  const measured = others.map(
    ({ path }, index): Measured => ({
      name: OTHERS[index] ?? '',
      unit: 'ms',
      measure: () => loadMs(lab, path),
    }),
  );
  return rounds(count, measured);
}

async function sizes({ plain, lean }: Lab): Promise<Figure[]> {
  const others = await Promise.all(
    OTHERS.map(async (folder) => once(folder, 'bytes', (await deployed(folder)).bytes)),
  );
  return [
    once(`buy, ${PLAIN}`, 'bytes', plain.bytes),
    once(`buy, ${LEAN}`, 'bytes', lean.bytes, MOST_BYTES),
    ...others,
  ];
}

/** What `npm run synth` builds, and Lambda is given. */
async function deployed(folder: string): Promise<Bundle> {
  const path = fileURLToPath(new URL(`../dist/functions/${folder}/index.js`, import.meta.url));
  return { path, bytes: (await stat(path)).size };
}
