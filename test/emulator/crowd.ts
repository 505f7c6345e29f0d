/** @module The crowd: more shoppers than units, some with two clicks, who pay, or do not, and come again. */

import type { ShopperAnswer } from '../../domain/audit-answers.ts';
import type { PaymentSandbox } from '../../sandbox/payment-sandbox.ts';
import { until } from './report.ts';
import { UNITS } from './sales.ts';
import { buy, type Entrance, type Visitor } from './visitors.ts';

/** Shoppers; nearly twice the units. */
const SHOPPERS = 14;

/** Every so many clicks twice. */
const DOUBLE_CLICK_EVERY = 4;

export type Order = { readonly orderId: string; readonly visitor: Visitor };

export type Crowd = {
  readonly entrances: readonly Entrance[];
  readonly visitors: readonly Visitor[];
  /** Who has no order: they come again. */
  readonly empty: Visitor[];
  readonly orders: Order[];
};

/** Lets everybody begin a session: two through each further entrance, all others through the first. */
export async function gather(entrances: readonly Entrance[]): Promise<Crowd> {
  const visitors: Visitor[] = [];
  for (let index = 0; index < SHOPPERS; index++) {
    const entrance = entrances[Math.max(0, index - SHOPPERS + 2 * entrances.length - 1) >> 1];
    visitors.push(await (entrance ?? entrances[0]!).enter());
  }
  return { entrances, visitors, empty: [], orders: [] };
}

/** All press Buy at once. @throws {Error} unless every unit is sold, once, and all others are told so */
export async function rush(crowd: Crowd, saleId: string): Promise<string> {
  const replies = await Promise.all(
    crowd.visitors.map(async (visitor, index) => {
      const clicks = index % DOUBLE_CLICK_EVERY === 0 ? 2 : 1;
      const all = await Promise.all(Array.from({ length: clicks }, () => buy(visitor, saleId)));
      const ids = new Set(all.flatMap(({ body }) => (body['orderId'] ? [body['orderId']] : [])));
      if (ids.size > 1) throw new Error(`a shopper has the orders ${[...ids].join(' and ')}`);
      const [orderId] = ids;
      return { visitor, orderId: orderId as string | undefined, said: all.map(saidIn) };
    }),
  );
  for (const { visitor, orderId, said } of replies) {
    if (orderId !== undefined) crowd.orders.push({ orderId, visitor });
    else if (said.every((one) => one === '409 sold-out')) crowd.empty.push(visitor);
    else throw new Error(`a shopper was told ${said.join(' and ')}`);
  }
  if (crowd.orders.length !== UNITS) {
    throw new Error(`${crowd.orders.length} orders came of ${UNITS} units`);
  }
  const places = crowd.entrances.map(({ name }) => name).join(' and ');
  return `${UNITS} units to ${crowd.visitors.length} shoppers, through ${places}`;
}

const saidIn = ({ status, body }: { status: number; body: Readonly<Record<string, unknown>> }) =>
  `${status} ${body['code'] ?? ''}`;

/** Pays orders at the provider, and waits until the shop has heard of it by webhook. */
export async function payAll(sandbox: PaymentSandbox, orders: readonly Order[]): Promise<string> {
  for (const { orderId, visitor } of orders) {
    sandbox.pay(await visitor.shopper.token(orderId));
  }
  await sandbox.settled();
  const [lost] = sandbox.undelivered();
  if (lost !== undefined) throw new Error(`a webhook was answered ${lost.lastStatus}`);
  for (const { orderId, visitor } of orders) {
    await until(`${orderId} to be paid`, 30, async () => {
      const { body } = await visitor.shopper.look(orderId);
      return body['status'] === 'PAID';
    });
  }
  return `${orders.length} orders`;
}

/** Waits until orders were released for want of payment. @returns the instant of the last */
export async function expired(orders: readonly Order[], seconds: number): Promise<void> {
  for (const { orderId, visitor } of orders) {
    await until(`${orderId} to be released`, seconds, async () => {
      const { body } = await visitor.shopper.look(orderId);
      if (body['status'] !== 'RELEASED') return false;
      if (body['reason'] === 'expired') return true;
      throw new Error(`${orderId} was released for "${body['reason']}"`);
    });
  }
}

/** All answers to Buy in a sale, for the audit. */
export const answersOf = ({ entrances }: Crowd, saleId: string): ShopperAnswer[] =>
  entrances.flatMap(({ mall }) => mall.answers.filter((one) => one.saleId === saleId));
