/**
 * @module
 * The calm after any state: everything that was under way has stopped for good, every deadline is over, the provider
 * tells of its payments until it is heard, the queue delivers what it has, and two sweeps run alone.
 */

import { memoryStore } from '../../adapters/memory-store.ts';
import { approveRefund } from '../../domain/approve-refund.ts';
import { saleKey } from '../../domain/items.ts';
import type { Message } from '../../domain/messages.ts';
import type { OrderRecord } from '../../domain/order-record.ts';
import { recordAll } from '../../domain/record-all.ts';
import type { PublishedSale } from '../../domain/sale.ts';
import { lateUntil, sweepSale } from '../../domain/sweep-sale.ts';
import { takePayment } from '../../domain/take-payment.ts';
import { membersOf, withMember } from './actors.ts';
import { LATE } from './configuration.ts';
import type { Contents } from './laws.ts';
import { DELIVERED, HEARD, PAID_IN, QUEUE, REFUNDS } from './names.ts';
import { paymentOf } from './payments.ts';
import type { WholeWorld } from './replay.ts';

/** How often the provider tells of a payment before it gives up. */
const MOST_TELLINGS = 4;

const MINUTE_MS = 60_000;

/** What the tables hold after the calm. */
export async function calmed(before: Contents, sale: PublishedSale): Promise<Contents> {
  const store = memoryStore();
  for (const [name, item] of before) store.items.set(name, item);
  await store.write({ item: saleKey(sale.id), put: { sale: JSON.stringify(sale) } });
  const delivered = membersOf(before.get(DELIVERED));
  const messages: Message[] = [...membersOf(before.get(QUEUE))]
    .filter((text) => !delivered.has(text))
    .map((text) => JSON.parse(text));
  const world: WholeWorld = {
    store,
    queue: { send: async (message) => void messages.push(message) },
    payments: {
      refund: async ({ payment }) => {
        store.items.set(REFUNDS, withMember(store.items.get(REFUNDS), payment));
      },
    },
    bus: { publish: async () => {} },
    sweeps: { send: async () => {} },
    records: {
      async *reserved() {
        for (const [name, item] of store.items) {
          const isOpen = name.startsWith('orders/ORDER#') && item?.['state'] === 'RESERVED';
          if (isOpen) yield item as unknown as OrderRecord;
        }
      },
    },
  };
  const deliver = async () => {
    for (let left = 2; messages.length > 0 && left > 0; left--) {
      const batch = messages.splice(0);
      const failures = await recordAll(world, batch);
      messages.push(...batch.filter((_, index) => failures[index] !== undefined));
    }
  };
  const heard = membersOf(before.get(HEARD));
  const untold = [...membersOf(before.get(PAID_IN))].filter((one) => !heard.has(one));
  await tellOfPayments(world, sale, untold);
  await approveAll(world, sale, store.items);
  for (const now of [lateUntil(sale) - 2 * MINUTE_MS, lateUntil(sale) - MINUTE_MS]) {
    await deliver();
    await sweepSale(world, sale, now);
    await deliver();
  }
  return store.items;
}

/** An operator agrees to whatever is listed as waiting, once. */
async function approveAll(world: WholeWorld, sale: PublishedSale, items: Contents): Promise<void> {
  const listed = [...items].filter(([name]) => name.startsWith('orders/REFUNDS#'));
  for (const [, entry] of listed) {
    if (entry?.['refundedAt'] !== undefined) continue;
    await approveRefund(world, sale.id, String(entry?.['reference']), LATE);
  }
}

async function tellOfPayments(
  world: WholeWorld,
  sale: PublishedSale,
  references: readonly string[],
): Promise<void> {
  for (const reference of references) {
    const { orderId, payment } = paymentOf(sale, reference);
    for (let tellings = 0; tellings < MOST_TELLINGS; tellings++) {
      const { kind } = await takePayment(world, orderId, payment, LATE);
      if (kind !== 'later') break;
    }
  }
}
