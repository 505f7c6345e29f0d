/** @module All sales, products and drafts. The catalogue is small, and read whole only when somebody publishes or lists. */

import { draftIn } from '../domain/draft.ts';
import type { Catalogue } from '../domain/ports.ts';
import { productIn } from '../domain/product.ts';
import { saleIn } from '../domain/publish.ts';
import type { PublishedSale } from '../domain/sale.ts';
import type { Attributes } from '../domain/write.ts';
import type { DynamoDb } from './aws-clients.ts';
import { attributesOf } from './dynamo-item.ts';
import { scanPages } from './dynamo-pages.ts';

export const dynamoCatalogue = (db: DynamoDb, table: string): Catalogue => ({
  sales: () => allSales(db, table),
  async products() {
    const products = (await itemsOf(db, table, 'PRODUCT#')).map(productIn);
    return products.toSorted((a, b) => (a.sku < b.sku ? -1 : 1));
  },
  async drafts() {
    const drafts = (await itemsOf(db, table, 'DRAFT#')).flatMap((item) => draftIn(item) ?? []);
    return drafts.toSorted((a, b) => a.sale.opensAt - b.sale.opensAt);
  },
});

/** Reads every sale, the one that opens first first. */
export async function allSales(db: DynamoDb, table: string): Promise<PublishedSale[]> {
  const sales = (await itemsOf(db, table, 'SALE#')).map(saleIn);
  return sales.toSorted((a, b) => a.opensAt - b.opensAt);
}

async function itemsOf(db: DynamoDb, table: string, prefix: string): Promise<Attributes[]> {
  const items: Attributes[] = [];
  for await (const page of scanPages(db, { TableName: table, ConsistentRead: true })) {
    for (const item of page) {
      if (item['pk']?.S?.startsWith(prefix)) items.push(attributesOf(item));
    }
  }
  return items;
}
