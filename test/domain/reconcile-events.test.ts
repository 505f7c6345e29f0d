import { describe, expect, test } from '@jest/globals';
import { reconciliationEvents } from '../../domain/reconcile-events.ts';
import { FINDING_ACTIONS, type Finding, finding } from '../../domain/reconcile-findings.ts';
import { sumOf } from '../../domain/reconcile-tally.ts';
import { openFindings, type Reconciliation } from '../../domain/reconciliation.ts';
import { eventSchemas, validateEvent } from '../support/event-schemas.ts';

const AT = Date.UTC(2026, 10, 27, 19);
const PLACE = 'reconciliation/night/2026-11-27T19-00-00.000Z.json';

function aReport(findings: readonly Finding[]): Reconciliation {
  const { orders, ...totals } = sumOf([]);
  const all = openFindings();
  for (const one of findings) all.add(one);
  return {
    ...{ v: 1, saleId: 'night', title: 'Night', currency: 'EUR', at: AT, from: 0, until: AT },
    ...{ totals, orders, items: [], ...all.collected() },
  };
}

const details = { orderId: 'night.lamp.x', payment: 'pay_1', amount: 5, currency: 'EUR', at: AT };

const kindsOf = (findings: readonly Finding[]) =>
  reconciliationEvents(aReport(findings), PLACE).map(({ type, detail }) => detail['kind'] ?? type);

describe('reconciliationEvents()', () => {
  test('tells of findings that need somebody, then of the whole', () => {
    expect(
      kindsOf([
        finding('paid-late', details),
        finding('payment-missing', details),
        { ...finding('payment-untold', details), outcome: 'paid' },
        { ...finding('late-untold', details), outcome: 'waiting' },
      ]),
    ).toEqual(['payment-missing', 'late-untold', 'reconciliation.completed.v1']);
  });

  test('says that what waits now is to be approved', () => {
    const waiting = { ...finding('late-untold', details), outcome: 'waiting' as const };
    const [event] = reconciliationEvents(aReport([waiting]), PLACE);
    expect(event?.detail).toMatchObject({ action: 'approve', outcome: 'waiting' });
  });

  test.each([
    [100, 101],
    [101, 101],
  ])('tells of a hundred findings at most: %i', (count, events) => {
    const many = Array.from({ length: count }, () => finding('payment-missing', details));
    expect(kindsOf(many)).toHaveLength(events);
  });

  test('gives a finding the same id each time', () => {
    const [event] = reconciliationEvents(aReport([finding('payment-missing', details)]), PLACE);
    expect(event?.detail.id).toBe('night/payment-missing/pay_1');
    const { payment: _, ...noPayment } = details;
    const [other] = reconciliationEvents(aReport([finding('record-wrong', noPayment)]), PLACE);
    expect(other?.detail.id).toBe('night/record-wrong/night.lamp.x');
  });

  test('is as the schemas say, for every kind that can need somebody', () => {
    const kinds = Object.keys(FINDING_ACTIONS) as (keyof typeof FINDING_ACTIONS)[];
    const needing = kinds.filter((kind) => FINDING_ACTIONS[kind] !== 'none');
    const all = needing.map((kind) => ({
      ...finding(kind, { ...details, expected: 0, reason: 'late' }),
      outcome: 'later' as const,
    }));
    const events = reconciliationEvents(aReport(all), PLACE);
    for (const { type, detail } of events) validateEvent(type, detail);
    const schema = eventSchemas.get('reconciliation-finding.v1.schema.json');
    expect(schema?.properties['kind']?.enum).toEqual(needing);
  });
});
