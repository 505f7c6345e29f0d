/** @module Laws of reconciliation: what the provider states rightly leaves nothing open, what it states wrongly is found. */

import { equal, notEqual, ok } from 'node:assert/strict';
import fc from 'fast-check';
import { approveRefund } from '../../domain/approve-refund.ts';
import { needsAction } from '../../domain/reconcile-findings.ts';
import type { StatementLine } from '../../domain/statement.ts';
import { OVERDUE_MS, PRICE, take } from '../domain/payment-builders.ts';
import { openTill, type Till } from '../domain/reconcile-builders.ts';
import { anItem } from '../support/sales.ts';
import { type Law, law } from './law.ts';

const NAMES = ['ada', 'bob', 'eve'];

/** What people and machines do, in any order. */
const deeds = fc.array(
  fc.oneof(
    fc.record({ do: fc.constant('order' as const), who: fc.nat({ max: 2 }) }),
    fc.record({
      do: fc.constant('pay' as const),
      who: fc.nat({ max: 2 }),
      /** Whether the shop hears of it. */
      heard: fc.boolean(),
      amount: fc.constantFrom(PRICE, PRICE, PRICE, PRICE - 1),
      currency: fc.constantFrom('EUR', 'EUR', 'EUR', 'USD'),
    }),
    fc.record({ do: fc.constantFrom('expire' as const, 'refuse' as const, 'approve' as const) }),
  ),
  { minLength: 1, maxLength: 14 },
);

type Deeds = typeof deeds extends fc.Arbitrary<infer T> ? T : never;

/** Lives it, with a provider that states truly what happened. */
async function lived(all: Deeds, approval: boolean) {
  const till = await openTill({
    items: [anItem({ units: 2 })],
    closesAt: Date.UTC(2027, 0),
    ...(approval && { refunds: 'approval' as const }),
  });
  const payments: StatementLine[] = [];
  const acts = actsIn(till, payments);
  for (const deed of all) await (acts[deed.do] as (deed: Deeds[number]) => Promise<void>)(deed);
  till.fails.refund = false;
  /** States what came, and once each what went back. */
  const state = () => {
    const back = new Set(till.refunds.map(({ payment }) => payment));
    const refunds = payments
      .filter(({ reference }) => back.has(reference))
      .map((line) => ({ ...line, kind: 'refund' as const }));
    till.lines.splice(0, till.lines.length, ...payments, ...refunds);
  };
  return { till, state };
}

type Deed<K extends Deeds[number]['do']> = Extract<Deeds[number], { readonly do: K }>;

/** @param payments takes those that are made */
function actsIn(till: Till, payments: StatementLine[]) {
  const orders = new Map<string, string>();
  return {
    async order({ who }: Deed<'order'>) {
      const outcome = await till.buy(NAMES[who] ?? '');
      if (outcome.kind === 'order') {
        orders.set(NAMES[who] ?? '', `night.lamp.${outcome.claim.holder}`);
      }
    },
    async pay({ who, amount, currency, heard }: Deed<'pay'>) {
      const orderId = orders.get(NAMES[who] ?? '');
      if (orderId === undefined) return;
      const reference = `pay_${payments.length}`;
      const at = till.clock.now;
      payments.push({ kind: 'payment', reference, orderId, amount, currency, at });
      if (heard) await take(till, orderId, { reference, amount, currency });
    },
    async expire() {
      till.clock.now += OVERDUE_MS;
      await till.sweep();
    },
    /** The provider takes no refunds, or takes them again. */
    async refuse() {
      till.fails.refund = !till.fails.refund;
    },
    async approve() {
      for (const { reference } of payments) {
        await approveRefund(till.world, 'night', reference, till.clock.now);
      }
    },
  };
}

/** Reconciles as nights do, until nothing is under way any more. */
async function settled({ till, state }: Awaited<ReturnType<typeof lived>>) {
  for (let night = 0; night < 2; night++) {
    state();
    await till.reconcile();
    await till.settle();
    for (const { reference } of till.lines) {
      await approveRefund(till.world, 'night', reference, till.clock.now);
    }
  }
  state();
  return till.reconcile();
}

export const reconciliationLaws: readonly Law[] = [
  law(
    'reconciliation: a true statement leaves nothing open, and nothing differs by a cent',
    [deeds, fc.boolean()],
    async (all, approval) => {
      const life = await lived(all, approval);
      life.state();
      const first = await life.till.reconcile();
      equal(first.totals.difference, 0);
      const last = await settled(life);
      equal(
        last.findings
          .filter(needsAction)
          .map(({ kind }) => kind)
          .join(),
        '',
      );
      equal(last.totals.difference, 0);
      equal(last.totals.open, 0);
    },
    0.2,
  ),

  law(
    'reconciliation: a payment left out, doubled or of another amount is found',
    [deeds, fc.boolean(), fc.constantFrom('missing', 'doubled', 'amount'), fc.nat()],
    async (all, approval, mistake, nth) => {
      const life = await lived(all, approval);
      await settled(life);
      const { lines } = life.till;
      const bought = lines.filter(
        ({ kind, reference, currency }) =>
          kind === 'payment' && currency === 'EUR' && !lines.some(isRefundOf(reference)),
      );
      const line = bought[nth % Math.max(1, bought.length)];
      if (line === undefined) return;
      const at = lines.indexOf(line);
      if (mistake === 'missing') lines.splice(at, 1);
      if (mistake === 'doubled') lines.splice(at, 0, line);
      if (mistake === 'amount') lines[at] = { ...line, amount: line.amount + 1 };
      const report = await life.till.reconcile();
      notEqual(report.totals.difference, 0);
      ok(report.findings.some((one) => one.payment === line.reference && needsAction(one)));
    },
    0.2,
  ),
];

const isRefundOf =
  (wanted: string) =>
  ({ kind, reference }: StatementLine): boolean =>
    kind === 'refund' && reference === wanted;
