/** @module All pages of a query or a scan, one after the other. The SDK's own paginators take no client but its own. */

import {
  type AttributeValue,
  QueryCommand,
  type QueryCommandInput,
  ScanCommand,
  type ScanCommandInput,
} from '@aws-sdk/client-dynamodb';
import type { DynamoDb } from './aws-clients.ts';
import type { Stored } from './dynamo-item.ts';

/** The items of a query, page by page. */
export const queryPages = (db: DynamoDb, input: QueryCommandInput) =>
  pages((from) => db.send(new QueryCommand({ ...input, ...from })));

/** The items of a scan, page by page. */
export const scanPages = (db: DynamoDb, input: ScanCommandInput) =>
  pages((from) => db.send(new ScanCommand({ ...input, ...from })));

type Place = Record<string, AttributeValue>;

type Page = {
  readonly Items?: readonly Stored[] | undefined;
  readonly LastEvaluatedKey?: Place | undefined;
};

async function* pages(
  read: (from: { readonly ExclusiveStartKey?: Place }) => Promise<Page>,
): AsyncGenerator<readonly Stored[]> {
  let next: Place | undefined;
  do {
    const { Items = [], LastEvaluatedKey } = await read(next ? { ExclusiveStartKey: next } : {});
    yield Items;
    next = LastEvaluatedKey;
  } while (next !== undefined);
}
