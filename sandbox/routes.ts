/** @module What the provider's server answers on each path. */

import type { IncomingMessage } from 'node:http';
import { type CheckoutRead, isAmount, readCheckout } from './checkout-token.ts';
import { bodyOf, html, json, jsonOf, problem, type Reply, seeOther } from './http.ts';
import type { Ledger, Payment, PayOptions, RefundOutcome } from './ledger.ts';
import { expiredPage, forgedPage, paidPage, payPage, STYLE } from './pages.ts';
import { isMac } from './signature.ts';
import { type Mistake, pageOf } from './statement.ts';

export type Desk = {
  readonly key: string;
  readonly now: () => number;
  readonly ledger: Ledger;
  /** Called once for each new payment. */
  readonly onPayment: (payment: Payment) => void;
  /** What the statement says wrongly. */
  readonly mistakes: Map<string, Mistake>;
};

/** Pays what a token says, and tells the shop of it when it is a new payment. */
export function payToken(
  desk: Desk,
  token: string,
  options: PayOptions = {},
): Exclude<CheckoutRead, { kind: 'valid' }> | { readonly kind: 'paid'; readonly payment: Payment } {
  const read = readCheckout(desk.key, token, desk.now());
  if (read.kind !== 'valid') return read;
  const { payment, isNew } = desk.ledger.pay(token, read.checkout, options);
  if (isNew) desk.onPayment(payment);
  return { kind: 'paid', payment };
}

export async function route(desk: Desk, request: IncomingMessage): Promise<Reply> {
  const url = new URL(request.url ?? '/', 'http://sandbox');
  switch (`${request.method} ${url.pathname}`) {
    case 'GET /style.css':
      return { status: 200, headers: { 'content-type': 'text/css' }, body: STYLE };
    case 'GET /checkout':
      return checkoutPage(desk, url.searchParams.get('token') ?? '');
    case 'POST /checkout/pay':
      return submitted(desk, await tokenOf(request), 'paid');
    case 'POST /checkout/decline':
      return submitted(desk, await tokenOf(request), 'declined');
    default:
      return url.pathname.startsWith('/v1/')
        ? api(desk, request, url)
        : problem(404, 'unknown-path', 'There is nothing here.');
  }
}

async function tokenOf(request: IncomingMessage): Promise<string> {
  return new URLSearchParams(await bodyOf(request)).get('token') ?? '';
}

function checkoutPage(desk: Desk, token: string): Reply {
  const read = readCheckout(desk.key, token, desk.now());
  if (read.kind === 'forged') return html(400, forgedPage());
  if (desk.ledger.paymentOf(token)) return html(200, paidPage(read.checkout));
  if (read.kind === 'expired') return html(410, expiredPage(read.checkout));
  return html(200, payPage(read.checkout, token), new URL(read.checkout.returnUrl).origin);
}

function submitted(desk: Desk, token: string, outcome: 'paid' | 'declined'): Reply {
  const read = readCheckout(desk.key, token, desk.now());
  if (read.kind === 'forged') return html(400, forgedPage());
  if (read.kind === 'expired') return html(410, expiredPage(read.checkout));
  if (outcome === 'paid') payToken(desk, token);
  const back = new URL(read.checkout.returnUrl);
  // Declined in one tab after paying in another: it is paid.
  back.searchParams.set('payment', desk.ledger.paymentOf(token) ? 'paid' : outcome);
  return seeOther(back.href);
}

async function api(desk: Desk, request: IncomingMessage, url: URL): Promise<Reply> {
  const bearer = /^Bearer (\S+)$/.exec(request.headers.authorization ?? '')?.[1] ?? '';
  if (!isMac(desk.key, 'api.v1', bearer)) {
    return problem(401, 'unauthorized', 'The bearer token is missing or wrong.');
  }
  switch (`${request.method} ${url.pathname}`) {
    case 'GET /v1/statement':
      return statement(desk, url.searchParams);
    case 'POST /v1/refunds':
      return refund(desk, request);
    case 'POST /v1/payments':
      return payment(desk, request);
    case 'POST /v1/mistakes':
      return mistake(desk, request);
    default:
      return problem(404, 'unknown-path', 'There is nothing here.');
  }
}

function statement({ ledger, mistakes }: Desk, query: URLSearchParams): Reply {
  const from = Number(query.get('from') ?? Number.NaN);
  const to = Number(query.get('to') ?? Number.NaN);
  if (!Number.isSafeInteger(from) || !Number.isSafeInteger(to)) {
    return problem(400, 'bad-request', '"from" and "to" must be epoch milliseconds.');
  }
  const page = pageOf(ledger.statement(from, to), mistakes, query.get('after') ?? '');
  return page ? json(200, page) : problem(400, 'bad-request', '"after" must be a page\'s "next".');
}

/** Has the statement be wrong about a payment; what the provider did stays as it is. */
async function mistake({ ledger, mistakes }: Desk, request: IncomingMessage): Promise<Reply> {
  const { reference, kind, amountMinor } = (await jsonOf(request)) ?? {};
  const made = mistakeOf(kind, amountMinor);
  if (typeof reference !== 'string' || made === undefined) {
    return problem(400, 'bad-request', 'A mistake needs a reference, a kind, and its amount.');
  }
  if (!ledger.byReference(reference)) return REFUSED['unknown-payment'];
  mistakes.set(reference, made);
  return json(200, { reference, ...made });
}

function mistakeOf(kind: unknown, amountMinor: unknown): Mistake | undefined {
  if (kind === 'missing' || kind === 'doubled') return { kind };
  return kind === 'amount' && isAmount(amountMinor) ? { kind, amountMinor } : undefined;
}

const REFUSED: Readonly<Record<Exclude<RefundOutcome['kind'], 'refunded'>, Reply>> = {
  'unknown-payment': problem(404, 'unknown-payment', 'There is no such payment.'),
  'wrong-currency': problem(409, 'wrong-currency', 'It was paid in another currency.'),
  'above-paid': problem(409, 'above-paid', 'More than what is left of the payment.'),
  'key-reused': problem(409, 'key-reused', 'The idempotency key was used for another refund.'),
};

async function refund({ ledger }: Desk, request: IncomingMessage): Promise<Reply> {
  const key = request.headers['idempotency-key'];
  const asked = await jsonOf(request);
  const { reference, amountMinor, currency, reason } = asked ?? {};
  const isGood =
    typeof key === 'string' &&
    key !== '' &&
    typeof reference === 'string' &&
    isAmount(amountMinor) &&
    typeof currency === 'string' &&
    typeof reason === 'string';
  if (!isGood) {
    return problem(400, 'bad-request', 'A refund needs an idempotency-key header and its fields.');
  }
  const outcome = ledger.refund(key, { reference, amountMinor, currency, reason });
  return outcome.kind === 'refunded' ? json(200, outcome.refund) : REFUSED[outcome.kind];
}

async function payment(desk: Desk, request: IncomingMessage): Promise<Reply> {
  const { token, amountMinor, currency, forceNew } = (await jsonOf(request)) ?? {};
  const isGood =
    typeof token === 'string' &&
    (amountMinor === undefined || isAmount(amountMinor)) &&
    (currency === undefined || (typeof currency === 'string' && /^[A-Z]{3}$/.test(currency)));
  if (!isGood) return problem(400, 'bad-request', 'A payment needs a token; amounts are integers.');
  const result = payToken(desk, token, {
    ...(amountMinor !== undefined && { amountMinor }),
    ...(currency !== undefined && { currency }),
    forceNew: forceNew === true,
  });
  if (result.kind === 'forged') return problem(400, 'token-invalid', 'The token is not valid.');
  if (result.kind === 'expired') return problem(410, 'token-expired', 'The token has expired.');
  return json(200, result.payment);
}
