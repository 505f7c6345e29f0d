/**
 * @module
 * A sale too large to be sold request by request. The domain's own processes publish it and sell it on the in-memory
 * twin; what they leave there is loaded into the tables, item by item as a deployment would have written it.
 */

import { createHash } from 'node:crypto';
import { buyerKeys } from '../adapters/hmac.ts';
import { traceIn } from '../adapters/trace.ts';
import type { ItemKey } from '../domain/items.ts';
import type { Message } from '../domain/messages.ts';
import { orderIdOf } from '../domain/order-id.ts';
import { publish } from '../domain/publish.ts';
import { type Offer, purchase } from '../domain/purchase.ts';
import { recordAll } from '../domain/record-all.ts';
import type { PublishedSale, Sale } from '../domain/sale.ts';
import { readStatus } from '../domain/status.ts';
import { takePayment } from '../domain/take-payment.ts';
import type { EpochMs } from '../domain/units.ts';
import type { Draft } from './loader.ts';
import { LONG_WINDOW_SECONDS, openSale } from './open-sale.ts';

const HOUR_MS = 3_600_000;

/** Messages that are recorded together. */
const RECORDED_AT_ONCE = 500;

/** Open since an hour ago. */
const largeSale = (units: number, now: EpochMs): Sale => ({
  ...openSale(units, now - HOUR_MS, 'large'),
  paymentWindow: LONG_WINDOW_SECONDS,
});

export type LargeSale = {
  readonly item: ItemKey;
  /** What its units are cut into. */
  readonly shards: number;
  /** Sells so many units more, one to a shopper: orders that are reserved and recorded. */
  order(count: number, now: EpochMs): Promise<void>;
  /** Pays every order that is open; their records say so, and no sweep has seen it yet. */
  pay(now: EpochMs): Promise<void>;
};

const nothing = async () => {};

/**
 * Publishes a sale of so many units on a twin alone: no schedule, no edge and no page know of it.
 *
 * @param secret draws what nobody may guess
 */
export async function publishLarge(
  store: Draft,
  units: number,
  now: EpochMs,
  secret: () => string,
): Promise<LargeSale> {
  const sale = largeSale(units, now);
  const outcome = await publish(
    {
      store,
      secret,
      hasWaf: false,
      clock: () => now,
      schedules: { create: nothing },
      site: { putSale: nothing, putSlots: nothing },
      edge: { putSale: nothing, changeSale: nothing, isDrawn: async () => true },
    },
    sale,
  );
  if (outcome.kind !== 'published') {
    throw new Error(`Cannot publish sale "${sale.id}": ${outcome.kind}`);
  }
  return selling(store, outcome.sale);
}

async function selling(store: Draft, sale: PublishedSale): Promise<LargeSale> {
  const [sold] = sale.items;
  if (sold === undefined) throw new RangeError(`Cannot sell "${sale.id}": it has no item`);
  const item = { saleId: sale.id, sku: sold.sku };
  const status = await readStatus(store, item);
  if (status === undefined) throw new RangeError(`Cannot sell "${sale.id}": it has no stock`);
  const offer: Offer = { sale, item: sold, status, empty: new Set() };
  const messages: Message[] = [];
  const world = { store, queue: { send: async (message: Message) => void messages.push(message) } };
  const open: string[] = [];
  let shoppers = 0;
  return {
    item,
    shards: status.shards,
    async order(count, now) {
      for (let i = 0; i < count; i++) {
        const buyer = buyerOf(sale, sold.sku, shoppers++);
        let outcome = await purchase(world, offer, buyer, 1, now);
        // A page presses again, and its claim goes on from where it stands. Small shards are often empty.
        while (outcome.kind === 'busy') outcome = await purchase(world, offer, buyer, 1, now);
        if (outcome.kind !== 'order') throw new Error(`Cannot order: ${outcome.kind}`);
        open.push(orderIdOf({ ...item, holder: outcome.claim.holder }));
      }
      await record(store, messages.splice(0));
    },
    async pay(now) {
      for (const orderId of open.splice(0)) {
        const { currency } = sale;
        const payment = { reference: `pay-${orderId}`, amount: sold.price, currency, paidAt: now };
        const outcome = await takePayment(world, orderId, payment, now);
        if (outcome.kind !== 'paid') throw new Error(`Cannot pay: ${outcome.kind}`);
      }
      await record(store, messages.splice(0));
    },
  };
}

/** What identity, browser and network of a shopper look like: claims have the size that they have in a deployment. */
function buyerOf(sale: PublishedSale, sku: string, number: number) {
  const name = createHash('sha256').update(`shopper ${number}`).digest('base64url').slice(0, 22);
  const shopper = `i-${name}`;
  const headers = {
    'x-device': name,
    'user-agent': `Mozilla/5.0 (${number % 50})`,
    'cloudfront-viewer-address': `10.${(number >> 16) & 255}.${(number >> 8) & 255}.1:443`,
    'cloudfront-viewer-country': 'DE',
  };
  const buyerKey = buyerKeys.of(sale, shopper, sku);
  return { buyerKey, shopper, transaction: name, trace: traceIn(headers, sale.salt) };
}

async function record(store: Draft, messages: readonly Message[]): Promise<void> {
  const world = { store, bus: { publish: nothing } };
  for (let from = 0; from < messages.length; from += RECORDED_AT_ONCE) {
    const failures = await recordAll(world, messages.slice(from, from + RECORDED_AT_ONCE));
    const failed = failures.find((one) => one !== undefined);
    if (failed) throw failed;
  }
}
