/** @module Laws of what shop and payment provider sign for each other, and of the provider's refunds. */

import { equal, ok } from 'node:assert/strict';
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { checkoutLink, paymentEvent } from '../../adapters/payment-provider.ts';
import { orderIdOf } from '../../domain/order-id.ts';
import { type Checkout, readCheckout } from '../../sandbox/checkout-token.ts';
import { openLedger } from '../../sandbox/ledger.ts';
import { mac } from '../../sandbox/signature.ts';
import { OPENS_AT } from '../support/sales.ts';
import { holders, names, tampers } from './arbitraries.ts';
import { type Law, law, same } from './law.ts';

const DAY_MS = 86_400_000;

const keys = fc.stringMatching(/^[!-~]{8,40}$/);
const amounts = fc.oneof(fc.integer({ min: 1, max: 100_000 }), fc.integer({ min: 1, max: 1e14 }));
const around = fc.oneof(fc.integer({ min: -2, max: 2 }), fc.integer({ min: -DAY_MS, max: DAY_MS }));
const orderIds = fc.record({ saleId: names, sku: names, holder: holders }).map(orderIdOf);

const checkouts: fc.Arbitrary<Checkout> = fc.record({
  orderId: orderIds,
  amountMinor: amounts,
  currency: fc.constantFrom('EUR', 'JPY', 'BHD'),
  title: fc.string({ unit: 'grapheme' }).filter((text) => text.isWellFormed()),
  returnUrl: names.map((name) => `https://shop.example/sales/${name}/`),
  expiresEpochMs: fc.integer({ min: OPENS_AT, max: OPENS_AT + DAY_MS }),
});

const tokenOf = (key: string, checkout: Checkout): string =>
  new URL(checkoutLink('https://pay.example', key, checkout).redirectUrl).searchParams.get(
    'token',
  ) ?? '';

const payments = fc.record({
  reference: fc.stringMatching(/^pay_[A-Za-z0-9_-]{22}$/),
  orderId: orderIds,
  amountMinor: amounts,
  currency: fc.constantFrom('EUR', 'JPY', 'BHD'),
  paidAtEpochMs: fc.integer({ min: OPENS_AT, max: OPENS_AT + DAY_MS }),
});

type Told = { readonly header: string; readonly body: string };

/** A webhook, as the provider signs it. */
const webhook = (key: string, payment: object, at: number, label = 'webhook'): Told => {
  const body = JSON.stringify({ id: 'evt_1', type: 'payment.succeeded', payment });
  return { header: `t=${at},v1=${mac(key, `${label}.${at}.${body}`)}`, body };
};

const heard = (key: string, { header, body }: Told, now: number) =>
  paymentEvent(key, header, body, now);

/** Refunds that somebody asks for: of one payment or of another that was never made, some under a key used before. */
const refunds = fc.array(
  fc.record({
    key: fc.constantFrom('a', 'b', 'c', 'd'),
    of: fc.constantFrom('paid', 'paid', 'paid', 'unknown'),
    currency: fc.constantFrom('EUR', 'EUR', 'EUR', 'JPY'),
    percent: fc.integer({ min: 1, max: 120 }),
  }),
  { maxLength: 8 },
);

export const paymentLaws: readonly Law[] = [
  law(
    'checkout: the provider reads what the shop has signed, until it expires',
    [keys, checkouts, around],
    (key, checkout, ms) => {
      const token = tokenOf(key, checkout);
      const kind = ms < 0 ? 'valid' : 'expired';
      same(readCheckout(key, token, checkout.expiresEpochMs + ms), { kind, checkout });
      const hash = createHash('sha256').update(token).digest('base64url');
      equal(checkoutLink('https://pay.example', key, checkout).tokenHash, hash);
    },
    3,
  ),

  law(
    'checkout: a change of one character, or another key, is a forgery',
    [keys, checkouts, tampers, keys],
    (key, checkout, tamper, other) => {
      const token = tokenOf(key, checkout);
      const changed = tamper(token);
      if (changed !== token) equal(readCheckout(key, changed, 0).kind, 'forged');
      if (other !== key) equal(readCheckout(other, token, 0).kind, 'forged');
    },
    3,
  ),

  law(
    'webhook: the shop reads what the provider has signed, a day before and after it',
    [keys, payments, around],
    (key, payment, ms) => {
      const { reference, orderId, amountMinor: amount, currency, paidAtEpochMs: paidAt } = payment;
      const told = webhook(key, payment, OPENS_AT);
      const event = { orderId, payment: { reference, amount, currency, paidAt } };
      same(heard(key, told, OPENS_AT + ms), event);
      for (const side of [1, -1]) {
        same(heard(key, told, OPENS_AT + side * DAY_MS), event);
        equal(heard(key, told, OPENS_AT + side * (DAY_MS + 1 + Math.abs(ms))), undefined);
      }
    },
    3,
  ),

  law(
    'webhook: a change of one character in header or body is refused',
    [keys, payments, tampers, fc.boolean()],
    (key, payment, tamper, inBody) => {
      const told = webhook(key, payment, OPENS_AT);
      const changed = inBody
        ? { ...told, body: tamper(told.body) }
        : { ...told, header: tamper(told.header) };
      if (changed.body === told.body && changed.header === told.header) return;
      equal(heard(key, changed, OPENS_AT), undefined);
    },
    3,
  ),

  law(
    'webhook: of another key, instant or purpose is refused',
    [keys, keys, payments, fc.integer({ min: 1, max: 1000 })],
    (key, other, payment, ms) => {
      const told = webhook(key, payment, OPENS_AT);
      if (other !== key) equal(heard(other, told, OPENS_AT), undefined);
      const moved = told.header.replace(`t=${OPENS_AT}`, `t=${OPENS_AT + ms}`);
      equal(heard(key, { ...told, header: moved }, OPENS_AT), undefined);
      equal(heard(key, webhook(key, payment, OPENS_AT, 'checkout'), OPENS_AT), undefined);
    },
    3,
  ),

  law(
    'refund: never more goes back than was paid, and a key pays back once',
    [checkouts, refunds],
    (checkout, asked) => {
      const ledger = openLedger(() => OPENS_AT);
      const paid = { ...checkout, currency: 'EUR' };
      const { payment } = ledger.pay('token', paid);
      const done = new Map<string, string>();
      for (const { key, of, currency, percent } of asked) {
        const reference = of === 'paid' ? payment.reference : 'pay_none';
        const amountMinor = Math.ceil((payment.amountMinor / 100) * percent);
        const outcome = ledger.refund(key, { reference, amountMinor, currency, reason: 'late' });
        if (outcome.kind !== 'refunded') continue;
        equal(done.get(key) ?? outcome.refund.refundId, outcome.refund.refundId);
        done.set(key, outcome.refund.refundId);
      }
      const back = ledger.statement().refunds;
      equal(back.length, done.size);
      ok(back.reduce((total, one) => total + one.amountMinor, 0) <= payment.amountMinor);
      ok(back.every((one) => one.reference === payment.reference && one.currency === 'EUR'));
    },
  ),
];
