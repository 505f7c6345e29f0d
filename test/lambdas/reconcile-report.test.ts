import { describe, expect, test } from '@jest/globals';
import { finding } from '../../domain/reconcile-findings.ts';
import { sumOf } from '../../domain/reconcile-tally.ts';
import { openFindings } from '../../domain/reconciliation.ts';
import { reportFailed, reportReconciled, summaryOf } from '../../lambdas/reconcile/report.ts';
import { written } from './requests.ts';

const all = openFindings();
for (const kind of ['refund-waiting', 'refund-waiting', 'payment-missing', 'refunded'] as const) {
  all.add(finding(kind, { at: 0 }));
}
all.addUnjudged();
const { orders, ...totals } = sumOf([]);
const report = {
  ...{ v: 1 as const, saleId: 'night', title: 'Night', currency: 'EUR', at: 7, from: 0, until: 7 },
  ...{ totals: { ...totals, difference: -5 }, orders, items: [], ...all.collected() },
};
const filed = { report, place: 'reconciliation/night/x.json' };

describe('reportReconciled()', () => {
  test('counts findings by sale, and by kind over all sales', async () => {
    const lines = await written('stdout', () => reportReconciled(filed, 7));
    expect(lines).toMatchObject([
      {
        ...{ Sale: 'night', Reconciliations: 1, FindingsToHandle: 3, AmountMismatch: 1 },
        ...{ RefundsWaiting: 2, Unjudged: 1, _aws: { Timestamp: 7 } },
      },
      { Kind: 'refund-waiting', Findings: 2 },
      { Kind: 'payment-missing', Findings: 1 },
      { Kind: 'refunded', Findings: 1 },
    ]);
  });

  test('says that the books agree', async () => {
    const clean = { ...filed, report: { ...report, totals, counts: {} } };
    const [line] = await written('stdout', () => reportReconciled(clean, 7));
    expect(line).toMatchObject({ AmountMismatch: 0, RefundsWaiting: 0 });
  });
});

describe('reportFailed()', () => {
  test('counts sales, of none in particular', async () => {
    const [line] = await written('stdout', () => reportFailed(2, 7));
    expect(line).toMatchObject({ ReconciliationsFailed: 2 });
    expect(line).not.toHaveProperty('Sale');
  });
});

describe('summaryOf()', () => {
  test('says where the report is, and whether anybody is needed', () => {
    expect(summaryOf(filed)).toEqual({
      ...{ saleId: 'night', needsAction: 3, unjudged: 1, report: filed.place, differenceMinor: -5 },
    });
  });
});
