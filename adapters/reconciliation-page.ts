/**
 * @module
 * A reconciliation as a page to read and to print: one file, no script, nothing loaded. A content security policy in the
 * page itself forbids everything but its own style, whatever stands in a finding.
 */

import { createHash } from 'node:crypto';
import { type Finding, needsAction, nextAction } from '../domain/reconcile-findings.ts';
import type { ItemTotals, OrderCounts, Totals } from '../domain/reconcile-tally.ts';
import type { Reconciliation } from '../domain/reconciliation.ts';
import { decimalOf, moneyText } from './money-text.ts';

const STYLE = `
body { font: 15px/1.45 system-ui, sans-serif; color: #1a1a1a; background: #fff; max-width: 72rem; margin: 2rem auto; padding: 0 1rem }
h1 { font-size: 1.5rem; margin-bottom: .25rem }
h2 { font-size: 1.15rem; margin-top: 2rem }
table { border-collapse: collapse; width: 100% }
th, td { text-align: left; padding: .3rem .6rem; border-bottom: 1px solid #ccc; vertical-align: top; overflow-wrap: anywhere }
.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap }
tfoot td { font-weight: 600; border-top: 2px solid #1a1a1a }
.verdict { font-size: 1.1rem; padding: .6rem .8rem; border-left: .4rem solid #1a7f37; background: #eef7f0 }
.verdict.open { border-color: #b42318; background: #fdf0ee }
@media print { body { margin: 0; max-width: none; font-size: 11px } tr { break-inside: avoid } thead { display: table-header-group } }
`;

const POLICY = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'; base-uri 'none'; form-action 'none'`;

export function reconciliationPage(report: Reconciliation): string {
  const { title, saleId, at, from, until } = report;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${escaped(POLICY)}">
<meta name="viewport" content="width=device-width">
<title>Reconciliation of ${escaped(title)}</title>
<style>${STYLE}</style>
</head>
<body>
<h1>Reconciliation of ${escaped(title)}</h1>
<p>Sale <code>${escaped(saleId)}</code>, ${instant(at)}. The provider's statement from ${instant(from)} until ${instant(until)}.</p>
${verdict(report)}
${itemsTable(report)}
${findingsTable(report)}
</body>
</html>
`;
}

const instant = (at: number): string =>
  `<time datetime="${new Date(at).toISOString()}">${new Date(at).toISOString().replace('T', ' ')}</time>`;

function verdict({ needsAction: needed, unjudged, totals, currency }: Reconciliation): string {
  const isClean = needed === 0 && totals.difference === 0;
  const findings = needed === 1 ? '1 finding needs' : `${needed} findings need`;
  const text = isClean
    ? 'The books agree: nothing is to be done.'
    : `${findings} somebody; the books differ by ${moneyText(totals.difference, currency)}.`;
  const early = unjudged === 0 ? '' : ` ${unjudged} too recent to be judged: next time.`;
  return `<p class="verdict${isClean ? '' : ' open'}">${escaped(text + early)}</p>`;
}

const MONEY = ['paid', 'refunded', 'net', 'expected', 'open', 'difference'] as const;

function itemsTable({ items, totals, orders, currency }: Reconciliation): string {
  const row = (name: string, counts: OrderCounts, sums: Totals) =>
    `<tr><td>${escaped(name)}</td>${numbers(countTexts(counts))}${numbers(MONEY.map((one) => decimalOf(sums[one], currency)))}</tr>`;
  const rows = items.map((item: ItemTotals) => row(item.sku, item.orders, item));
  return `<h2>Money in ${escaped(currency)}</h2>
<table>
<thead><tr><th scope="col">Item</th>${heads('Orders paid', 'of them free', 'open', 'released')}${heads('Paid', 'Refunded', 'Net', 'Expected', 'Under way', 'Difference')}</tr></thead>
<tbody>
${rows.join('\n')}
</tbody>
<tfoot>${row('Together', orders, totals)}</tfoot>
</table>`;
}

const countTexts = ({ paid, free, reserved, released }: OrderCounts): readonly string[] =>
  [paid, free, reserved, released].map(String);

const heads = (...names: readonly string[]): string =>
  names.map((name) => `<th scope="col" class="number">${name}</th>`).join('');

const numbers = (texts: readonly string[]): string =>
  texts.map((text) => `<td class="number">${escaped(text)}</td>`).join('');

function findingsTable({ findings, counts }: Reconciliation): string {
  const all = Object.values(counts).reduce((sum, count) => sum + count, 0);
  if (all === 0) return '<h2>Findings</h2>\n<p>None.</p>';
  const shown = findings.length < all ? `, the first ${findings.length} of them here` : '';
  return `<h2>Findings</h2>
<p>${all}${shown}: ${Object.entries(counts)
    .map(([kind, count]) => `${count} ${escaped(kind)}`)
    .join(', ')}.</p>
<table>
<thead><tr><th scope="col">Finding</th><th scope="col">What follows</th><th scope="col">Order</th><th scope="col">Payment</th><th scope="col" class="number">Stated</th><th scope="col" class="number">Expected</th><th scope="col">When</th></tr></thead>
<tbody>
${findings.map(findingRow).join('\n')}
</tbody>
</table>`;
}

function findingRow(one: Finding): string {
  const { kind, reason, orderId = '', payment = '', amount, expected, currency = '', at } = one;
  const money = (minor: number | undefined) =>
    minor === undefined ? '' : moneyText(minor, currency);
  const cells = [reason === undefined ? kind : `${kind} (${reason})`, followUp(one)];
  return `<tr>${[...cells, orderId, payment].map((text) => `<td>${escaped(text)}</td>`).join('')}${numbers([money(amount), money(expected)])}<td>${instant(at)}</td></tr>`;
}

/** What was done, or is to be done. */
const followUp = (one: Finding): string =>
  needsAction(one) ? nextAction(one) : (one.outcome ?? 'nothing');

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

const escaped = (text: string): string => text.replace(/[&<>"']/g, (char) => ENTITIES[char] ?? '');
