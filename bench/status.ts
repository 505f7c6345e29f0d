/** @module `status`: how many pollers the edge's cache answers, and what they cost behind it. */

import { type LocalSale, startLocalSale } from '../cli/local-sale.ts';
import { ask, percentile, perSecond, requestText } from './asker.ts';
import { startBareServer } from './bare-server.ts';
import { openSale } from './open-sale.ts';
import { type Bar, type Measured, rounds } from './rounds.ts';
import type { Scenario } from './scenario.ts';
import { together } from './together.ts';

const BARE = 'bare node:http answering 200 with as many bytes';

const UNITS = 1_000;

/** Each with a cookie and a query of their own: what is kept for one is answered to all. */
const POLLERS = 1_000;

/** Before anything counts: connections are made, code is compiled. */
const WARM_MS = 500;

/** Once a second, and once more, for an answer may run out both at the beginning and at the end of a short stretch. */
const ONCE_A_SECOND: Bar = { of: 'median', is: 'at most', value: 2 };

/** The behaviour that status pages come through. */
const PATTERN = '/api/sales/*';

export const status: Scenario = {
  name: 'status',
  about: "pollers a second that the edge's cache answers, and the requests behind it",
  async run({ rounds: count, seconds }) {
    const ms = seconds * 1000;
    const local = await startLocalSale({ sale: openSale(UNITS, Date.now()), throttles: false });
    try {
      const body = await (await fetch(`${local.stack.siteUrl}${pathOf(local)}`)).text();
      const bare = await startBareServer(200, body);
      try {
        const asked = [requestText('GET', '/', {})];
        const bareRound: Measured = {
          name: BARE,
          unit: 'requests/s',
          measure: async () => perSecond(await poll(bare.url, asked, 64, ms)),
        };
        const figures = [bareRound, ...polls(local, 8, ms), ...polls(local, 64, ms)];
        return [
          {
            title: `Polls of a status page of ${body.length} bytes`,
            figures: await rounds(count, figures, BARE),
          },
        ];
      } finally {
        await bare.close();
      }
    } finally {
      await local.stop();
    }
  },
};

const pathOf = ({ sale }: LocalSale): string => `/api/sales/${sale.id}`;

async function poll(origin: string, requests: readonly string[], connections: number, ms: number) {
  const asking = { origin, requests, each: 'again', status: 200, connections } as const;
  await ask({ ...asking, ms: WARM_MS });
  return ask({ ...asking, ms });
}

function polls(local: LocalSale, connections: number, ms: number): Measured[] {
  const named = (what: string) => `${connections} connections: ${what}`;
  return together(
    () => measure(local, connections, ms),
    [
      { of: 'rate', name: named('polls'), unit: 'requests/s' },
      { of: 'p95', name: named('95 of 100 within'), unit: 'ms' },
      { of: 'origin', name: named('origin'), unit: 'asked/s', bar: ONCE_A_SECOND },
      { of: 'runs', name: named('status function'), unit: 'runs/s' },
      { of: 'tables', name: named('DynamoDB'), unit: 'calls/s' },
    ],
  );
}

async function measure(local: LocalSale, connections: number, ms: number) {
  const { stack } = local;
  const requests = Array.from({ length: POLLERS }, (_, number) =>
    requestText('GET', `${pathOf(local)}?poller=${number}`, { cookie: `fs_session=${number}` }),
  );
  const before = { ...countsOf(local), calls: stack.calls.snapshot(), at: performance.now() };
  const asked = await poll(stack.siteUrl, requests, connections, ms);
  const after = countsOf(local);
  if (after.requests - before.requests < asked.answered) {
    throw new Error(`Cannot measure polls: they did not come through "${PATTERN}"`);
  }
  const seconds = (performance.now() - before.at) / 1000;
  const tables = stack.calls
    .since(before.calls)
    .filter((call) => call.function === 'Status' && call.service === 'dynamodb')
    .reduce((sum, { calls }) => sum + calls, 0);
  return {
    rate: perSecond(asked),
    p95: percentile(asked, 0.95),
    origin: (after.origin - before.origin) / seconds,
    runs: (after.runs - before.runs) / seconds,
    tables: tables / seconds,
  };
}

const countsOf = ({ stack }: LocalSale) => ({
  requests: stack.requests.front[PATTERN]?.requests ?? 0,
  origin: stack.requests.front[PATTERN]?.origin ?? 0,
  runs: stack.requests.functions['Status']?.invocations ?? 0,
});
