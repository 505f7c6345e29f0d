/** @module Crowds for the tests of the report: buyers who differ in everything but what a test gives them. */

import type { TracedOrder } from '../../domain/suspects-rules.ts';
import type { Trace } from '../../domain/trace.ts';
import { OPENS_AT } from '../support/sales.ts';

export type OrderChanges = Partial<Omit<TracedOrder, 'trace'>> & { readonly trace?: Trace };

/** The same numbers each time, evenly spread over 0 to 1. */
export const spread = (index: number, seed: number): number =>
  ((index + 1) * 0.618_033_988_749_895 * seed) % 1;

/** How common each of some browsers is among honest people. */
const BROWSERS = [0.4, 0.7, 0.85, 0.95, 0.98, 1];

const browserOf = (index: number) => BROWSERS.findIndex((share) => spread(index, 7) < share);

/** Somebody with a device of their own, at home, on a browser that others have too, within ten seconds. */
export function honest(index: number, { trace, ...changes }: OrderChanges = {}): TracedOrder {
  const browser = browserOf(index);
  return {
    orderId: `night.lamp.h${index}`,
    shopper: `i-h${index}`,
    quantity: 1,
    isPaid: true,
    at: OPENS_AT + Math.floor(spread(index, 3) * 10_000),
    trace: {
      network: `home-${index}`,
      device: `d-${index}`,
      ja4: `ja4-${browser >> 1}`,
      agent: `agent-${browser}`,
      ...trace,
    },
    ...changes,
  };
}

export const crowd = (count: number, changes: (index: number) => OrderChanges = () => ({})) =>
  Array.from({ length: count }, (_, index) => honest(index, changes(index)));

/** Buyers of one machine park; what they share is up to the test. */
export const farm = (count: number, name: string, changes: OrderChanges): TracedOrder[] =>
  Array.from({ length: count }, (_, index) => {
    const one = honest(100_000 + index, changes);
    return {
      ...one,
      orderId: `night.lamp.${name}${index}`,
      shopper: `g-${name}${index}`,
      isPaid: false,
      trace: { ...one.trace, device: changes.trace?.device ?? `d-${name}${index}` },
    };
  });
