/** @module Laws of holders, order ids, buyer keys and keys of items. */

import { equal, match, notEqual } from 'node:assert/strict';
import fc from 'fast-check';
import { buyerKeys as keysOfBuyers } from '../../adapters/hmac.ts';
import {
  claimKey,
  grantKey,
  hintKey,
  type ItemKey,
  saleKey,
  shardKey,
  statusKey,
} from '../../domain/items.ts';
import { holderOf, orderIdOf, orderOf, partsOf } from '../../domain/order-id.ts';
import { recordKey, recordPartitions } from '../../domain/order-record.ts';
import { claimKeyOf } from '../../domain/steps.ts';
import type { Key } from '../../domain/write.ts';
import { aPublishedSale } from '../support/sales.ts';
import { holderParts, holders, names, shopperIds, tampers } from './arbitraries.ts';
import { isSame, type Law, law, same } from './law.ts';

const texts = fc.stringMatching(/^[A-Za-z0-9_-]{24}$/);

/** Few and short, so that two of them are often nearly the same. */
const shortNames = fc.stringMatching(/^[a1-]{1,2}$/);

const orders = fc.record({ saleId: names, sku: names, holder: holders });

/** Nearly order ids, and order ids. */
const almostIds = fc.oneof(
  fc.tuple(orders, tampers).map(([order, tamper]) => tamper(orderIdOf(order))),
  fc
    .array(fc.oneof(names, texts, fc.constantFrom('', ' ', 'a#b', 'ü')), { maxLength: 5 })
    .map((parts) => parts.join('.')),
);

/** What a key of an item can be made of. */
type KeyParts = ItemKey & { readonly number: number; readonly letter: string };

const keyParts: fc.Arbitrary<KeyParts> = fc.record({
  ...{ saleId: shortNames, sku: shortNames, number: fc.nat({ max: 12 }) },
  letter: fc.constantFrom('A', 'B'),
});

/** Keys of items, by kind, and what each of them must differ by. */
const KEYS: readonly ((parts: KeyParts) => { readonly key: Key; readonly of: unknown })[] = [
  ({ number, ...item }) => ({ key: shardKey(item, number), of: [item.saleId, item.sku, number] }),
  ({ number, ...item }) => ({ key: hintKey(item, number), of: [item.saleId, item.sku, number] }),
  ({ number, ...item }) => ({ key: grantKey(item, number), of: [item.saleId, item.sku, number] }),
  ({ number, letter, ...item }) => ({
    key: claimKey(item, letter.repeat(14), number),
    of: [item.saleId, item.sku, number, letter],
  }),
  ({ letter, ...item }) => ({
    key: recordKey(item, letter.repeat(24)),
    of: [item.saleId, item.sku, letter],
  }),
  (item) => ({ key: statusKey(item), of: [item.saleId, item.sku] }),
  ({ saleId }) => ({ key: saleKey(saleId), of: [saleId] }),
];

const kinds = fc.nat({ max: KEYS.length - 1 });

/** Parts of two keys, which differ in one of them at most, or in any. */
const twoParts = fc
  .tuple(keyParts, keyParts, fc.constantFrom('saleId', 'sku', 'number', 'letter', 'any'))
  .map(([one, other, what]) => {
    const changed = what === 'any' ? other : { ...one, [what]: other[what as keyof KeyParts] };
    return [one, changed] as const;
  });

export const idLaws: readonly Law[] = [
  law(
    'holder: reads as the parts it was written from',
    [holderParts],
    (parts) => {
      const holder = holderOf(parts);
      match(holder, /^[A-Za-z0-9_-]{24}$/);
      same(partsOf(holder), parts);
    },
    5,
  ),

  law(
    'holder: each text of its form is the only one with its parts',
    [texts],
    (text) => {
      const parts = partsOf(text);
      equal(parts && holderOf(parts), text);
    },
    5,
  ),

  law(
    'holder: other parts, another holder',
    [holderParts, holderParts],
    (one, other) => {
      equal(holderOf(one) === holderOf(other), isSame(one, other));
    },
    5,
  ),

  law(
    'holder: a change of one character gives other parts or none',
    [holders, tampers],
    (holder, tamper) => {
      const changed = tamper(holder);
      if (changed !== holder) equal(isSame(partsOf(changed), partsOf(holder)), false);
    },
    5,
  ),

  law(
    'order id: reads as the order it was written from',
    [orders],
    (order) => {
      same(orderOf(orderIdOf(order)), order);
    },
    5,
  ),

  law(
    'order id: a change of one character gives another order or none',
    [orders, tampers],
    (order, tamper) => {
      const id = orderIdOf(order);
      const changed = tamper(id);
      if (changed !== id) equal(isSame(orderOf(changed), order), false);
    },
    5,
  ),

  law(
    'order id: a text that reads as an order is its only id',
    [almostIds],
    (text) => {
      const order = orderOf(text);
      if (order !== undefined) equal(orderIdOf(order), text);
    },
    5,
  ),

  law(
    'buyer key: the same for one shopper, sale and SKU, and for no other',
    [
      fc.tuple(shopperIds, names, names),
      fc.tuple(shopperIds, names, names),
      fc.constantFrom(0, 1, 2, 'all'),
    ],
    (one, other, what) => {
      const keyOf = ([shopper, sku, salt]: readonly [string, string, string]) =>
        keysOfBuyers.of(aPublishedSale({ salt }), shopper, sku);
      const second = one.map((part, at) =>
        what === at || what === 'all' ? other[at] : part,
      ) as typeof one;
      match(keyOf(one), /^[A-Za-z0-9_-]{13}[AQgw]$/);
      equal(keyOf(one) === keyOf(second), isSame(one, second));
    },
  ),

  law(
    'item key: other items, another key',
    [twoParts, kinds, kinds],
    ([parts, otherParts], kind, otherKind) => {
      const one = KEYS[kind]?.(parts);
      const other = KEYS[otherKind]?.(otherParts);
      equal(isSame(one?.key, other?.key), kind === otherKind && isSame(one?.of, other?.of));
    },
    5,
  ),

  law(
    'item key: a holder leads to its claim and to its record',
    [orders, holderParts],
    (order, parts) => {
      const holder = holderOf(parts);
      same(claimKeyOf(order, holder), claimKey(order, parts.buyerKey, parts.n));
      const { pk, sk } = recordKey(order, holder);
      notEqual(recordPartitions(order).indexOf(pk), -1);
      equal(sk, holder);
    },
  ),
];
