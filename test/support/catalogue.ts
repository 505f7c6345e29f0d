/** @module Products for tests, the catalogue's twin in memory, and a place to publish to. */

import { memoryStore } from '../../adapters/memory-store.ts';
import { draftIn } from '../../domain/draft.ts';
import type { PlannedSale } from '../../domain/planned-sale.ts';
import type { Catalogue, Store } from '../../domain/ports.ts';
import { type Product, productIn, productKey, type StockedProduct } from '../../domain/product.ts';
import { plainSale, saleIn } from '../../domain/publish.ts';
import type { PublishPlannedWorld } from '../../domain/publish-planned.ts';
import { putProduct } from '../../domain/put-product.ts';
import type { Attributes } from '../../domain/write.ts';
import { aPublishedSale, OPENS_AT } from './sales.ts';

export const aProduct = (changes: Partial<Product> = {}): Product => ({
  sku: 'lamp',
  name: 'Lamp',
  price: 1999,
  currency: 'EUR',
  total: 100,
  ...changes,
});

/** A sale of ten lamps that are a product's. */
export const aPlannedSale = (changes: Partial<PlannedSale> = {}): PlannedSale => ({
  ...plainSale(aPublishedSale()),
  items: [{ product: 'lamp', units: 10, limit: 1 }],
  ...changes,
});

type Memory = ReturnType<typeof memoryStore>;

/** Reads what a store in memory holds. */
function memoryCatalogue({ items }: Memory): Catalogue {
  const all = <T>(prefix: string, read: (item: Attributes) => T | undefined): T[] =>
    [...items].flatMap(([name, item]) =>
      name.startsWith(`catalogue/${prefix}`) && item ? (read(item) ?? []) : [],
    ) as T[];
  return {
    sales: async () => all('SALE#', saleIn),
    products: async () => all('PRODUCT#', productIn),
    drafts: async () => all('DRAFT#', draftIn),
  };
}

export async function productAt(store: Store, sku = 'lamp'): Promise<StockedProduct> {
  const [item] = await store.read([productKey(sku)]);
  if (item === undefined) throw new Error(`there is no product "${sku}"`);
  return productIn(item);
}

/** A place to publish to, with products. */
export async function aPublishingPlace(...products: readonly Product[]) {
  const store = memoryStore();
  for (const product of products) await putProduct(store, product);
  const nothing = async () => {};
  let secrets = 0;
  const world: PublishPlannedWorld = {
    store,
    catalogue: memoryCatalogue(store),
    buyRate: 1000,
    edge: { putSale: nothing, changeSale: nothing, isDrawn: async () => false },
    site: { putSale: nothing, putSlots: nothing },
    schedules: { create: nothing },
    clock: () => OPENS_AT - 3_600_000,
    secret: () => `secret-${++secrets}`,
    hasWaf: false,
  };
  return { store, world };
}
