/** @module What the record function tells the world, as metrics: units reserved, paid and given back, and how late. */

import { emit } from '../../adapters/metrics.ts';
import type { DomainEvent } from '../../domain/events.ts';
import type { Clock, EventBus } from '../../domain/ports.ts';

/** What CloudWatch takes of one metric in one line. */
const MOST_VALUES = 100;

type Tally = { readonly values: Record<string, number>; readonly lags: number[] };

/** The metric that an event adds its units to, or itself; nothing for events that are no order's and no refund. */
function nameOf({ type, detail }: DomainEvent): string | undefined {
  switch (type) {
    case 'order.reserved.v1':
      return 'UnitsReserved';
    case 'order.paid.v1':
      return 'UnitsPaid';
    case 'order.released.v1':
      return detail['reason'] === 'cancelled' ? 'UnitsCancelled' : 'UnitsExpired';
    case 'payment.refunded.v1':
      return 'PaymentsGivenBack';
    default:
      return undefined;
  }
}

/**
 * Counts events on their way to a bus. An event that is published again because what follows failed counts again: these
 * numbers are for charts and alarms, the tables have the exact ones.
 */
export function eventReport(clock: Clock) {
  let tallies = new Map<string, Tally>();
  const count = (event: DomainEvent) => {
    const name = nameOf(event);
    if (name === undefined) return;
    const { saleId, sku = '-', at, quantity = 1 } = event.detail;
    const key = `${saleId}/${sku}`;
    const tally = tallies.get(key) ?? { values: {}, lags: [] };
    tallies.set(key, tally);
    tally.values[name] = (tally.values[name] ?? 0) + Number(quantity);
    if (tally.lags.length < MOST_VALUES) tally.lags.push((clock() - at) / 1000);
  };
  return {
    /** The same bus; what it took is counted. */
    counted: (bus: EventBus): EventBus => ({
      async publish(events) {
        await bus.publish(events);
        for (const event of events) count(event);
      },
    }),

    /** Writes what was counted since the last time: a line for each item. */
    write(): void {
      const written = tallies;
      tallies = new Map();
      for (const [key, { values, lags }] of written) {
        const [Sale = '', Sku = ''] = key.split('/');
        emit({ Sale, Sku }, { ...values, RecordLagSeconds: lags }, clock());
      }
    },
  };
}
