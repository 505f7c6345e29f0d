/** @module What the entrances of a configuration share. */

import { nameOf } from '../../adapters/memory-store.ts';
import { type Claim, claimKey, type ItemKey, type Status, statusKey } from '../../domain/items.ts';
import type { Plain } from '../../domain/plain-item.ts';
import type { Item, PublishedSale } from '../../domain/sale.ts';
import { buyerKeyOf } from '../support/shop.ts';
import { type Configuration, type Kind, SHOPPERS, saleOf } from './configuration.ts';
import type { Begin } from './machine.ts';

/** What can begin, by what some items are. */
export type Entrance = {
  readonly kind: Kind;
  /**
   * Whether it may stand and wait with what it saw before it takes its first step. What begins the same whenever it begins
   * needs not.
   */
  readonly waits?: boolean;
  /** The items that it depends on. */
  readonly items: readonly string[];
  readonly begins: (...items: readonly Plain[]) => readonly Begin[];
};

/** What all entrances of a configuration share. */
export type Play = {
  readonly config: Configuration;
  readonly sale: PublishedSale;
  readonly sold: Item;
  readonly item: ItemKey;
  readonly shoppers: readonly { readonly name: string; readonly quantity: number }[];
  /** Where the live status stands. */
  readonly status: string;
  /** Where claims can stand. */
  readonly claims: readonly string[];
};

export function playOf(config: Configuration): Play {
  const sale = saleOf(config);
  const [sold] = sale.items;
  if (sold === undefined) throw new TypeError(`Cannot explore "${config.name}": it has no item`);
  const item = { saleId: sale.id, sku: sold.sku };
  const shoppers = config.shoppers.map((quantity, at) => ({ name: SHOPPERS[at] ?? '', quantity }));
  const claims = shoppers.flatMap(({ name }) =>
    Array.from({ length: config.limit }, (_, n) => nameOf(claimKey(item, buyerKeyOf(name), n))),
  );
  return { config, sale, sold, item, shoppers, status: statusOf(config), claims };
}

/** Where the live status stands. */
export function statusOf(config: Configuration): string {
  const { id, items } = saleOf(config);
  return nameOf(statusKey({ saleId: id, sku: items[0]?.sku ?? '' }));
}

export const statusIn = (item: Plain): Status => item as unknown as Status;

/** What begins with a claim as it was, and may wait with it. */
export const ofClaims = (
  { claims }: Play,
  kind: Kind,
  begins: (claim: Claim) => readonly Begin[],
): readonly Entrance[] =>
  claims.map((name) => ({
    ...{ kind, waits: true, items: [name] },
    begins: (claim) => (claim === undefined ? [] : begins(claim as unknown as Claim)),
  }));
