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
  const bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  if (status >= 300) {
    // A failed condition costs as much as the write; items of one unit are what this design is about.
    return { readUnits: 0, writeUnits: bytes.includes('ConditionalCheckFailed') ? 1 : 0 };
  }
  const units = capacityUnits(bytes);
  return READS.has(operation)
    ? { readUnits: units, writeUnits: 0 }
    : { readUnits: 0, writeUnits: units };
}

const NAME = '"CapacityUnits"';

/** The longest number that an engine writes, with what stands before it. */
const LONGEST = 32;

/** The sum of all units that an answer names. Looked for in its bytes: to make a text of each costs more than all else. */
function capacityUnits(bytes: Buffer): number {
  let units = 0;
  for (let at = bytes.indexOf(NAME); at >= 0; at = bytes.indexOf(NAME, at)) {
    at += NAME.length;
    const [, amount] = /^\s*:\s*([\d.]+)/.exec(bytes.toString('latin1', at, at + LONGEST)) ?? [];
    units += Number(amount ?? 0);
  }
  return units;
}
