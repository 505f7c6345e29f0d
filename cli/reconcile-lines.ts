/** @module A reconciliation, for people at a terminal. */

import { moneyText } from '../adapters/money-text.ts';
import { type Finding, needsAction, nextAction } from '../domain/reconcile-findings.ts';
import type { Reconciliation } from '../domain/reconciliation.ts';
import { type Column, tableLines } from './table.ts';

/** More than a terminal shows: the report has all. */
const MOST_LINES = 40;

/** Whether nobody has anything to do. */
export const isClean = ({ needsAction: needed, totals }: Reconciliation): boolean =>
  needed === 0 && totals.difference === 0;

export function reportLines(report: Reconciliation): readonly string[] {
  const { saleId, orders, totals, currency, unjudged, needsAction: needed } = report;
  const money = (minor: number) => moneyText(minor, currency);
  const under = totals.open === 0 ? '' : `, ${money(totals.open)} under way`;
  return [
    `"${saleId}": ${orders.paid} paid (${orders.free} free), ${orders.reserved} open, ${orders.released} released`,
    `Paid ${money(totals.paid)}, refunded ${money(totals.refunded)}, expected ${money(totals.expected)}${under}`,
    totals.difference === 0
      ? 'The books agree to the cent'
      : `The books differ by ${money(totals.difference)}`,
    ...(unjudged === 0 ? [] : [`Too recent to be judged: ${unjudged}; next time`]),
    ...findingLines(report.findings),
    needed === 0 ? 'Nothing is to be done' : `To be done: ${needed}; docs/money.md says how`,
  ];
}

const COLUMNS: readonly Column<Finding>[] = [
  { name: 'finding', text: kindOf, isLeft: true },
  { name: 'follows', text: followUp, isLeft: true },
  { name: 'stated', text: ({ amount, currency }) => amountText(amount, currency) },
  { name: 'expected', text: ({ expected, currency }) => amountText(expected, currency) },
  { name: 'payment', text: ({ payment = '' }) => payment, isLeft: true },
  { name: 'order', text: ({ orderId = '' }) => orderId, isLeft: true },
];

function kindOf({ kind, reason }: Finding): string {
  return reason === undefined ? kind : `${kind} (${reason})`;
}

function followUp(one: Finding): string {
  return needsAction(one) ? nextAction(one) : (one.outcome ?? 'nothing');
}

const amountText = (amount: number | undefined, currency = ''): string =>
  amount === undefined ? '' : moneyText(amount, currency);

function findingLines(findings: readonly Finding[]): readonly string[] {
  if (findings.length === 0) return [];
  const left = findings.length - MOST_LINES;
  return [
    '',
    ...tableLines(COLUMNS, findings.slice(0, MOST_LINES)),
    ...(left > 0 ? [`… and ${left} more in the report`] : []),
    '',
  ];
}
