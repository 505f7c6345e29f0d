/** @module The pages that a shopper sees at the provider. Plain HTML, no script, clearly no real money. */

import type { Checkout } from './checkout-token.ts';

export const STYLE = `
:root { color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif }
body { margin: 0; display: grid; min-height: 100vh; place-items: center }
main { max-width: 26rem; padding: 1.5rem; border: 1px solid #8886; border-radius: .75rem; margin: 1rem }
.sandbox { background: #ffd54f; color: #222; padding: .25rem .75rem; border-radius: .5rem; font-weight: 600 }
.amount { font-size: 2.25rem; font-weight: 700; margin: .5rem 0 }
h1 { font-size: 1.35rem; overflow-wrap: anywhere }
form { display: flex; gap: .75rem; flex-wrap: wrap }
button { font: inherit; font-weight: 600; padding: .75rem 1.5rem; border-radius: .5rem; border: 1px solid #888; cursor: pointer }
button[formaction$="pay"] { background: #1b5e9b; border-color: #1b5e9b; color: #fff }
.number { color: #777; font-size: .85rem; overflow-wrap: anywhere }
`;

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

export const escaped = (text: string): string => text.replace(/[&<>"']/g, (c) => ESCAPES[c] ?? c);

const SANDBOX = 'Sandbox: no real money moves here';

/** A whole page; the notice says what is not real about it. */
export const page = (title: string, content: string, notice = SANDBOX): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<link rel="stylesheet" href="/style.css">
<link rel="icon" href="data:,">
</head>
<body>
<main>
<p class="sandbox">${notice}</p>
${content}
</main>
</body>
</html>
`;

function amountText({ amountMinor, currency }: Checkout): string {
  const format = new Intl.NumberFormat('en', { style: 'currency', currency });
  return format.format(amountMinor / 10 ** (format.resolvedOptions().maximumFractionDigits ?? 2));
}

export const payPage = (checkout: Checkout, token: string): string =>
  page(
    'Pay',
    `<h1>${escaped(checkout.title)}</h1>
<p class="amount">${escaped(amountText(checkout))}</p>
<form method="post">
<input type="hidden" name="token" value="${escaped(token)}">
<button formaction="/checkout/pay" name="action" value="pay">Pay</button>
<button formaction="/checkout/decline" name="action" value="decline">Decline</button>
</form>
<p class="number">Order ${escaped(checkout.orderId)}</p>`,
  );

export const paidPage = (checkout: Checkout): string =>
  page(
    'Paid',
    `<h1>Already paid</h1>
<p>This order has been paid, once. <a href="${escaped(checkout.returnUrl)}">Back to the shop</a></p>`,
  );

export const expiredPage = (checkout: Checkout): string =>
  page(
    'Expired',
    `<h1>This payment link has expired</h1>
<p>Nothing was charged. <a href="${escaped(checkout.returnUrl)}">Back to the shop</a></p>`,
  );

export const forgedPage = (): string =>
  page(
    'Not valid',
    `<h1>This payment link is not valid</h1>
<p>It is incomplete, or was not made by the shop. Nothing was charged.</p>`,
  );
