/** @module The promise `nothing-lost`, as far as the tables tell: orders, their records, and what becomes of them. */

import {
  claimAt,
  type Finding,
  holderIn,
  idOf,
  type Ledger,
  startOf,
  TOLERATED_MS,
} from './audit-books.ts';
import { visibleState } from './claim.ts';
import type { Claim } from './items.ts';
import type { OrderRecord } from './order-record.ts';
import { GRACE_MS } from './steps.ts';

/** Orders without their record, records without their order, and orders that never ended or ended for no reason. */
export const lostOrders = (ledger: Ledger): Finding[] => [
  ...ledger.books.claims.flatMap(({ claim }) => claimLosses(ledger, claim)),
  ...ledger.books.records.flatMap((record) => recordLosses(ledger, record)),
];

/** The first thing that is wrong with an order, as a sentence. */
type Flaw = string | undefined;

const finding = (id: string, what: Flaw): Finding[] => (what === undefined ? [] : [{ id, what }]);

function claimLosses(ledger: Ledger, claim: Claim): Finding[] {
  const record = ledger.records.get(claim.holder);
  const flaw = nameless(claim) ?? unrecorded(ledger, claim, record) ?? different(claim, record);
  return finding(idOf(ledger, claim.holder), flaw);
}

function nameless({ state, reason, payBy }: Claim): Flaw {
  if (state === 'RESERVED' && payBy === undefined)
    return 'is RESERVED with no end to its payment window';
  const isOver = state === 'RELEASED' || state === 'RELEASING';
  return isOver && reason === undefined ? `is ${state} for no reason` : undefined;
}

function unrecorded({ now }: Ledger, claim: Claim, record: OrderRecord | undefined): Flaw {
  const state = visibleState(claim);
  if (state === undefined || now - claim.changedAt <= TOLERATED_MS) return undefined;
  if (record === undefined) {
    return mayBeUntold(claim) ? undefined : `is ${claim.state} and has no order record`;
  }
  return record.state === state
    ? undefined
    : `is ${claim.state}, and its record says ${record.state}`;
}

/**
 * Whether it may be that nobody has heard of an order: of unlimited stock it is acknowledged only once its message is
 * out, and holds no unit that a sweep would find. Whoever has paid has heard of it.
 */
const mayBeUntold = ({ shards, state, amount }: Claim): boolean =>
  shards === 0 && (state !== 'PAID' || amount === 0);

/** Orders that stand unrecorded, and of which perhaps nobody knows. */
export const untold = (ledger: Ledger): Finding[] =>
  ledger.books.claims
    .filter(({ claim }) => mayBeUntold(claim) && visibleState(claim) !== undefined)
    .filter(({ claim }) => !ledger.records.has(claim.holder))
    .map(({ claim }) => ({
      id: idOf(ledger, claim.holder),
      what: `is ${claim.state} without an order record: its buy stopped before anybody was told`,
    }));

function different(claim: Claim, record: OrderRecord | undefined): Flaw {
  if (record === undefined) return undefined;
  const name = (['quantity', 'price', 'amount', 'currency'] as const).find(
    (one) => claim[one] !== record[one],
  );
  return name && `has ${name} ${claim[name]}, and its record says ${record[name]}`;
}

function recordLosses(ledger: Ledger, record: OrderRecord): Finding[] {
  const flaw = unexplained(record) ?? orphaned(ledger, record) ?? unending(ledger, record);
  return finding(record.orderId, flaw);
}

function unexplained({ state, reason, amount, quantity, price }: OrderRecord): Flaw {
  if (state === 'RELEASED' && reason === undefined)
    return 'is released in its record for no reason';
  if (amount === quantity * price) return undefined;
  return `costs ${amount} in its record, and is for ${quantity} at ${price}`;
}

/** Whose claim went on to the next attempt must be released. */
function orphaned(ledger: Ledger, record: OrderRecord): Flaw {
  const holder = holderIn(record);
  const claim = claimAt(ledger, holder);
  if (claim === undefined || claim.holder === holder || record.state === 'RELEASED')
    return undefined;
  const since = startOf(claim.holder);
  if (ledger.now - since <= TOLERATED_MS) return undefined;
  return `is ${record.state} in its record, and its claim has moved on to another attempt`;
}

/** An item without end has no sweep that must write it down: an order is over when its window is. */
function unending({ item, now }: Ledger, { state, payBy }: OrderRecord): Flaw {
  if (item.units === 'unlimited' || state !== 'RESERVED' || payBy === undefined) return undefined;
  const late = now - payBy;
  if (late <= GRACE_MS + TOLERATED_MS) return undefined;
  return `is neither paid nor released ${Math.round(late / 1000)} s after its payment window`;
}
