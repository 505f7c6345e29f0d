/** @module The capacity units that a call of DynamoDB costs, as the engine counts them. */

import { type AwsRequest, type AwsResponse, textOf } from '../services/aws-http.ts';

const READS: ReadonlySet<string> = new Set([
  'GetItem',
  'BatchGetItem',
  'Query',
  'Scan',
  'TransactGetItems',
]);

export const tableOf = (body: string): string | undefined =>
  /"TableName"\s*:\s*"([^"]+)"/.exec(body)?.[1] ??
  /"RequestItems"\s*:\s*\{\s*"([^"]+)"/.exec(body)?.[1];

/** Asks the engine for the units, unless the function did. */
export function withUnits(request: AwsRequest): AwsRequest {
  const body = textOf(request.body);
  if (
    body.includes('ReturnConsumedCapacity') ||
    (!body.includes('Table') && !body.includes('RequestItems'))
  )
    return request;
  return { ...request, body: `${body.slice(0, -1)},"ReturnConsumedCapacity":"TOTAL"}` };
}

export function unitsOf(
  operation: string,
  { status, body }: AwsResponse,
): { readUnits: number; writeUnits: number } {
  const text = textOf(body);
  if (status >= 300) {
    // A failed condition costs as much as the write; items of one unit are what this design is about.
    return { readUnits: 0, writeUnits: text.includes('ConditionalCheckFailed') ? 1 : 0 };
  }
  let units = 0;
  for (const [, amount] of text.matchAll(/"CapacityUnits"\s*:\s*([\d.]+)/g))
    units += Number(amount);
  return READS.has(operation)
    ? { readUnits: units, writeUnits: 0 }
    : { readUnits: 0, writeUnits: units };
}
