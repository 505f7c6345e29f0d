import { describe, expect, test } from '@jest/globals';
import type { DomainEvent } from '../../domain/events.ts';
import { eventReport } from '../../lambdas/record/report.ts';
import { written } from './requests.ts';

const anEvent = (type: string, detail: Partial<DomainEvent['detail']> = {}): DomainEvent => ({
  type,
  detail: { id: 'x', at: 1000, saleId: 'night', sku: 'lamp', quantity: 2, ...detail },
});

const NOW = 4500;

/** What is written after a bus took some events. */
async function linesAfter(events: readonly DomainEvent[], publish = async () => {}) {
  const report = eventReport(() => NOW);
  const bus = report.counted({ publish });
  const lines = await written('stdout', async () => {
    await bus.publish(events).catch(() => {});
    report.write();
    report.write();
  });
  return lines.map(({ _aws, FunctionName, ...line }) => line);
}

describe('eventReport()', () => {
  test('adds up units by item and by what became of them, once', async () => {
    const lines = await linesAfter([
      anEvent('order.reserved.v1'),
      anEvent('order.reserved.v1', { quantity: 1, at: 4000 }),
      anEvent('order.paid.v1'),
      anEvent('order.released.v1', { reason: 'cancelled' }),
      anEvent('order.released.v1', { reason: 'expired', sku: 'vase' }),
    ]);
    expect(lines).toEqual([
      {
        ...{ Sale: 'night', Sku: 'lamp', UnitsReserved: 3, UnitsPaid: 2, UnitsCancelled: 2 },
        RecordLagSeconds: [3.5, 0.5, 3.5, 3.5],
      },
      { Sale: 'night', Sku: 'vase', UnitsExpired: 2, RecordLagSeconds: [3.5] },
    ]);
  });

  test('counts a refund as one, whatever it gave back', async () => {
    const { quantity: _, ...detail } = anEvent('').detail;
    const lines = await linesAfter([{ type: 'payment.refunded.v1', detail }]);
    expect(lines).toMatchObject([{ PaymentsGivenBack: 1 }]);
  });

  test('counts nothing that is no order and no refund, and nothing that the bus refused', async () => {
    expect(await linesAfter([anEvent('sale.opened.v1')])).toEqual([]);
    const refused = async () => Promise.reject(new Error('refused'));
    expect(await linesAfter([anEvent('order.paid.v1')], refused)).toEqual([]);
  });

  test('tells at most as many lags in a line as CloudWatch takes', async () => {
    const many = Array.from({ length: 101 }, () => anEvent('order.paid.v1'));
    const [line] = await linesAfter(many);
    expect(line).toMatchObject({ UnitsPaid: 202 });
    expect(line?.['RecordLagSeconds']).toHaveLength(100);
  });
});
