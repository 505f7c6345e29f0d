/** @module One shopper's orders as the shop told of them, and what of it cannot be. */

import type { Rule } from './rules.ts';

/** What the shop says of an order, wherever it does. */
export type Told = {
  readonly orderId: string;
  readonly status: string;
  readonly quantity: number;
  /** Epoch ms at the server, while it waits for its payment. */
  readonly payBy: number | undefined;
};

/** A rule, whether it was broken, and how. */
export type Judged = { readonly rule: Rule; readonly why: string | undefined };

export type Ledger = {
  /** Takes down what a press of Buy was granted. */
  granted(told: Told, now: number): readonly Judged[];
  /** Takes down what the order's own page says; nothing where there is no such order. */
  seen(orderId: string, told: Told | undefined, now: number): Judged;
  /** The shopper has cancelled it. */
  cancelled(orderId: string): void;
  has(orderId: string): boolean;
  /**
   * Units of orders that are paid; and of those, paid or not, that were granted within one payment window from an instant
   * on. At the end of that window all of the latter are held at once, whoever's they are.
   */
  units(from: number): { readonly paid: number; readonly held: number };
};

type Known = Told & {
  readonly grantedAt: number;
  /** The first `payBy` that was told. */
  readonly windowEnd: number | undefined;
  readonly isCancelled: boolean;
};

/** An order that is over in this moment at the server is not called open. */
const TOLERATED_MS = 2_000;

/** @param limit Units of one shopper */
export function openLedger(limit: number): Ledger {
  const orders = new Map<string, Known>();
  const open = (now: number) => [...orders.values()].filter((order) => isOpen(order, now));
  const paid = () => [...orders.values()].filter(({ status }) => status === 'PAID');
  const take = (told: Told, now: number) => {
    const { orderId, payBy } = told;
    const { grantedAt = now, windowEnd = payBy } = orders.get(orderId) ?? {};
    orders.set(orderId, { ...told, grantedAt, windowEnd, isCancelled: false });
  };
  return {
    granted(told, now) {
      const flaw = flawOf(orders.get(told.orderId), told, now);
      take(told, now);
      const open_ = open(now);
      const units = sum([...open_, ...paid()]);
      return [
        judged('order-kept', flaw),
        judged('one-order', open_.length > 1 ? `has ${names(open_)} at once` : undefined),
        judged('limit', units > limit ? `has ${units} units, the limit is ${limit}` : undefined),
      ];
    },
    seen(orderId, told, now) {
      const known = orders.get(orderId);
      // What a cancelled order became is in its record, which comes by the queue.
      if (known?.isCancelled) return judged('order-kept', undefined);
      if (told === undefined) return judged('order-kept', `order ${orderId} is not there`);
      const flaw = flawOf(known, told, now);
      take(told, now);
      return judged('order-kept', flaw);
    },
    cancelled(orderId) {
      const known = orders.get(orderId);
      if (known) orders.set(orderId, { ...known, status: 'RELEASED', isCancelled: true });
    },
    has: (orderId) => orders.has(orderId),
    units: (from) => ({
      paid: sum(paid()),
      held: sum([...orders.values()].filter((order) => isWithinFirstWindow(order, from))),
    }),
  };
}

/** Where the price is 0 there is no window: such orders are paid for good. */
const isWithinFirstWindow = (
  { status, grantedAt, windowEnd = Number.POSITIVE_INFINITY }: Known,
  from: number,
): boolean => status !== 'RELEASED' && grantedAt - from <= windowEnd - grantedAt;

const judged = (rule: Rule, why: string | undefined): Judged => ({ rule, why });

const isOpen = ({ status, payBy }: Told, now: number): boolean =>
  status === 'RESERVED' && payBy !== undefined && payBy >= now + TOLERATED_MS;

/** What is told now, and cannot be after what was told before. */
function flawOf(before: Told | undefined, told: Told, now: number): string | undefined {
  if (before === undefined) return undefined;
  const { orderId, quantity, status } = told;
  if (quantity !== before.quantity) {
    return `order ${orderId} had ${before.quantity} units, and has ${quantity}`;
  }
  const isLost = status === 'RELEASED' && isOpen(before, now);
  const isOver = before.status === 'PAID' || before.status === 'RELEASED';
  return isLost || (isOver && status !== before.status)
    ? `order ${orderId} was ${before.status}, and is ${status}`
    : undefined;
}

const sum = (orders: readonly Told[]): number =>
  orders.reduce((total, { quantity }) => total + quantity, 0);

const names = (orders: readonly Told[]): string =>
  orders.map(({ orderId }) => orderId).join(' and ');
