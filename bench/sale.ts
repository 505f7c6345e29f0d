/** @module `sale`: how many buys a second the whole local path takes, and what stands in the books behind them. */

import { recordCounts } from '../adapters/record-counts.ts';
import { type LocalSale, startLocalSale } from '../cli/local-sale.ts';
import { type Asked, ask, percentile, perSecond, requestText } from './asker.ts';
import { startBareServer } from './bare-server.ts';
import { presses } from './buyers.ts';
import { openSale } from './open-sale.ts';
import { type Bar, type Figure, figureOf, once } from './rounds.ts';
import type { Options, Scenario } from './scenario.ts';
import { sdkAssembly } from './sdk-assembly.ts';

const CONNECTIONS = 64;

/** More than any machine so far sells. Whoever is left over was signed in vain. */
const MOST_A_SECOND = 4_000;

/** Before anything counts: code is compiled once it has run some thousand times, on a slow machine in so many seconds. */
const WARM_BUYS = 3_000;
const WARM_SECONDS = 12;

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

/** A sale that runs, and how many buys it has answered with 201. */
type Shop = { readonly running: LocalSale; acknowledged: number };

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
      for (const { running } of shops) await running.stop();
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
  // Far more than are sold, so that nobody meets an empty shard: that is another scenario.
  const units = Math.ceil(MOST_A_SECOND * (rounds * seconds + WARM_SECONDS));
  const running = await startLocalSale({
    sale: openSale(units, Date.now()),
    ...(assembly !== undefined && { assembly, clients: 'network' }),
  });
  const shop = { running, acknowledged: 0 };
  shops.push(shop);
  for (let second = 0; second < WARM_SECONDS && shop.acknowledged < WARM_BUYS; second++) {
    await sell(shop, 1000);
  }
  return shop;
}

async function sell(shop: Shop, ms: number): Promise<Asked> {
  const { stack } = shop.running;
  const most = Math.ceil((ms / 1000) * MOST_A_SECOND) + CONNECTIONS;
  const requests = await presses(shop.running, most);
  const origin = stack.siteUrl;
  const asking = { origin, requests, each: 'once', status: 201, connections: CONNECTIONS } as const;
  const asked = await ask({ ...asking, ms });
  // The next one is not to be measured while the records of this one are written.
  await stack.settle();
  shop.acknowledged += asked.answered;
  return asked;
}

async function measure(
  { rounds, seconds }: Options,
  bare: string,
  lean: Shop,
  sdk: Shop,
): Promise<Seen> {
  const ms = seconds * 1000;
  const requests = [requestText('POST', '/', {})];
  const asking = { origin: bare, requests, each: 'again', status: 201, connections: CONNECTIONS };
  const run: Readonly<Record<Name, () => Promise<Asked>>> = {
    bare: () => ask({ ...asking, each: 'again', ms }),
    lean: () => sell(lean, ms),
    sdk: () => sell(sdk, ms),
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
async function booksOf({ running, acknowledged }: Shop): Promise<Figure[]> {
  const { deployment, sale: sold } = running;
  const { db, tables } = deployment;
  const { reserved } = await recordCounts(db, tables.orders, { saleId: sold.id, sku: 'unit' });
  const { promises } = await running.audit();
  const found = Object.values(promises).filter(Array.isArray).flat();
  if (found.length > 0) throw new Error(`Cannot measure: the audit found ${JSON.stringify(found)}`);
  if (reserved !== acknowledged) {
    throw new Error(`Cannot measure: ${acknowledged} buys were acknowledged, ${reserved} recorded`);
  }
  return [
    once('acknowledged', 'buys', acknowledged),
    once('recorded as orders', 'orders', reserved),
    once('findings of the audit', 'findings', 0),
  ];
}
