/** @module One size of shop: its sales published, its shoppers of earlier days loaded, its stack in a process of its own. */

import { auditSale } from '../adapters/audit-sale.ts';
import { type Deployment, deployment, outputsFrom } from '../adapters/deployment.ts';
import { findingsOf, isBroken, PROMISES } from '../domain/audit.ts';
import { shardsFor } from '../domain/grant.ts';
import { blocksOf, type Hint, hintKey } from '../domain/items.ts';
import { publish } from '../domain/publish.ts';
import type { PublishedSale } from '../domain/sale.ts';
import { type Asked, ask } from './asker.ts';
import { presses } from './buyers.ts';
import type { GrowthStack, Memory, Processors, SweepsRun } from './growth-process.ts';
import { draft, load } from './loader.ts';
import { publishLarge } from './million.ts';
import { LONG_WINDOW_SECONDS, openSale } from './open-sale.ts';
import { type Remote, startRemote } from './remote.ts';
import { flawOf } from './sweep-run.ts';

export type Size = {
  /** Of all sales together. */
  readonly units: number;
  readonly sales: number;
  /** Who have bought at an earlier sale: a claim and an order record each. */
  readonly shoppers: number;
};

export type GrowthShop = {
  /**
   * Has so many new shoppers press Buy, spread over all sales, and waits until the orders are recorded.
   *
   * @throws {Error} where one of them gets no unit
   */
  sell(buys: number, connections: number): Promise<Asked>;
  /** Sweeps every sale. @throws {Error} where it leaves another number of open orders than were sold */
  sweep(): Promise<SweepsRun>;
  /** How many orders are open. */
  readonly open: number;
  processors(): Promise<Processors>;
  memory(): Promise<Memory>;
  /** Judges the first sale and the last; the sweeps have counted all. @throws {Error} where a promise is broken */
  audit(): Promise<void>;
  stop(): Promise<void>;
};

const HOUR_MS = 3_600_000;

/** Buys a second of all sales together, which shards must be able to take. */
const PER_SECOND = 5_000;

/** Until a sweep looks at an order. */
const YOUNG_MS = 60_000;

const nothing = async () => {};

const earlier = new Map<number, ReturnType<typeof ordersOf>>();

/** What an earlier sale has left in the tables, made once for each number of shoppers. */
async function ordersOf(shoppers: number) {
  const now = Date.now() - HOUR_MS;
  const store = draft();
  const sale = await publishLarge(store, 2 * shoppers, now, () => 'a'.repeat(32));
  await sale.order(shoppers, now);
  await sale.pay(now);
  return store.take();
}

export async function openGrowthShop(size: Size): Promise<GrowthShop> {
  const module = new URL('growth-process.ts', import.meta.url);
  const stack = await startRemote<GrowthStack>(module, { execArgv: ['--expose-gc'] });
  try {
    return await fill(stack, size);
  } catch (error) {
    await stack.stop();
    throw error;
  }
}

async function fill(stack: Remote<GrowthStack>, size: Size): Promise<GrowthShop> {
  let offset = 0;
  const now = () => Date.now() + offset;
  const { awsUrl, outputs } = await stack.call('reached');
  const reached = deployment(outputsFrom(outputs), { endpoint: awsUrl, clock: now });
  const store = draft();
  const sales = await publishAll({ ...reached, store }, size, now());
  const history = earlier.get(size.shoppers) ?? ordersOf(size.shoppers);
  earlier.set(size.shoppers, history);
  await load(reached.db, reached.tables, [...(await history), ...store.take()]);
  const shards = shardsFor(size.units / size.sales, PER_SECOND / size.sales);
  const blocks = blocksOf(shards);
  const ranges = size.sales * blocks.length;
  let sold = 0;
  return {
    get open() {
      return sold;
    },
    async sell(buys, connections) {
      const shop = { deployment: reached, stack: { clock: { now } } };
      const each = Math.ceil(buys / sales.length);
      const bySale = await Promise.all(sales.map((sale) => presses({ ...shop, sale }, each)));
      const requests = inTurn(bySale).slice(0, buys);
      const origin = outputs['SiteUrl'] ?? '';
      const asked = await ask({
        ...{ origin, requests, each: 'all', status: 201, ms: 0 },
        connections: Math.min(buys, connections),
      });
      sold += asked.answered;
      await stack.call('settle');
      return asked;
    },
    async sweep() {
      await stack.call('advance', YOUNG_MS);
      offset += YOUNG_MS;
      const run = await stack.call('sweep', { sales: sales.map(({ id }) => id), ranges });
      const keys = sales.flatMap((sale) =>
        blocks.map((block) => hintKey({ saleId: sale.id, sku: 'unit' }, block)),
      );
      const hints = (await reached.store.read(keys)) as readonly (Hint | undefined)[];
      const flaw = flawOf(hints, run.startedAt, sold);
      if (flaw !== undefined) throw new Error(`Cannot measure a sweep: ${flaw}`);
      return run;
    },
    processors: () => stack.call('processors'),
    memory: () => stack.call('memory'),
    async audit() {
      for (const { id } of new Set([...sales.slice(0, 1), ...sales.slice(-1)])) {
        await assertClean(reached, id);
      }
    },
    stop: stack.stop,
  };
}

async function assertClean(reached: Deployment, saleId: string): Promise<void> {
  const verdict = await auditSale(reached, saleId);
  if (!isBroken(verdict)) return;
  const [found] = PROMISES.flatMap((name) => findingsOf(verdict.promises[name]));
  throw new Error(`Cannot measure growth: the audit is not clean: ${found?.id} ${found?.what}`);
}

/** One of each, then the next of each. */
const inTurn = <T>(lists: readonly (readonly T[])[]): T[] =>
  Array.from({ length: Math.max(...lists.map(({ length }) => length)) }, (_, at) =>
    lists.flatMap((list) => list.slice(at, at + 1)),
  ).flat();

async function publishAll(
  world: Parameters<typeof publish>[0],
  { units, sales }: Size,
  now: number,
): Promise<PublishedSale[]> {
  const published: PublishedSale[] = [];
  for (let number = 0; number < sales; number++) {
    const sale = openSale(units / sales, now, `growth-${number}`);
    const outcome = await publish(
      { ...world, schedules: { create: nothing }, site: { putSale: nothing, putSlots: nothing } },
      {
        ...sale,
        paymentWindow: LONG_WINDOW_SECONDS,
        admission: { ...sale.admission, perSecond: PER_SECOND / sales },
      },
    );
    if (outcome.kind !== 'published')
      throw new Error(`Cannot publish "${sale.id}": ${outcome.kind}`);
    published.push(outcome.sale);
  }
  return published;
}
