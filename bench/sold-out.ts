/** @module `sold-out`: how many rejects a second the buy function gives after the last unit, and what it asks of AWS. */

import { ask, percentile, perSecond, requestText } from './asker.ts';
import { startBareServer } from './bare-server.ts';
import { type Bar, type Measured, rounds } from './rounds.ts';
import type { Scenario } from './scenario.ts';
import { beyondViews, callsPerThousand } from './sold-out-calls.ts';
import { openSoldOut, type SoldOutShop } from './sold-out-shop.ts';
import { together } from './together.ts';

const BARE = 'bare node:http answering 409';

const CONNECTIONS = 64;

/** Before anything counts: connections are made, code is compiled. */
const WARM_MS = 500;

const NOTHING: Bar = { of: 'median', is: 'at most', value: 0 };

export const soldOut: Scenario = {
  name: 'sold-out',
  about: 'rejects a second through the buy function after the last unit, and its calls of AWS',
  async run({ rounds: count, seconds }) {
    const ms = seconds * 1000;
    const bare = await startBareServer(409);
    try {
      const shop = await openSoldOut();
      try {
        const bareRound: Measured = {
          name: BARE,
          unit: 'requests/s',
          measure: () => bareRate(bare.url, ms),
        };
        const figures = await rounds(count, [bareRound, ...rejects(shop, ms)], BARE);
        return [{ title: 'Rejects of the buy function, 64 connections', figures }];
      } finally {
        await shop.local.stop();
      }
    } finally {
      await bare.close();
    }
  },
};

async function bareRate(origin: string, ms: number): Promise<number> {
  const requests = [requestText('POST', '/', {})];
  const asking = {
    origin,
    requests,
    each: 'again',
    status: 409,
    connections: CONNECTIONS,
  } as const;
  await ask({ ...asking, ms: WARM_MS });
  return perSecond(await ask({ ...asking, ms }));
}

const rejects = (shop: SoldOutShop, ms: number): Measured[] =>
  together(
    () => measure(shop, ms),
    [
      { of: 'rate', name: 'rejects', unit: 'requests/s' },
      { of: 'p50', name: 'half of them within', unit: 'ms' },
      { of: 'p95', name: '95 of 100 within', unit: 'ms' },
      { of: 'p99', name: '99 of 100 within', unit: 'ms' },
      {
        of: 'beyond',
        name: 'DynamoDB calls beyond one look a second and environment',
        unit: 'calls/s',
        bar: NOTHING,
      },
      { of: 'calls', name: 'AWS calls, looks and all', unit: 'per 1,000 rejects' },
    ],
  );

async function measure({ local, press }: SoldOutShop, ms: number) {
  const { stack } = local;
  await press(WARM_MS);
  const runs = () => stack.requests.functions['Buy'] ?? { invocations: 0, coldStarts: 0 };
  const before = { calls: stack.calls.snapshot(), runs: runs().invocations, at: performance.now() };
  const asked = await press(ms);
  const stretch = {
    calls: stack.calls.since(before.calls),
    ms: performance.now() - before.at,
    rejects: asked.answered,
    environments: runs().coldStarts,
  };
  const missing = asked.answered - (runs().invocations - before.runs);
  if (missing > 0) throw new Error(`Cannot measure: ${missing} rejects never came to the function`);
  return {
    rate: perSecond(asked),
    p50: percentile(asked, 0.5),
    p95: percentile(asked, 0.95),
    p99: percentile(asked, 0.99),
    beyond: beyondViews(stretch),
    calls: callsPerThousand(stretch),
  };
}
