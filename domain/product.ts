/**
 * @module
 * A product: what an outside provider has, in the catalogue, so that sales are made of it. Sales take units from its
 * total; its item says which sale has taken how many, in one attribute for each, so that taking is one conditional write.
 */

import type { Place } from './sale.ts';
import type { Minor } from './units.ts';
import type { Attributes, Key } from './write.ts';

/** Whose product it is, and what it is called there. */
type Provider = { readonly name: string; readonly reference: string };

/** What an import, or a form, says of a product. */
export type Product = {
  /** As an item's SKU: `[A-Za-z0-9-]{1,40}`. */
  readonly sku: string;
  readonly name: string;
  /** What one unit costs; 0 is a price. */
  readonly price: Minor;
  /** ISO 4217. */
  readonly currency: string;
  /** All units that there ever are for sales, those that were sold among them; or that there is no end of them. */
  readonly total: number | 'unlimited';
  /** A path below the site. */
  readonly image?: string;
  readonly place?: Place;
  readonly provider?: Provider;
};

/** What sales have taken of a product. */
type Allocations = {
  /** Units taken and not given back: in sales that are on, and sold. */
  readonly allocated: number;
  /** Units by `<sale>#<number of the grant>`; publishing is grant 0. */
  readonly granted: Readonly<Record<string, number>>;
  /** Units by sale, set aside for a publication that is going on, or was cut short. */
  readonly planned: Readonly<Record<string, number>>;
  /** Units by sale that were sold there, where the sale is over and has given back the others. */
  readonly sold: Readonly<Record<string, number>>;
};

/** A product as the catalogue has it. */
export type StockedProduct = Product & Allocations;

export const productKey = (sku: string): Key => ({ table: 'catalogue', pk: `PRODUCT#${sku}` });

/** Names of attributes; `#` and `:` are in no name. */
export const grantedAttr = (saleId: string, grant: number): string => `units:${saleId}#${grant}`;
export const plannedAttr = (saleId: string): string => `plan:${saleId}`;
export const soldAttr = (saleId: string): string => `sold:${saleId}`;

/** Units that no sale has taken; no end of them where the product has none. */
export const freeOf = ({
  total,
  allocated,
}: Pick<StockedProduct, 'total' | 'allocated'>): number =>
  total === 'unlimited' ? Number.POSITIVE_INFINITY : total - allocated;

/** What the catalogue's item keeps: `total` stands beside the rest, for conditions to compare with. */
export function productAttributes({ total, ...details }: Product) {
  return { product: canonical(details), total };
}

/** The product in a catalogue item. */
export function productIn(item: Attributes): StockedProduct {
  const details = JSON.parse(String(item['product'])) as Omit<Product, 'total'>;
  return {
    ...details,
    total: item['total'] as Product['total'],
    allocated: item['allocated'] as number,
    granted: unitsBy(item, 'units:'),
    planned: unitsBy(item, 'plan:'),
    sold: unitsBy(item, 'sold:'),
  };
}

const unitsBy = (item: Attributes, prefix: string): Record<string, number> =>
  Object.fromEntries(
    Object.entries(item)
      .filter(([name]) => name.startsWith(prefix))
      .map(([name, units]) => [name.slice(prefix.length), units as number]),
  );

/** JSON with its members in one order, so that equal products are equal texts. */
function canonical({ sku, name, price, currency, image, place, provider }: Omit<Product, 'total'>) {
  return JSON.stringify({
    ...{ sku, name, price, currency },
    ...(image !== undefined && { image }),
    ...(place && {
      place: { name: place.name, latitude: place.latitude, longitude: place.longitude },
    }),
    ...(provider && { provider: { name: provider.name, reference: provider.reference } }),
  });
}
