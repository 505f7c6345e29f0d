/** @module Made-up books of one item that are consistent: shards, claims, records, and what shoppers were answered. */

import fc from 'fast-check';
import type { ShopperAnswer } from '../../domain/audit-answers.ts';
import type { ItemBooks } from '../../domain/audit-books.ts';
import {
  answerFor,
  booksFor,
  idFor,
  MINUTE,
  NOW,
  OPENS,
  type OrderSpec,
  SECOND,
} from '../domain/audit-builders.ts';

/** Where an order can stand. A pending one is young enough to be left alone. */
export type Kind =
  | 'pending'
  | 'reserved'
  | 'paid'
  | 'settled'
  | 'releasing'
  | 'released'
  | 'sold-out';

const SPECS: Readonly<Record<Kind, Omit<OrderSpec, 'buyer'>>> = {
  pending: { state: 'PENDING', claimedAt: NOW - 10 * SECOND },
  reserved: { state: 'RESERVED' },
  paid: { state: 'PAID', stands: 'held', payment: 'pay', paidAt: OPENS + MINUTE },
  settled: { state: 'PAID', stands: 'sold', payment: 'pay', paidAt: OPENS + MINUTE },
  releasing: { state: 'RELEASING', changedAt: NOW - 10 * SECOND, recorded: { state: 'RESERVED' } },
  released: { state: 'RELEASED' },
  'sold-out': { state: 'RELEASED', reason: 'sold-out', recorded: 'never' },
};

/** The limit of the item in made-up books: what each of them keeps to. */
export const LIMIT = 4;

/** Consistent books, and the orders in them. */
export type World = {
  readonly caps: readonly number[];
  readonly orders: readonly OrderSpec[];
  readonly books: ItemBooks;
  readonly answers: readonly ShopperAnswer[];
};

type Wish = {
  readonly kind: Kind;
  readonly quantity: number;
  readonly before: number;
  readonly shard: number;
};

const wishes = (kinds: fc.Arbitrary<Kind>): fc.Arbitrary<Wish> =>
  fc.record({
    kind: kinds,
    quantity: fc.integer({ min: 1, max: 2 }),
    // Orders that the shopper has paid before, of one unit each.
    before: fc.constantFrom(0, 0, 0, 1, 2),
    shard: fc.nat({ max: 2 }),
  });

const KINDS = Object.keys(SPECS) as Kind[];

/** The orders of one shopper: those that were paid before, and the one that was wished for. */
function ordersOf(
  { kind, quantity, before, shard }: Wish,
  buyer: number,
  shards: number,
): OrderSpec[] {
  const earlier = Array.from(
    { length: before },
    (_, n): OrderSpec => ({
      ...SPECS.settled,
      ...{ buyer, n, before: n, shard: (shard + n) % shards, shards },
    }),
  );
  const last = {
    ...SPECS[kind],
    buyer,
    n: before,
    before,
    quantity,
    shard: shard % shards,
    shards,
  };
  // An attempt that found nothing was never acknowledged.
  if (kind !== 'sold-out') return [...earlier, last];
  return [...earlier, { ...last, reservedAt: undefined, payBy: undefined } as unknown as OrderSpec];
}

/** What the shopper of an order was told. */
const answersTo = (order: OrderSpec): ShopperAnswer[] =>
  order.state === 'PENDING' || order.reason === 'sold-out'
    ? []
    : [
        answerFor({
          shopper: `g-${order.buyer}`,
          quantity: order.quantity ?? 1,
          orderId: idFor(order),
        }),
      ];

/** How many units of a shard are not for sale. */
const taken = (orders: readonly OrderSpec[], shard: number): number =>
  orders
    .filter((one) => one.shard === shard && one.state !== 'RELEASED')
    .reduce((total, { quantity = 1 }) => total + quantity, 0);

function worldOf(all: readonly Wish[], shards: number, spare: readonly number[]): World {
  const orders = all.flatMap((wish, buyer) => ordersOf(wish, buyer, shards));
  const caps = Array.from({ length: shards }, (_, shard) =>
    Math.max(1, taken(orders, shard) + (spare[shard] ?? 0)),
  );
  const books = booksFor(caps, orders);
  return { caps, orders, books, answers: orders.flatMap(answersTo) };
}

/** Books with at least one order of a kind, which is the last of the first shopper. */
export const worldsWith = (kind: Kind): fc.Arbitrary<World> =>
  fc
    .tuple(
      wishes(fc.constant(kind)),
      fc.array(wishes(fc.constantFrom(...KINDS)), { maxLength: 8 }),
      fc.integer({ min: 1, max: 3 }),
      fc.array(fc.nat({ max: 3 }), { minLength: 3, maxLength: 3 }),
    )
    .map(([first, others, shards, spare]) => worldOf([first, ...others], shards, spare));

/** Any consistent books. */
export const worlds: fc.Arbitrary<World> = fc.constantFrom(...KINDS).chain(worldsWith);

/** The order that the first shopper wanted last. */
export const chosen = ({ orders }: World): OrderSpec =>
  orders.findLast(({ buyer }) => buyer === 0) as OrderSpec;
