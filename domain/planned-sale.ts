/**
 * @module
 * A sale as it is planned: some of its items name a product and how many units of it are for sale. Name, price, image and
 * place are the product's at the moment of publishing, and stay so.
 */

import type { Store } from './ports.ts';
import { freeOf, type Product, productIn, productKey, type StockedProduct } from './product.ts';
import type { Item, Sale } from './sale.ts';

/** An item that is made of a product, and has its SKU. */
export type ProductItem = {
  /** SKU of the product. */
  readonly product: string;
  /** `unlimited` only where the product has no end. */
  readonly units: number | 'unlimited';
  /** As {@link Item}'s. */
  readonly limit: number;
};

export type PlannedItem = Item | ProductItem;

/** What a sale file says. */
export type PlannedSale = Omit<Sale, 'items'> & { readonly items: readonly PlannedItem[] };

/** What stands against making a sale of products. */
export type Obstacle =
  | { readonly kind: 'unknown-product'; readonly sku: string }
  | {
      readonly kind: 'other-currency';
      readonly sku: string;
      readonly product: string;
      readonly sale: string;
    }
  | {
      readonly kind: 'short';
      readonly sku: string;
      readonly units: number;
      readonly free: number;
    }
  /** Units without end are wanted of a product that has so many. */
  | { readonly kind: 'has-an-end'; readonly sku: string; readonly total: number };

export const isOfProduct = (item: PlannedItem): item is ProductItem => 'product' in item;

export const skuOf = (item: PlannedItem): string => (isOfProduct(item) ? item.product : item.sku);

/** A sale that needs no product, or nothing. */
export const wholeSale = (planned: PlannedSale): Sale | undefined =>
  planned.items.some(isOfProduct) ? undefined : (planned as Sale);

/** Reads the products of a sale, and makes its items of them; or says all that stands against it. */
export async function resolve(
  store: Pick<Store, 'read'>,
  planned: PlannedSale,
): Promise<{ readonly sale: Sale } | { readonly obstacles: readonly Obstacle[] }> {
  const skus = planned.items.filter(isOfProduct).map(({ product }) => product);
  const found = await store.read(skus.map(productKey));
  const products = new Map(skus.map((sku, index) => [sku, found[index]]));
  const stocked = (sku: string) => {
    const item = products.get(sku);
    return item && productIn(item);
  };
  const obstacles = planned.items
    .filter(isOfProduct)
    .flatMap((item) => obstacleOf(planned, item, stocked(item.product)) ?? []);
  if (obstacles.length > 0) return { obstacles };
  const items = planned.items.map((item) => {
    const product = isOfProduct(item) ? stocked(item.product) : undefined;
    return product ? itemMade(item as ProductItem, product) : (item as Item);
  });
  return { sale: { ...planned, items } };
}

function obstacleOf(
  { id, currency }: PlannedSale,
  { product: sku, units }: ProductItem,
  product: StockedProduct | undefined,
): Obstacle | undefined {
  if (product === undefined) return { kind: 'unknown-product', sku };
  if (product.currency !== currency) {
    return { kind: 'other-currency', sku, product: product.currency, sale: currency };
  }
  if (units === 'unlimited') {
    const { total } = product;
    return total === 'unlimited' ? undefined : { kind: 'has-an-end', sku, total };
  }
  // What a publication that was cut short has set aside is this sale's own.
  const free = freeOf(product) + (product.planned[id] ?? 0);
  return units > free ? { kind: 'short', sku, units, free } : undefined;
}

const itemMade = (
  { units, limit }: ProductItem,
  { sku, name, price, image, place }: Product,
): Item => ({
  ...{ sku, name, price, units, limit },
  ...(image !== undefined && { image }),
  ...(place !== undefined && { place }),
  fromProduct: true,
});

/** A sale as its file has it: what is made of a product names it. */
export const asPlanned = (sale: PlannedSale): PlannedSale => ({
  ...sale,
  items: sale.items.map((item) =>
    !isOfProduct(item) && item.fromProduct
      ? { product: item.sku, units: item.units, limit: item.limit }
      : item,
  ),
});
