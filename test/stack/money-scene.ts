/** @module Two sales whose money is looked after: one gives back by itself, the other wants to be asked. */

import { moneyDesk, reportIn } from '../../adapters/money-desk.ts';
import type { Reconciliation } from '../../domain/reconciliation.ts';
import type { Payment, PayOptions } from '../../sandbox/ledger.ts';
import type { Shopper } from '../support/shopper.ts';
import { MINUTE_MS, type Scene, startScene } from './scene.ts';

export const PRICE = 1999;

const DAY_MS = 24 * 60 * MINUTE_MS;

export type MoneyScene = Scene & {
  /** Somebody buys, and pays. */
  paid(saleId: string): Promise<Sold>;
  paidAgain(token: string, options?: PayOptions): Promise<Payment>;
  /** Lets time pass: what is too recent is not judged. */
  later(): Promise<void>;
  /** Reconciles by the function, as the command does. */
  reconciled(saleId: string): Promise<Reconciliation>;
  /** Events of a sale so far. */
  eventsOf(type: string, saleId: string): readonly Readonly<Record<string, unknown>>[];
  refundsOf(reference: string): readonly object[];
};

type Sold = {
  readonly shopper: Shopper;
  readonly orderId: string;
  readonly token: string;
  readonly reference: string;
};

/** Sales `books` and `asked`, open. */
export async function startMoneyScene(): Promise<MoneyScene> {
  const closesAt = Date.now() + 20 * DAY_MS;
  const scene = await startScene({ id: 'books', closesAt, items: [{ units: 400, limit: 5 }] });
  await scene.publish({ id: 'asked', closesAt, refunds: 'approval', items: [{ units: 50 }] });
  await scene.open();
  return withMoney(scene);
}

export function withMoney(scene: Scene): MoneyScene {
  const desk = moneyDesk(scene.deployment);
  return {
    ...scene,
    async paid(saleId) {
      const shopper = await scene.enter();
      const orderId = await shopper.order(saleId);
      const token = await shopper.token(orderId);
      const { reference } = await scene.pay(token);
      return { shopper, orderId, token, reference };
    },
    paidAgain: (token, options = {}) => scene.pay(token, { forceNew: true, ...options }),
    later: () => scene.stack.clock.advance(16 * MINUTE_MS),
    async reconciled(saleId) {
      const report = reportIn(await desk.text(await desk.reconcile(saleId)));
      await scene.stack.settle();
      return report;
    },
    eventsOf: (type, saleId) =>
      scene.stack.events
        .filter(({ detailType }) => detailType === type)
        .map(({ detail }) => detail as Readonly<Record<string, unknown>>)
        .filter((detail) => detail['saleId'] === saleId),
    refundsOf: (reference) =>
      scene.sandbox.statement().refunds.filter((refund) => refund.reference === reference),
  };
}
