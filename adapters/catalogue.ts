/** @module All published sales. The catalogue is small, and read whole only when somebody publishes or lists. */

import { type DynamoDBClient, paginateScan } from '@aws-sdk/client-dynamodb';
import { saleIn } from '../domain/publish.ts';
import type { PublishedSale } from '../domain/sale.ts';
import { attributesOf } from './dynamo-item.ts';

/** Reads every sale, the one that opens first first. */
export async function allSales(db: DynamoDBClient, table: string): Promise<PublishedSale[]> {
  const sales: PublishedSale[] = [];
  for await (const { Items = [] } of paginateScan(
    { client: db },
    { TableName: table, ConsistentRead: true },
  )) {
    for (const item of Items) {
      if (item['pk']?.S?.startsWith('SALE#')) sales.push(saleIn(attributesOf(item)));
    }
  }
  return sales.toSorted((a, b) => a.opensAt - b.opensAt);
}
