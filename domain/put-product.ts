/** @module A product enters the catalogue, or changes there. The same product again changes nothing. */

import { writeDecided } from './decided-write.ts';
import type { Store } from './ports.ts';
import {
  freeOf,
  type Product,
  productAttributes,
  productIn,
  productKey,
  type StockedProduct,
} from './product.ts';
import { type Attributes, absent, all, below, type Condition, equals, set } from './write.ts';

export type PutProductOutcome =
  | { readonly kind: 'added' }
  | { readonly kind: 'changed' }
  | { readonly kind: 'unchanged' }
  /** Sales have taken more units than there would be. */
  | { readonly kind: 'too-few'; readonly allocated: number }
  /** A product without end gets none, nor the other way round: sales have taken units on that ground. */
  | { readonly kind: 'other-kind'; readonly total: Product['total'] };

/**
 * Adds a product, or changes it. What sales have taken stays; one write, so that nothing is ever half changed.
 *
 * @param seen the item of the catalogue, where the caller has just read it
 */
export const putProduct = (
  store: Store,
  product: Product,
  seen?: { readonly item: Attributes | undefined },
): Promise<PutProductOutcome> =>
  writeDecided(store, productKey(product.sku), (item) => decide(item, product), seen);

function decide(item: Attributes | undefined, product: Product) {
  const put = productAttributes(product);
  const key = productKey(product.sku);
  if (item === undefined) {
    const write = { item: key, when: absent, put: { ...put, allocated: 0 } };
    return { write, outcome: { kind: 'added' } as const };
  }
  const stocked = productIn(item);
  const refusal = whyNot(stocked, product);
  if (refusal) return { outcome: refusal };
  if (item['product'] === put.product && item['total'] === put.total) {
    return { outcome: { kind: 'unchanged' } as const };
  }
  const change = [set('product', put.product), set('total', put.total)];
  const when = all(isAsSeen(item), ...leaves(product.total));
  return { write: { item: key, when, change }, outcome: { kind: 'changed' } as const };
}

function whyNot(stocked: StockedProduct, product: Product): PutProductOutcome | undefined {
  const { total, allocated } = stocked;
  if ((total === 'unlimited') !== (product.total === 'unlimited')) {
    return { kind: 'other-kind', total };
  }
  return freeOf({ ...product, allocated }) < 0 ? { kind: 'too-few', allocated } : undefined;
}

const isAsSeen = (item: Attributes): Condition =>
  all(equals('product', String(item['product'])), equals('total', item['total'] as number));

/** What sales have taken must be there. */
const leaves = (total: Product['total']): Condition[] =>
  total === 'unlimited' ? [] : [below('allocated', total + 1)];
