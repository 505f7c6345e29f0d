/** @module The promise `no-duplicate`: one shopper never holds more than the limit. */

import {
  claimNumber,
  type Finding,
  idOf,
  isHeld,
  isSettled,
  type Ledger,
  type NumberedClaim,
  sum,
} from './audit-books.ts';
import { partsOf } from './order-id.ts';

/** Shoppers who have too much, and orders that must not follow one another. */
export function duplicates(ledger: Ledger): Finding[] {
  const shoppers = Map.groupBy(ledger.books.claims, ({ buyerKey }) => buyerKey);
  const paid = paidUnits(ledger);
  return [...shoppers.values()].flatMap((claims) => [
    ...aboveLimit(ledger, claims),
    ...claims.flatMap((one) => outOfOrder(ledger, one, paid)),
  ]);
}

function aboveLimit(ledger: Ledger, claims: readonly NumberedClaim[]): Finding[] {
  const held = claims.filter(({ claim }) => isSettled(ledger, claim) && isHeld(ledger, claim));
  const units = sum(held.map(({ claim }) => claim.quantity));
  const last = held.at(-1);
  if (last === undefined || units <= ledger.item.limit) return [];
  const what = `its shopper has ${units} units in ${held.length} orders, and may have ${ledger.item.limit}`;
  return [{ id: idOf(ledger, last.claim.holder), what }];
}

/** Units of each paid order, by shopper and number: from claims, and from records where claims were erased. */
function paidUnits({ books }: Ledger): ReadonlyMap<string, number> {
  const paid = new Map<string, number>();
  for (const { orderId, state, quantity } of books.records) {
    const parts = partsOf(orderId.slice(orderId.lastIndexOf('.') + 1));
    if (parts && state === 'PAID') paid.set(`${parts.buyerKey}#${parts.n}`, quantity);
  }
  for (const { buyerKey, n, claim } of books.claims) {
    if (claim.state === 'PAID') paid.set(`${buyerKey}#${n}`, claim.quantity);
  }
  return paid;
}

/** A claim exists only when all before it are paid, and knows how many units they were. */
function outOfOrder(
  ledger: Ledger,
  { buyerKey, n, claim }: NumberedClaim,
  paid: ReadonlyMap<string, number>,
): Finding[] {
  if (!isSettled(ledger, claim)) return [];
  const id = idOf(ledger, claim.holder);
  const before = Array.from({ length: n }, (_, number) => paid.get(`${buyerKey}#${number}`));
  const unpaid = before.indexOf(undefined);
  if (unpaid !== -1) {
    const state = claimNumber(ledger, buyerKey, unpaid)?.state ?? 'missing';
    return [{ id, what: `is order ${n} of its shopper, and order ${unpaid} is ${state}` }];
  }
  const units = sum(before.filter((one) => one !== undefined));
  if (units === claim.before) return [];
  return [
    { id, what: `says that its shopper had ${claim.before} units before, and it was ${units}` },
  ];
}
