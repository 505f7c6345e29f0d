/** @module What a shop signs and a shopper carries here: `<json>.<mac>`. */

import { isMac } from './signature.ts';

export type Checkout = {
  readonly orderId: string;
  readonly amountMinor: number;
  readonly currency: string;
  readonly title: string;
  readonly returnUrl: string;
  readonly expiresEpochMs: number;
};

export type CheckoutRead =
  | { readonly kind: 'valid'; readonly checkout: Checkout }
  | { readonly kind: 'expired'; readonly checkout: Checkout }
  | { readonly kind: 'forged' };

const FORGED = { kind: 'forged' } as const;

/** Reads a token; a token is good until, and not at, the instant it names. */
export function readCheckout(key: string, token: string, nowMs: number): CheckoutRead {
  const [json = '', claimed = '', ...more] = token.split('.');
  if (more.length > 0 || !isMac(key, `checkout.${json}`, claimed)) return FORGED;
  const checkout = parse(json);
  if (checkout === undefined) return FORGED;
  return { kind: nowMs < checkout.expiresEpochMs ? 'valid' : 'expired', checkout };
}

function parse(json: string): Checkout | undefined {
  try {
    const content = JSON.parse(Buffer.from(json, 'base64url').toString());
    return isCheckout(content) ? content : undefined;
  } catch {
    return undefined;
  }
}

function isCheckout(content: Partial<Checkout> | null): content is Checkout {
  return (
    typeof content?.orderId === 'string' &&
    isAmount(content.amountMinor) &&
    /^[A-Z]{3}$/.test(String(content.currency)) &&
    typeof content.title === 'string' &&
    /^https?:\/\//.test(String(content.returnUrl)) &&
    URL.canParse(String(content.returnUrl)) &&
    Number.isSafeInteger(content.expiresEpochMs)
  );
}

/** Whether something is an amount of money: minor units, a whole number above zero. */
export const isAmount = (value: unknown): value is number =>
  Number.isSafeInteger(value) && Number(value) > 0;
