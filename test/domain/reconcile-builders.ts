/** @module A shop in memory with a provider whose statement a test writes. */

import type { OrderRecord } from '../../domain/order-record.ts';
import type { OrderBooks, ProviderStatement } from '../../domain/ports.ts';
import { reconcile } from '../../domain/reconcile.ts';
import type { Finding } from '../../domain/reconcile-findings.ts';
import type { Reconciliation } from '../../domain/reconciliation.ts';
import type { PublishedSale } from '../../domain/sale.ts';
import type { StatementLine } from '../../domain/statement.ts';
import { openShop } from '../support/shop.ts';
import { PRICE, take } from './payment-builders.ts';

export const HOUR_MS = 3_600_000;

/** Lines, page by page: two of them, so that a page ends in the middle. */
export const statementOf = (lines: readonly StatementLine[]): ProviderStatement => ({
  async *statement(from, to) {
    const inside = lines.filter(({ at }) => at >= from && at < to);
    yield inside.slice(0, 2);
    yield inside.slice(2);
  },
});

export type Till = Awaited<ReturnType<typeof openTill>>;

/** A shop whose provider states what a test says, and nothing else. */
export async function openTill(changes: Partial<PublishedSale> = {}) {
  const shop = await openShop(changes);
  const lines: StatementLine[] = [];
  const books: OrderBooks = {
    async *of({ saleId, sku }) {
      const prefix = `orders/ORDER#${saleId}#${sku}#`;
      const all = [...shop.store.items].filter(([name]) => name.startsWith(prefix));
      yield all.map(([, item]) => item as unknown as OrderRecord);
    },
  };
  const world = { ...shop.world, books, statement: statementOf(lines) };
  const till = {
    ...shop,
    world,
    lines,
    /** States a payment of an order, or a refund. */
    state(orderId: string, line: Partial<StatementLine> = {}) {
      lines.push({
        ...{ kind: 'payment', reference: 'pay_1', orderId, amount: PRICE, currency: 'EUR' },
        ...{ at: shop.clock.now, ...line },
      });
    },
    /** Lets an hour pass: what was stated before is judged. */
    async reconcile(): Promise<Reconciliation> {
      await shop.deliver();
      shop.clock.now += HOUR_MS;
      return reconcile(world, shop.sale, shop.clock.now);
    },
  };
  return till;
}

/** An order that is paid, and stated. */
export async function paid(till: Till, name = 'ada', reference = 'pay_1'): Promise<string> {
  const orderId = await till.order(name);
  await take(till, orderId, { reference });
  till.state(orderId, { reference });
  return orderId;
}

/** Kinds, with what came of each. */
export const kindsIn = ({ findings }: { readonly findings: readonly Finding[] }) =>
  findings.map(({ kind, outcome }) => (outcome === undefined ? kind : `${kind}: ${outcome}`));
