/** @module A shop in memory: the domain's processes over the in-memory twin, with a clock that the test sets. */

import { memoryStore } from '../../adapters/memory-store.ts';
import type { DomainEvent } from '../../domain/events.ts';
import { stockItem } from '../../domain/grant.ts';
import {
  type Claim,
  claimKey,
  type Shard,
  type Status,
  saleKey,
  shardKey,
  statusKey,
} from '../../domain/items.ts';
import type { Message, SweepMessage } from '../../domain/messages.ts';
import { findOrder } from '../../domain/order.ts';
import { orderIdOf, orderOf } from '../../domain/order-id.ts';
import { type OrderRecord, recordKey } from '../../domain/order-record.ts';
import type { OrderRecords } from '../../domain/ports.ts';
import type { Refund } from '../../domain/process.ts';
import { type Offer, type PurchaseOutcome, purchase } from '../../domain/purchase.ts';
import { recordAll } from '../../domain/record-all.ts';
import { itemOf, type PublishedSale } from '../../domain/sale.ts';
import { sweepRange } from '../../domain/sweep-range.ts';
import { sweepSale } from '../../domain/sweep-sale.ts';
import { takePayment } from '../../domain/take-payment.ts';
import { aPublishedSale, OPENS_AT } from './sales.ts';

/** 10 bytes for a name. */
export const buyerKeyOf = (name: string): string =>
  Buffer.from(name.padEnd(10, '.').slice(0, 10)).toString('base64url');

export type Shop = Awaited<ReturnType<typeof openShop>>;

/** A published sale with its stock, ready to sell. */
export async function openShop(changes: Partial<PublishedSale> = {}) {
  const sale = aPublishedSale(changes);
  const store = memoryStore();
  const messages: Message[] = [];
  const sweepMessages: SweepMessage[] = [];
  const events: DomainEvent[] = [];
  const refunds: Refund[] = [];
  const fails = { send: false, refund: false, publish: false };
  const queue = {
    async send(message: Message) {
      if (fails.send) throw new Error('the queue is down');
      messages.push(message);
    },
  };
  const payments = {
    async refund(refund: Refund) {
      if (fails.refund) throw new Error('the provider is down');
      refunds.push(refund);
    },
  };
  const bus = {
    async publish(published: readonly DomainEvent[]) {
      if (fails.publish) throw new Error('the bus is down');
      events.push(...published);
    },
  };
  const records: OrderRecords = {
    async *reserved({ saleId, sku }) {
      for (const [name, item] of store.items) {
        const isOurs = name.startsWith(`orders/ORDER#${saleId}#${sku}#`);
        if (isOurs && item?.['state'] === 'RESERVED') yield item as unknown as OrderRecord;
      }
    },
  };
  const sweeps = {
    async send(more: readonly SweepMessage[]) {
      sweepMessages.push(...more);
    },
  };
  const world = { store, queue, payments, records, sweeps };
  const clock = { now: OPENS_AT };

  await store.write({ item: saleKey(sale.id), put: { sale: JSON.stringify(sale) } });
  for (const { sku, units } of sale.items) {
    await stockItem(store, { saleId: sale.id, sku }, units, sale.admission.perSecond);
  }

  const firstSku = sale.items[0]?.sku ?? '';
  const item = (sku = firstSku) => ({ saleId: sale.id, sku });
  const at = async <T>(key: Parameters<typeof store.read>[0][number]) =>
    (await store.read([key]))[0] as unknown as T;

  const shop = {
    sale,
    store,
    world,
    clock,
    messages,
    events,
    refunds,
    fails,
    item,
    status: (sku?: string) => at<Status>(statusKey(item(sku))),
    shard: (k: number, sku?: string) => at<Shard>(shardKey(item(sku), k)),
    claim: (name: string, n = 0, sku?: string) =>
      at<Claim | undefined>(claimKey(item(sku), buyerKeyOf(name), n)),
    record: (orderId: string) => {
      const parts = orderOf(orderId);
      if (parts === undefined) throw new TypeError(`"${orderId}" is no order id`);
      return at<OrderRecord | undefined>(recordKey(parts, parts.holder));
    },
    async offer(sku = firstSku, empty: ReadonlySet<number> = new Set()): Promise<Offer> {
      const sold = itemOf(sale, sku);
      if (sold === undefined) throw new TypeError(`there is no "${sku}"`);
      return { sale, item: sold, status: await shop.status(sku), empty };
    },
    async buy(name: string, quantity = 1, sku = firstSku, again = false): Promise<PurchaseOutcome> {
      const buyer = { buyerKey: buyerKeyOf(name), shopper: `i-${name}`, transaction: `t-${name}` };
      return purchase(world, await shop.offer(sku), buyer, quantity, clock.now, again);
    },
    /** Looks at an order, as its shopper. */
    look: (name: string, orderId: string) =>
      findOrder(world, { of: () => buyerKeyOf(name) }, name, orderId, clock.now),
    /** Buys, after an answer that may have been lost. */
    buyAgain: (name: string, quantity = 1) => shop.buy(name, quantity, firstSku, true),
    /** Buys and answers the order id. */
    async order(name: string, quantity = 1, sku = firstSku): Promise<string> {
      const outcome = await shop.buy(name, quantity, sku);
      if (outcome.kind !== 'order') throw new Error(`${name} got "${outcome.kind}"`);
      return orderIdOf({ ...item(sku), holder: outcome.claim.holder });
    },
    pay(orderId: string, reference: string, amount = sale.items[0]?.price ?? 0) {
      const payment = { reference, amount, currency: sale.currency, paidAt: clock.now };
      return takePayment(world, orderId, payment, clock.now);
    },
    /** Delivers what is on the orders queue. */
    async deliver() {
      const batch = messages.splice(0);
      const failures = await recordAll({ store, bus }, batch);
      messages.push(...batch.filter((_, index) => failures[index] !== undefined));
      return failures;
    },
    async sweep() {
      const report = await sweepSale(world, sale, clock.now);
      for (const message of sweepMessages.splice(0)) await sweepRange(world, message, clock.now);
      return report;
    },
    /** Two sweeps with everything else at rest, and what they send delivered. */
    async settle() {
      for (let round = 0; round < 2; round++) {
        await shop.deliver();
        await shop.sweep();
        await shop.deliver();
        clock.now += 60_000;
      }
    },
  };
  return shop;
}
