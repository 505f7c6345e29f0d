/** @module One shop with an open sale, in a process of its own, and the crowd before it. */

import { recordCounts } from '../adapters/record-counts.ts';
import { type LocalSale, startLocalSale } from '../cli/local-sale.ts';
import { type Asked, ask } from './asker.ts';
import { presses } from './buyers.ts';
import { openSale } from './open-sale.ts';
import { serve } from './remote.ts';

/** More than any machine so far sells. Whoever is left over was signed in vain. */
const MOST_A_SECOND = 4_000;

/** Before anything counts: code is compiled once it has run some thousand times, on a slow machine in so many seconds. */
const WARM_BUYS = 3_000;
const WARM_SECONDS = 12;

/** Over how many connections shoppers press, and for how long. */
type Rush = { readonly connections: number; readonly ms: number };

/** All the rushes that will come. */
type Opening = Rush & {
  /** Of functions that call over the network, in place of the deployed ones. */
  readonly assembly?: string;
};

let shop: LocalSale | undefined;
let acknowledged = 0;

const offer = { open, sell, books, stop: async () => shop?.stop() };

export type SaleShop = typeof offer;

serve(offer);

async function open({ connections, ms, assembly }: Opening): Promise<void> {
  // Far more than are sold, so that nobody meets an empty shard: that is another scenario.
  const units = Math.ceil(MOST_A_SECOND * (ms / 1000 + WARM_SECONDS));
  shop = await startLocalSale({
    sale: openSale(units, Date.now()),
    ...(assembly !== undefined && { assembly, clients: 'network' }),
  });
  for (let second = 0; second < WARM_SECONDS && acknowledged < WARM_BUYS; second++) {
    await sell({ connections, ms: 1000 });
  }
}

async function sell({ connections, ms }: Rush): Promise<Asked> {
  const { stack } = opened();
  const most = Math.ceil((ms / 1000) * MOST_A_SECOND) + connections;
  const requests = await presses(opened(), most);
  const origin = stack.siteUrl;
  const asking = { origin, requests, each: 'once', status: 201, connections } as const;
  const asked = await ask({ ...asking, ms });
  // The next one is not to be measured while the records of this one are written.
  await stack.settle();
  acknowledged += asked.answered;
  return asked;
}

/** How many buys were acknowledged, how many of them are recorded, and what the audit finds. */
async function books() {
  const { deployment, sale, audit } = opened();
  const { db, tables } = deployment;
  const { reserved } = await recordCounts(db, tables.orders, { saleId: sale.id, sku: 'unit' });
  const { promises } = await audit();
  const found = Object.values(promises).filter(Array.isArray).flat();
  return { acknowledged, recorded: reserved, found };
}

function opened(): LocalSale {
  if (shop === undefined) throw new Error('Cannot sell: nothing is open');
  return shop;
}
