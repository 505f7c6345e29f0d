/** @module A stack with sales on it and shoppers before it, for one test file. */

import { ScanCommand } from '@aws-sdk/client-dynamodb';
import {
  DeleteScheduleCommand,
  ListSchedulesCommand,
  SchedulerClient,
} from '@aws-sdk/client-scheduler';
import { auditSale } from '../../adapters/audit-sale.ts';
import type { Deployment } from '../../adapters/deployment.ts';
import { type LocalSale, type LocalSaleOptions, startLocalSale } from '../../cli/local-sale.ts';
import { isBroken, type Verdict } from '../../domain/audit.ts';
import type { Claim } from '../../domain/items.ts';
import { orderOf } from '../../domain/order-id.ts';
import { type OrderRecord, recordKey } from '../../domain/order-record.ts';
import { type PublishWorld, publish } from '../../domain/publish.ts';
import type { Item, PublishedSale, Sale } from '../../domain/sale.ts';
import { claimKeyOf } from '../../domain/steps.ts';
import { validateEvent } from '../support/event-schemas.ts';
import { type Mall, openMall, type Purchase, type Shopper } from '../support/shopper.ts';
import { type Provider, startProvider } from './provider.ts';

export const MINUTE_MS = 60_000;

/** Past a payment window of 15 minutes, its grace, and two sweeps. */
export const SWEPT_MS = 19 * MINUTE_MS;

/** Sales open that long after they were published: no schedule may lie nearer. */
const OPENS_IN_MS = 4000;

export type SaleChanges = Partial<Omit<Sale, 'items'>> & {
  readonly items?: readonly Partial<Item>[];
};

/** A sale that opens in some seconds, and closes in two hours. */
export const aSale = (now: number, { items = [{}], ...changes }: SaleChanges): Sale => ({
  id: 'night',
  title: 'Night of the lamps',
  opensAt: now + OPENS_IN_MS,
  closesAt: now + 120 * MINUTE_MS,
  timeZone: 'UTC',
  paymentWindow: 900,
  currency: 'EUR',
  admission: { expectedShoppers: 0, perSecond: 250, difficulty: 0, ticketSeconds: 10 },
  afterExpiry: 'allow',
  ...changes,
  items: items.map((item) => ({
    sku: 'lamp',
    name: 'Lamp',
    price: 1999,
    units: 10,
    limit: 1,
    ...item,
  })),
});

export type Scene = LocalSale &
  Mall &
  Pick<Provider, 'failRefunds' | 'pay'> & {
    publish(changes: SaleChanges): Promise<PublishedSale>;
    /** Publishes a sale without schedules and files: nothing happens to it but what the test does. */
    publishBare(changes: SaleChanges): Promise<PublishedSale>;
    /** Lets all sales open that were published until now. */
    open(): Promise<void>;
    /** Runs one sweep of a sale, and what follows from it. */
    sweep(saleId: string): Promise<void>;
    /** Buys, and comes again as long as the answer is `busy`, as it may be once after units came back. */
    order(shopper: Shopper, saleId: string, purchase?: Purchase): Promise<string>;
    claim(orderId: string): Promise<Claim | undefined>;
    record(orderId: string): Promise<OrderRecord | undefined>;
    /** What the tables hold, item by item. */
    dump(): Promise<readonly string[]>;
    /** What broke of the promises of a sale, after all is settled; nothing when they are kept. */
    broken(saleId: string, crashed?: boolean): Promise<Partial<Verdict['promises']>>;
  };

type SceneOptions = Omit<LocalSaleOptions, 'sale'> & {
  /**
   * Whether sales are reconciled at 03:17, as they are where nobody tests: whatever hour virtual time comes to, it would
   * heal and tell of what a test is about.
   *
   * @default false
   */
  readonly nights?: boolean;
};

/** Starts it. The sale that every stack begins with is called `first`. */
export async function startScene(
  first: SaleChanges = {},
  { nights = false, ...options }: SceneOptions = {},
): Promise<Scene> {
  const sale = aSale(Date.now(), { id: 'first', ...first });
  const local = await startLocalSale({ ...options, sale });
  const { stack, deployment } = local;
  if (!nights) await endNights(deployment);
  const provider = await startProvider(local);
  const { store, clock } = deployment;
  const mall = openMall(stack);
  const at = async <T>(key: Parameters<typeof store.read>[0][number]) =>
    (await store.read([key]))[0] as unknown as T;
  let publishing: Promise<unknown> = Promise.resolve();
  return {
    ...local,
    ...mall,
    sandbox: provider.sandbox,
    failRefunds: provider.failRefunds,
    pay: provider.pay,
    publish: (changes) => published(deployment, aSale(clock(), changes)),
    publishBare(changes) {
      const nothing = async () => {};
      const site = { putSale: nothing, putSlots: nothing };
      const bare = { ...deployment, schedules: { create: nothing }, site };
      // One after another: each change of the KeyValueStore is refused where another came between.
      publishing = publishing.then(() => published(bare, aSale(clock(), changes)));
      return publishing as Promise<PublishedSale>;
    },
    open: () => stack.clock.advance(OPENS_IN_MS),
    async sweep(saleId) {
      await stack.invoke('Sweep', { saleId });
      await stack.settle();
    },
    async order(shopper, saleId, purchase) {
      for (let tries = 1; tries < 3; tries++) {
        const { body } = await shopper.buy(saleId, purchase);
        if (body['code'] !== 'busy') break;
        await stack.clock.advance(1000 * body['retryAfterSeconds']);
      }
      return shopper.order(saleId, purchase);
    },
    claim: (orderId) => {
      const order = orderOf(orderId)!;
      return at(claimKeyOf(order, order.holder));
    },
    record: (orderId) => {
      const order = orderOf(orderId)!;
      return at(recordKey(order, order.holder));
    },
    dump: () => dumpOf(local),
    async broken(saleId, crashed = false) {
      const answers = mall.answers.filter((one) => one.saleId === saleId);
      const verdict = await auditSale(deployment, saleId, { answers, crashed });
      if (!isBroken(verdict)) return {};
      return Object.fromEntries(
        Object.entries(verdict.promises).filter(([, judgement]) => Array.isArray(judgement)),
      );
    },
    async stop() {
      mall.close();
      await provider.stop();
      for (const { detailType, detail } of stack.events) validateEvent(detailType, detail);
      await local.stop();
    },
  };
}

async function endNights({ settings, outputs }: Deployment): Promise<void> {
  const client = new SchedulerClient(settings);
  const { Schedules = [] } = await client.send(
    new ListSchedulesCommand({ GroupName: outputs.ScheduleGroup }),
  );
  const nightly = Schedules.filter(({ Name }) => Name?.includes('Nightly'));
  if (nightly.length === 0) throw new Error('Cannot end nights: no schedule has that name');
  for (const { Name, GroupName } of nightly) {
    await client.send(new DeleteScheduleCommand({ Name, GroupName }));
  }
  client.destroy();
}

async function published(world: PublishWorld, sale: Sale): Promise<PublishedSale> {
  const outcome = await publish(world, sale);
  if (outcome.kind === 'published') return outcome.sale;
  throw new Error(`Cannot publish "${sale.id}": ${outcome.kind}`);
}

async function dumpOf({ deployment: { db, tables } }: LocalSale): Promise<readonly string[]> {
  const names = Object.values(tables);
  const found = await Promise.all(
    names.map((TableName) => db.send(new ScanCommand({ TableName, ConsistentRead: true }))),
  );
  return found
    .flatMap(({ Items = [] }, index) => Items.map((item) => `${names[index]} ${stable(item)}`))
    .sort();
}

const stable = (item: object): string =>
  JSON.stringify(Object.entries(item).sort(([a], [b]) => (a < b ? -1 : 1)));
