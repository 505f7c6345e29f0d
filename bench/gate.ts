/** @module `gate`: what the gate costs a call, how many rejects a second the front answers, and how large it is. */

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { VirtualClock } from '../local/clock.ts';
import { edgeFunction } from '../local/cloudfront/edge-function.ts';
import { KeyValueStore } from '../local/services/key-value-store.ts';
import { ask, perSecond, requestText } from './asker.ts';
import { startBareServer } from './bare-server.ts';
import { CALLS, STORE } from './gate-calls.ts';
import { type Asked, openFront, REJECTS } from './gate-front.ts';
import { type Bar, type Figure, type Measured, once, rounds } from './rounds.ts';
import type { Part, Scenario } from './scenario.ts';

/** What `npm run synth` builds, and CloudFront is given. */
const BUILT = fileURLToPath(new URL('../dist/gate.js', import.meta.url));

/** Some tenths of a second of one processor. */
const CALLS_A_ROUND = 10_000;

/** CloudFront stops a function that takes too long; where that is nobody says, so that we stay far below. */
const MOST_MICROSECONDS: Bar = { of: 'median', is: 'at most', value: 25 };

/** Enough to keep a server busy. */
const CONNECTIONS = 64;

/** Six times the 5,056/s of the best correct peer, on two cores of the machine that it was measured on. */
const LEAST_OF_PEER: Bar = { of: 'median', is: 'at least', value: 6 * 5_056 };

const LEAST_OF_BARE: Bar = { of: 'ratio', is: 'at least', value: 0.35 };

/** CloudFront takes no larger function. */
const MOST_BYTES: Bar = { of: 'median', is: 'at most', value: 10_240 };

const BARE = 'bare node:http answering 403';

export const gate: Scenario = {
  name: 'gate',
  about: 'the gate: µs a call, rejects a second beside a bare server, bytes',
  async run({ rounds: count, seconds }) {
    const code = readFileSync(BUILT, 'utf8');
    return [
      { title: 'One call of the function, in Node', figures: await callFigures(code, count) },
      ...(await frontParts(count, seconds)),
      { title: 'Deployed', figures: [bytesOf(code)] },
    ];
  },
};

function callFigures(code: string, count: number): Promise<Figure[]> {
  const clock = new VirtualClock();
  const store = new KeyValueStore('bench', clock, 0);
  const puts = Object.entries(STORE(clock.now())).map(([key, value]) => ({
    key,
    value: JSON.stringify(value),
  }));
  store.change({ puts, deletes: [] });
  const handler = edgeFunction({ name: 'gate', code, storeArn: 'bench' }, store, clock);
  const measured: Measured[] = CALLS(clock.now()).map(({ name, event, answer }) => ({
    name,
    unit: 'µs',
    bar: MOST_MICROSECONDS,
    async measure() {
      const events = Array.from({ length: CALLS_A_ROUND }, () => structuredClone(event));
      const began = performance.now();
      let outcome: unknown;
      for (const one of events) outcome = await handler(one);
      const tookMs = performance.now() - began;
      const status = (outcome as { statusCode?: number }).statusCode ?? 'passed';
      if (status !== answer)
        throw new Error(`Cannot measure "${name}": ${status} in place of ${answer}`);
      return (tookMs * 1000) / CALLS_A_ROUND;
    },
  }));
  return rounds(count, measured);
}

async function frontParts(count: number, seconds: number): Promise<Part[]> {
  const bare = await startBareServer(403);
  const front = await openFront();
  try {
    const ms = seconds * 1000;
    const rate =
      (origin: string, status: number, { path, headers }: Asked) =>
      async () => {
        const requests = [requestText('POST', path, headers)];
        const asking = { origin, requests, status, connections: CONNECTIONS, ms } as const;
        return perSecond(await ask({ ...asking, each: 'again', awake: true }));
      };
    const unit = 'requests/s';
    const bareRound = {
      name: BARE,
      unit,
      measure: rate(bare.url, 403, { path: '/', headers: {} }),
    };
    const rejects = REJECTS.map(({ name, status, question }) => ({
      ...{ name, unit, bar: LEAST_OF_BARE },
      measure: rate(front.origin, status, question(front)),
    }));
    const figures = await rounds(count, [bareRound, ...rejects], BARE);
    return [
      { title: 'Rejects at the front of the local stack', figures },
      { title: 'The same beside the best correct peer', figures: besidePeer(figures) },
    ];
  } finally {
    await front.stop();
    await bare.close();
  }
}

const besidePeer = (figures: readonly Figure[]): Figure[] =>
  figures
    .filter(({ name }) => name !== BARE)
    .map(({ ratio: _, ...figure }) => ({ ...figure, bar: LEAST_OF_PEER }));

const bytesOf = (code: string): Figure =>
  once('the function', 'bytes', Buffer.byteLength(code), MOST_BYTES);
