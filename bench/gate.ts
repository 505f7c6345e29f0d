/** @module `gate`: what the gate costs a call, how many rejects a second the front answers, and how large it is. */

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { VirtualClock } from '../local/clock.ts';
import { edgeFunction } from '../local/cloudfront/edge-function.ts';
import { KeyValueStore } from '../local/services/key-value-store.ts';
import { startBareServer } from './bare-server.ts';
import { CALLS, STORE } from './gate-calls.ts';
import { openFront, REJECTS } from './gate-front.ts';
import { requestsPerSecond } from './requests.ts';
import { type Bar, type Figure, type Measured, once, rounds } from './rounds.ts';
import type { Scenario } from './scenario.ts';

/** What `npm run synth` builds, and CloudFront is given. */
const BUILT = fileURLToPath(new URL('../dist/gate.js', import.meta.url));

/** Some tenths of a second of one processor. */
const CALLS_A_ROUND = 10_000;

/** CloudFront stops a function that takes too long; where that is nobody says, so that we stay far below. */
const MOST_MICROSECONDS: Bar = { of: 'median', is: 'at most', value: 25 };

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
      {
        title: 'Rejects at the front of the local stack',
        figures: await frontFigures(count, seconds),
      },
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

async function frontFigures(count: number, seconds: number): Promise<Figure[]> {
  const bare = await startBareServer(403);
  const front = await openFront();
  try {
    const ms = seconds * 1000;
    const bareRound: Measured = {
      name: BARE,
      unit: 'requests/s',
      measure: () =>
        requestsPerSecond({
          origin: bare.url,
          method: 'POST',
          path: '/',
          headers: {},
          status: 403,
          ms,
        }),
    };
    const rejects = REJECTS.map(
      ({ name, status, question }): Measured => ({
        name,
        unit: 'requests/s',
        bar: LEAST_OF_BARE,
        measure: () =>
          requestsPerSecond({
            origin: front.origin,
            method: 'POST',
            status,
            ms,
            ...question(front),
          }),
      }),
    );
    return await rounds(count, [bareRound, ...rejects], BARE);
  } finally {
    await front.stop();
    await bare.close();
  }
}

const bytesOf = (code: string): Figure =>
  once('the function', 'bytes', Buffer.byteLength(code), MOST_BYTES);
