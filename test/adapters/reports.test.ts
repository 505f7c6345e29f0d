import { describe, expect, test } from '@jest/globals';
import { decimalOf, moneyText } from '../../adapters/money-text.ts';
import { reconciliationPage } from '../../adapters/reconciliation-page.ts';
import { s3Reports } from '../../adapters/reports.ts';
import { finding } from '../../domain/reconcile-findings.ts';
import { sumOf } from '../../domain/reconcile-tally.ts';
import { openFindings, type Reconciliation } from '../../domain/reconciliation.ts';
import { fakeClient } from './fake-client.ts';

const AT = Date.UTC(2026, 10, 27, 19, 3, 4, 5);
const NASTY = `<script>alert("1")</script>'&`;

function aReport(changes: Partial<Reconciliation> = {}): Reconciliation {
  const { orders, ...totals } = sumOf([]);
  const findings = openFindings().collected();
  return {
    ...{ v: 1, saleId: 'night', title: 'Night of the lamps', currency: 'EUR', at: AT },
    ...{ from: 0, until: AT, totals, orders, items: [], ...findings, ...changes },
  };
}

describe('s3Reports()', () => {
  test('puts both forms where they stay, then where the latest is', async () => {
    const { client, sent } = fakeClient(() => ({}));
    const place = await s3Reports(client as never, 'reports').put(aReport());
    expect(place).toBe('reconciliation/night/2026-11-27T19-03-04.005Z.json');
    const puts = sent.map(({ input }) => input as Readonly<Record<string, string>>);
    expect(puts.map(({ Key, ContentType }) => [Key, ContentType])).toEqual([
      ['reconciliation/night/2026-11-27T19-03-04.005Z.json', 'application/json'],
      ['reconciliation/night/2026-11-27T19-03-04.005Z.html', 'text/html; charset=utf-8'],
      ['reconciliation/night/latest.json', 'application/json'],
      ['reconciliation/night/latest.html', 'text/html; charset=utf-8'],
    ]);
    expect(JSON.parse(puts[0]?.['Body'] ?? '')).toEqual(aReport());
  });
});

describe('reconciliationPage()', () => {
  test('says that the books agree', () => {
    const page = reconciliationPage(aReport());
    expect(page).toContain('The books agree: nothing is to be done.');
    expect(page).toContain('<p>None.</p>');
    expect(page).toContain('2026-11-27 19:03:04.005Z');
  });

  test('says what is to be done, and by how much the books differ', () => {
    const all = openFindings();
    const details = { payment: 'pay_1', orderId: 'o', currency: 'EUR', at: AT };
    all.add(finding('amount-differs', { ...details, amount: 1998, expected: 1999 }));
    all.add({ ...finding('late-untold', details), outcome: 'waiting' });
    all.add({ ...finding('payment-untold', details), outcome: 'paid' });
    all.add(finding('refunded', { ...details, amount: 5, reason: 'late' }));
    all.addUnjudged();
    const { totals } = aReport();
    const report = aReport({ ...all.collected(), totals: { ...totals, difference: -1 } });
    const page = reconciliationPage(report);
    expect(page).toContain('2 findings need somebody; the books differ by -0.01 EUR.');
    expect(page).toContain('1 too recent to be judged: next time.');
    expect(page).toContain('<td>amount-differs</td><td>ask-provider</td>');
    expect(page).toContain('<td>late-untold</td><td>approve</td>');
    expect(page).toContain('<td>payment-untold</td><td>paid</td>');
    expect(page).toContain('<td>refunded (late)</td><td>nothing</td>');
    expect(page).toContain('<td class="number">19.98 EUR</td><td class="number">19.99 EUR</td>');
  });

  test('lets nothing that stands in it be anything but text', () => {
    const all = openFindings();
    const details = { orderId: NASTY, payment: NASTY, currency: NASTY, amount: 1, at: AT };
    all.add(finding('unknown-sale', details));
    const report = aReport({ ...all.collected(), title: NASTY, currency: NASTY });
    const page = reconciliationPage(report);
    expect(page).not.toContain('<script');
    expect(page).toContain('&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;&#39;&amp;');
    expect(page).toMatch(
      /default-src &#39;none&#39;; style-src &#39;sha256-[A-Za-z0-9+/]{43}=&#39;/,
    );
    expect(page).not.toMatch(/\son\w+=|javascript:|<(img|link|iframe|form)|url\(/);
  });

  test('says how many it leaves out', () => {
    const all = openFindings();
    for (let i = 0; i < 10_001; i++) {
      all.add(finding('payment-missing', { orderId: `o${i}`, currency: 'EUR', at: AT }));
    }
    const report = aReport(all.collected());
    expect(report).toMatchObject({ needsAction: 10_001, counts: { 'payment-missing': 10_001 } });
    expect(report.findings).toHaveLength(10_000);
    expect(reconciliationPage(report)).toContain('10001, the first 10000 of them here');
  });
});

describe('decimalOf()', () => {
  test.each([
    [1999, 'EUR', '19.99'],
    [5, 'EUR', '0.05'],
    [0, 'EUR', '0.00'],
    [-1, 'EUR', '-0.01'],
    [-1999, 'EUR', '-19.99'],
    [1999, 'JPY', '1999'],
    [1999, 'BHD', '1.999'],
    [9_007_199_254_740_991, 'EUR', '90071992547409.91'],
    [1999, 'no currency', '19.99'],
  ])('writes %i of %s as %s', (amount, currency, text) => {
    expect(decimalOf(amount, currency)).toBe(text);
    expect(moneyText(amount, currency)).toBe(`${text} ${currency}`);
  });
});
