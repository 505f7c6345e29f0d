/** Reconciliation by the function that is deployed, against a provider whose statement is right or wrong. */

import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { moneyDesk } from '../../adapters/money-desk.ts';
import { kindsIn } from '../domain/reconcile-builders.ts';
import { type MoneyScene, PRICE, startMoneyScene, withMoney } from './money-scene.ts';
import { MINUTE_MS, startScene } from './scene.ts';

let scene: MoneyScene;

beforeAll(async () => {
  scene = await startMoneyScene();
  await scene.publish({ id: 'sound', items: [{ units: 2 }] });
  await scene.open();
}, 60_000);

afterAll(() => scene?.stop());

describe('a reconciliation', () => {
  test('agrees to the cent where payments, refunds and late payments were heard', async () => {
    const { token } = await scene.paid('sound');
    const second = await scene.paidAgain(token);
    const other = await scene.enter();
    const late = await other.order('sound');
    const lateToken = await other.token(late);
    await other.cancel(late);
    await scene.pay(lateToken);
    const report = await scene.reconciled('sound');
    expect(report).toMatchObject({ needsAction: 0, orders: { paid: 2, released: 1 } });
    expect(kindsIn(report).sort()).toEqual(['paid-late', 'refunded']);
    expect(report.totals).toMatchObject({ paid: 3 * PRICE, refunded: PRICE, difference: 0 });
    expect(scene.refundsOf(second.reference)).toHaveLength(1);
    const [told] = scene.eventsOf('reconciliation.completed.v1', 'sound');
    expect(told).toMatchObject({ needsAction: 0, differenceMinor: 0, ordersPaid: 2 });
    const page = await moneyDesk(scene.deployment).text('reconciliation/sound/latest.html');
    expect(page).toContain('The books agree: nothing is to be done.');
  }, 60_000);

  test('finds what the provider states wrongly, and tells who must act', async () => {
    const all = await Promise.all(Array.from({ length: 3 }, () => scene.paid('books')));
    const [missing = '', doubled = '', other = ''] = all.map(({ reference }) => reference);
    await scene.later();
    scene.sandbox.mistake(missing, { kind: 'missing' });
    scene.sandbox.mistake(doubled, { kind: 'doubled' });
    scene.sandbox.mistake(other, { kind: 'amount', amountMinor: PRICE + 1 });
    const report = await scene.reconciled('books');
    expect(report.counts).toEqual({
      ...{ 'payment-missing': 1, 'payment-repeated': 1, 'amount-differs': 1 },
    });
    expect(report.totals.difference).toBe(1);
    const told = scene.eventsOf('reconciliation.finding.v1', 'books');
    expect(told.map(({ kind, payment }) => [kind, payment]).sort()).toEqual([
      ['amount-differs', other],
      ['payment-missing', missing],
      ['payment-repeated', doubled],
    ]);
    for (const reference of [missing, doubled, other]) scene.sandbox.mistake(reference);
    expect(await scene.reconciled('books')).toMatchObject({ needsAction: 0, findings: [] });
  }, 60_000);

  test('tells of a payment that the shop never heard of: it pays', async () => {
    const deaf = scene.stack.faults.add({ function: 'Payment', action: 'kill-before' });
    const { orderId, reference } = await scene.paid('books');
    deaf.remove();
    expect((await scene.claim(orderId))?.state).toBe('RESERVED');
    // Its window ends meanwhile: what was paid in time buys again.
    await scene.later();
    const report = await scene.reconciled('books');
    expect(report.findings).toMatchObject([{ payment: reference, outcome: 'paid' }]);
    expect((await scene.claim(orderId))?.payment).toBe(reference);
  }, 60_000);
});

test('a night reconciles what is not long over, at 03:17, and looks for payments of no sale', async () => {
  const over = { id: 'over', closesAt: Date.now() + 8000 };
  const night = withMoney(await startScene(over, { nights: true }));
  try {
    // Its sweeps end; from then on nothing happens by itself but the nights.
    await night.stack.clock.advance(60 * MINUTE_MS);
    const begun = night.eventsOf('reconciliation.completed.v1', 'over').length;
    await night.stack.clock.advance(24 * 60 * MINUTE_MS);
    await night.stack.settle();
    const told = night.eventsOf('reconciliation.completed.v1', 'over');
    expect(told).toHaveLength(begun + 1);
    const at = new Date(Number(told.at(-1)?.['at']));
    expect([at.getUTCHours(), at.getUTCMinutes()]).toEqual([3, 17]);
    expect(night.eventsOf('reconciliation.completed.v1', '-').length).toBeGreaterThan(0);
  } finally {
    await night.stop();
  }
}, 120_000);
