/** @module `sale`: how many buys a second the whole local path takes, and what stands in the books behind them. */

import { type Asked, ask, percentile, perSecond, requestText } from './asker.ts';
import { startBareServer } from './bare-server.ts';
import { type Remote, startRemote } from './remote.ts';
import { type Bar, type Figure, figureOf, once } from './rounds.ts';
import type { SaleShop } from './sale-process.ts';
import type { Options, Scenario } from './scenario.ts';
import { sdkAssembly } from './sdk-assembly.ts';

const CONNECTIONS = 64;

const NAMES = {
  bare: 'bare node:http answering 201',
  lean: 'the whole path, as it is deployed',
  sdk: 'the same path with the SDK as it comes',
} as const;

type Name = keyof typeof NAMES;

/** What the best correct peer sells: a shop of Node and Postgres, on two cores of the machine it was measured on. */
const PEER = 1_245;

const PEER_BAR: Bar = { of: 'median', is: 'at least', value: Math.ceil(1.3 * PEER) };
const SDK_BAR: Bar = { of: 'ratio', is: 'at least', value: 3.5 };
const P95_BAR: Bar = { of: 'median', is: 'at most', value: 80 };

type Shop = Remote<SaleShop>;

/** Each round of each of them. */
type Seen = Readonly<Record<Name, readonly Asked[]>>;

export const sale: Scenario = {
  name: 'sale',
  about:
    'buys a second through the whole path, their latency, the records and the audit behind them',
  async run(options) {
    const assembly = await sdkAssembly();
    const shops: Shop[] = [];
    const bare = await startBareServer(201);
    try {
      const lean = await openShop(options, shops);
      const sdk = await openShop(options, shops, assembly.folder);
      const seen = await measure(options, bare.url, lean, sdk);
      return [
        { title: `Buys a second, ${CONNECTIONS} connections`, figures: besideBare(seen) },
        { title: 'Beside the SDK as it comes', figures: [besideSdk(seen)] },
        { title: 'Latency of a buy', figures: latencies(seen.lean) },
        { title: 'In the books behind them', figures: await booksOf(lean) },
      ];
    } finally {
      await bare.close();
      for (const shop of shops) await shop.stop();
      await assembly.remove();
    }
  },
};

/** @param shops takes what must be stopped again @param assembly of functions that call over the network */
async function openShop(
  { rounds, seconds }: Options,
  shops: Shop[],
  assembly?: string,
): Promise<Shop> {
  const shop = await startRemote<SaleShop>(new URL('sale-process.ts', import.meta.url));
  shops.push(shop);
  const rush = { connections: CONNECTIONS, ms: rounds * seconds * 1000 };
  await shop.call('open', { ...rush, ...(assembly !== undefined && { assembly }) });
  return shop;
}

async function measure(
  { rounds, seconds }: Options,
  bare: string,
  lean: Shop,
  sdk: Shop,
): Promise<Seen> {
  const rush = { connections: CONNECTIONS, ms: seconds * 1000 };
  const requests = [requestText('POST', '/', {})];
  const run: Readonly<Record<Name, () => Promise<Asked>>> = {
    bare: () => ask({ ...rush, origin: bare, requests, each: 'again', status: 201 }),
    lean: () => lean.call('sell', rush),
    sdk: () => sdk.call('sell', rush),
  };
  const seen: Record<Name, Asked[]> = { bare: [], lean: [], sdk: [] };
  for (let round = 0; round < rounds; round++) {
    for (const name of ['bare', 'lean', 'sdk'] as const) seen[name].push(await run[name]());
  }
  return seen;
}

const rates = (asked: readonly Asked[]): number[] => asked.map(perSecond);

function besideBare({ bare, lean, sdk }: Seen): Figure[] {
  const unit = 'buys/s';
  return [
    figureOf({ name: NAMES.bare, unit: 'requests/s' }, rates(bare)),
    figureOf({ name: NAMES.lean, unit, bar: PEER_BAR }, rates(lean), rates(bare)),
    figureOf({ name: NAMES.sdk, unit }, rates(sdk), rates(bare)),
  ];
}

const besideSdk = ({ lean, sdk }: Seen): Figure =>
  figureOf({ name: NAMES.lean, unit: 'buys/s', bar: SDK_BAR }, rates(lean), rates(sdk));

function latencies(lean: readonly Asked[]): Figure[] {
  const at = (name: string, share: number, bar?: Bar) =>
    figureOf(
      { name, unit: 'ms', ...(bar && { bar }) },
      lean.map((asked) => percentile(asked, share)),
    );
  return [at('p50', 0.5), at('p95', 0.95, P95_BAR), at('p99', 0.99)];
}

/** @throws {Error} where a buy has no order, or the audit finds anything: a fast shop that loses orders is none */
async function booksOf(shop: Shop): Promise<Figure[]> {
  const { acknowledged, recorded, found } = await shop.call('books');
  if (found.length > 0) throw new Error(`Cannot measure: the audit found ${JSON.stringify(found)}`);
  if (recorded !== acknowledged) {
    throw new Error(`Cannot measure: ${acknowledged} buys were acknowledged, ${recorded} recorded`);
  }
  return [
    once('acknowledged', 'buys', acknowledged),
    once('recorded as orders', 'orders', recorded),
    once('findings of the audit', 'findings', 0),
  ];
}
