/**
 * @module
 * A storm: everything that can happen to a few units, at the same time, in an order and with crashes that a seed
 * decides. And the calm after it: payments are delivered until they are taken, and the sweep runs alone.
 */

import { restock } from '../../domain/grant.ts';
import { cancel, findOrder } from '../../domain/order.ts';
import { orderIdOf, partsOf } from '../../domain/order-id.ts';
import { purchase } from '../../domain/purchase.ts';
import { recordAll } from '../../domain/record-all.ts';
import { sweepSale } from '../../domain/sweep-sale.ts';
import { takePayment } from '../../domain/take-payment.ts';
import { anItem } from './sales.ts';
import { buyerKeyOf, openShop, type Shop } from './shop.ts';
import { turns } from './turns.ts';

/** What is at stake. */
export type Scene = {
  readonly units: number;
  readonly limit: number;
  readonly perSecond: number;
  readonly price: number;
};

/** Who takes part. */
export const NAMES = ['ada', 'bob', 'eve'];

/** How many rounds, and how many things begin in each. */
const ROUNDS = 8;
const STARTS = 5;

/** Times between rounds: within a second, after a scan, after a lease, after a payment window. */
const PAUSES_MS = [100, 1500, 31_000, 121_001];

export type Storm = {
  readonly shop: Shop;
  /** Orders that a buy has answered. */
  readonly acknowledged: ReadonlySet<string>;
  readonly payments: ReadonlyMap<string, { readonly orderId: string; readonly amount: number }>;
  /** References of payments that went back. */
  readonly refunded: string[];
  /** What was thrown. */
  readonly failures: unknown[];
};

type Bench = ReturnType<typeof bench>;

/** The shop's world, each of whose calls takes turns. */
function bench(shop: Shop, seed: number, crashes: number) {
  const t = turns(seed, crashes);
  const acknowledged = new Set<string>();
  const payments = new Map<string, { orderId: string; amount: number }>();
  const refunded: string[] = [];
  const refund = async ({ payment }: { payment: string }) => {
    refunded.push(payment);
  };
  const world = {
    ...shop.world,
    store: t.port(shop.world.store),
    queue: t.port(shop.world.queue),
    payments: t.port({ refund }),
  };
  const pick = <T>(of: readonly T[]): T => of[Math.floor(t.throwDice() * of.length)] as T;
  return { shop, t, world, pick, acknowledged, payments, refunded };
}

async function buy({ shop, t, world, pick, acknowledged }: Bench, limit: number) {
  const name = pick(NAMES);
  const buyer = { buyerKey: buyerKeyOf(name), shopper: name, transaction: name };
  const quantity = 1 + Math.floor(t.throwDice() * limit);
  const outcome = await purchase(world, await shop.offer(), buyer, quantity, shop.clock.now);
  if (outcome.kind !== 'order') return;
  acknowledged.add(orderIdOf({ ...shop.item(), holder: outcome.claim.holder }));
}

async function pay({ shop, t, world, pick, acknowledged, payments }: Bench, price: number) {
  const orderId = pick([...acknowledged]);
  if (orderId === undefined) return;
  const amount = price * (partsOf(orderId.slice(-24))?.quantity ?? 1);
  const reference = `pay_${payments.size}`;
  payments.set(reference, { orderId, amount });
  const payment = { reference, amount, currency: 'EUR', paidAt: shop.clock.now };
  // The provider delivers at least once, and now and then twice at the same time.
  const deliver = () => takePayment(world, orderId, payment, shop.clock.now);
  await Promise.all(t.throwDice() < 0.4 ? [deliver(), deliver()] : [deliver()]);
}

async function abandon({ shop, world, pick, acknowledged }: Bench) {
  const orderId = pick([...acknowledged]);
  if (orderId === undefined) return;
  const name = NAMES.find((one) => orderId.includes(buyerKeyOf(one).slice(0, 13))) ?? '';
  const keys = { of: () => buyerKeyOf(name) };
  const order = await findOrder(world, keys, name, orderId, shop.clock.now);
  if (order) await cancel(world, order, shop.clock.now);
}

async function record({ shop, t, world }: Bench) {
  const bus = t.port({ publish: async () => {} });
  await recordAll({ store: world.store, bus }, shop.messages.slice(0, 3));
}

/** One restock is enough; a second one by the same number adds nothing. */
const grant = ({ shop, world }: Bench) => restock(world, shop.item(), 1, 1, shop.clock.now);

/** Everything that can begin, each up to a throw of the dice. */
const happenings = (on: Bench, { limit, price }: Scene): [number, () => Promise<unknown>][] => [
  [0.55, () => buy(on, limit)],
  [0.7, () => pay(on, price)],
  [0.78, () => sweepSale(on.world, on.shop.sale, on.shop.clock.now)],
  [0.86, () => record(on)],
  [0.94, () => abandon(on)],
  [1, () => grant(on)],
];

/** Starts a crowd of processes, and lets them take turns until all have ended or crashed. */
export async function storm(seed: number, scene: Scene, crashes: number): Promise<Storm> {
  const { units, limit, perSecond, price } = scene;
  const shop = await openShop({
    items: [anItem({ units, limit, price })],
    admission: { expectedShoppers: 0, perSecond, difficulty: 0, ticketSeconds: 10 },
    paymentWindow: 60,
  });
  const on = bench(shop, seed, crashes);
  const failures: unknown[] = [];
  const begin = () => {
    const thrown = on.t.throwDice();
    const [, happening] = happenings(on, scene).find(([upTo]) => thrown < upTo) ?? [];
    happening?.().catch((error: unknown) => failures.push(error));
  };
  for (let round = 0; round < ROUNDS; round++) {
    for (let start = 0; start < STARTS; start++) begin();
    await on.t.run();
    shop.clock.now += on.pick(PAUSES_MS);
  }
  const { acknowledged, payments, refunded } = on;
  return { shop, acknowledged, payments, refunded, failures };
}

/** Everything else stops; payments are delivered again until they are taken; the sweep runs alone. */
export async function calm({ shop, payments, refunded }: Storm): Promise<void> {
  shop.clock.now += 200_000;
  for (const [reference, { orderId, amount }] of payments) {
    for (let tries = 0; tries < 20; tries++) {
      const outcome = await shop.pay(orderId, reference, amount);
      if (outcome.kind !== 'later') break;
      shop.clock.now += 1001;
      await shop.sweep();
    }
  }
  refunded.push(...shop.refunds.map(({ payment }) => payment));
  shop.clock.now += 200_000;
  await shop.settle();
  await shop.settle();
}
