/**
 * @module
 * The payment provider behind its port: a hosted checkout page, signed webhooks, refunds. This adapter speaks the
 * sandbox's protocol; another provider is another file like it.
 */

import { createHash } from 'node:crypto';
import type { PaymentProvider } from '../domain/ports.ts';
import type { Payment } from '../domain/steps.ts';
import type { EpochMs } from '../domain/units.ts';
import { isMac, mac } from './hmac.ts';

/** What the shopper is to pay. */
export type Checkout = {
  readonly orderId: string;
  readonly amountMinor: number;
  readonly currency: string;
  readonly title: string;
  readonly returnUrl: string;
  /** When the provider's page stops taking the money. */
  readonly expiresEpochMs: EpochMs;
};

/** Where the shopper pays, and what the order record keeps of it. */
export type CheckoutLink = { readonly redirectUrl: string; readonly tokenHash: string };

/** How long the provider has to answer: its refunds are not on a shopper's way. */
const ANSWER_MS = 5000;

/** Webhooks older than that are replays. It is wider than clocks differ and than the provider's retries are apart. */
const WEBHOOK_AGE_MS = 24 * 3600 * 1000;

/** Signs the way to the provider's page. */
export function checkoutLink(url: string, key: string, checkout: Checkout): CheckoutLink {
  const json = Buffer.from(JSON.stringify(checkout)).toString('base64url');
  const token = `${json}.${mac(key, `checkout.${json}`)}`;
  return {
    redirectUrl: `${url}/checkout?token=${token}`,
    tokenHash: createHash('sha256').update(token).digest('base64url'),
  };
}

/** A payment that the provider tells of, and the order that it is for. */
export type PaymentEvent = { readonly orderId: string; readonly payment: Payment };

/**
 * Reads a webhook.
 *
 * @param signature `t=<epoch ms>,v1=<mac>`
 * @returns nothing where it is forged, too old, or not about a payment
 */
export function paymentEvent(
  key: string,
  signature: string,
  body: string,
  now: EpochMs,
): PaymentEvent | undefined {
  const [, at = '', given = ''] = /^t=([0-9]{1,15}),v1=([A-Za-z0-9_-]{43})$/.exec(signature) ?? [];
  if (at === '' || !isMac(key, `webhook.${at}.${body}`, given)) return undefined;
  if (Math.abs(now - Number(at)) > WEBHOOK_AGE_MS) return undefined;
  const { type, payment } = parsed(body);
  if (type !== 'payment.succeeded' || !isPayment(payment)) return undefined;
  const { reference, orderId, amountMinor: amount, currency, paidAtEpochMs: paidAt } = payment;
  return { orderId, payment: { reference, amount, currency, paidAt } };
}

/** A payment as the provider writes it. */
type Paid = {
  readonly reference: string;
  readonly orderId: string;
  readonly amountMinor: number;
  readonly currency: string;
  readonly paidAtEpochMs: EpochMs;
};

/** Fit for a key and for a header, where a reference goes with each refund. */
const REFERENCE = /^[!-~]{1,200}$/;

const CURRENCY = /^[A-Z]{3}$/;

const isAmount = (amount: unknown): boolean => Number.isSafeInteger(amount) && Number(amount) >= 0;

const isPayment = (payment: Partial<Record<keyof Paid, unknown>> | undefined): payment is Paid =>
  typeof payment?.reference === 'string' &&
  REFERENCE.test(payment.reference) &&
  typeof payment.orderId === 'string' &&
  isAmount(payment.amountMinor) &&
  typeof payment.currency === 'string' &&
  CURRENCY.test(payment.currency) &&
  Number.isSafeInteger(payment.paidAtEpochMs);

function parsed(body: string): { readonly type?: unknown; readonly payment?: object } {
  try {
    return (JSON.parse(body) as object | null) ?? {};
  } catch {
    return {};
  }
}

/** Refunds through the provider's API. */
export const paymentProvider = (url: string, key: () => Promise<string>): PaymentProvider => ({
  async refund({ payment, amount, currency, reason }) {
    const response = await fetch(`${url}/v1/refunds`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${mac(await key(), 'api.v1')}`,
        'content-type': 'application/json',
        // The same payment is given back once, however often it is asked for.
        'idempotency-key': `refund-${payment}`,
      },
      body: JSON.stringify({ reference: payment, amountMinor: amount, currency, reason }),
      signal: AbortSignal.timeout(ANSWER_MS),
    });
    if (!response.ok) {
      throw new Error(
        `Cannot refund payment "${payment}": the provider answered ${response.status}`,
      );
    }
  },
});
