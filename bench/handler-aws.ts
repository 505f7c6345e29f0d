/**
 * @module
 * AWS as the buy function sees it, from a script: DynamoDB, SQS and Secrets Manager over HTTP, all behind one address.
 * It writes nothing down, and answers at once unless it is told to take its time.
 */

import { createHash, randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { storedItem } from '../adapters/dynamo-item.ts';
import { type Status, saleKey, shardKey, statusKey } from '../domain/items.ts';
import type { PublishedSale } from '../domain/sale.ts';
import type { Attributes, Key } from '../domain/write.ts';
import { type Listening, listen } from '../local/listening.ts';
import { KEYS, SKUS } from './handler-shop.ts';
import { TABLES } from './handler-variables.ts';

export type HandlerAws = Listening & {
  /** How often each operation was called so far. */
  counts(): ReadonlyMap<string, number>;
};

/** Holders in a shard that is half sold. */
const HOLDERS = 20;

/** What a hold adds to the set of a shard. */
const HOLDER = /"BS":\["([^"]+)"\]/;

/** @throws {Error} to the caller, as a 500, where a function calls what no buy calls */
export async function startHandlerAws(
  sale: PublishedSale,
  delayMs: (operation: string) => number = () => 0,
): Promise<HandlerAws> {
  const counts = new Map<string, number>();
  const answers = answersOf(sale);
  const server = createServer(async (request, response) => {
    const target = String(request.headers['x-amz-target']);
    const operation = target.slice(target.indexOf('.') + 1);
    const body = await textOf(request);
    const answer = answers[operation];
    counts.set(operation, (counts.get(operation) ?? 0) + 1);
    const delay = delayMs(operation);
    if (delay > 0) await new Promise((resolve) => setTimeout(resolve, delay));
    reply(response, answer?.(body));
  });
  return { ...(await listen(server, 0)), counts: () => new Map(counts) };
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

function reply(response: ServerResponse, answer: string | undefined): void {
  const body = answer ?? '{"__type":"UnknownOperationException"}';
  response.writeHead(answer === undefined ? 400 : 200, {
    'content-type': 'application/x-amz-json-1.0',
    'content-length': Buffer.byteLength(body),
    'x-amzn-requestid': 'R1D6K2Q8M7VJ0A9H5T3C4N1B8XVV4KQNSO5AEMVJF66Q9ASUAAJG',
    'x-amz-crc32': '2745614147',
  });
  response.end(body);
}

/** What each operation of a buy is answered with, from the body of its request. */
function answersOf(sale: PublishedSale): Readonly<Record<string, (body: string) => string>> {
  const shard = JSON.stringify({ Attributes: halfSold(sale) });
  // The shard as the hold leaves it: whoever held something stands in it.
  const held = (holder: string) => shard.replace('"BS":[', `"BS":["${holder}",`);
  const look = JSON.stringify(lookOf(sale));
  const secret = JSON.stringify({
    ARN: 'arn:aws:secretsmanager:eu-central-1:123456789012:secret:Signing-AbCdEf',
    CreatedDate: 1_763_000_000.5,
    Name: 'Signing',
    SecretString: JSON.stringify(KEYS),
    VersionId: '6c1f6f0f-3f5d-4d2a-8f6e-2b5c7c3f1e10',
    VersionStages: ['AWSCURRENT'],
  });
  return {
    BatchGetItem: () => look,
    PutItem: () => '{}',
    UpdateItem: (body) => {
      const holder = HOLDER.exec(body)?.[1];
      return holder === undefined ? '{}' : held(holder);
    },
    SendMessage: (body) => sent((JSON.parse(body) as { MessageBody: string }).MessageBody),
    GetSecretValue: () => secret,
  };
}

const sent = (message: string): string =>
  JSON.stringify({
    MD5OfMessageBody: createHash('md5').update(message).digest('hex'),
    MessageId: 'd0f3a3a4-5d53-4b0c-9d4f-6f3f0c2b1a99',
  });

/** The sale and how it stands, as every environment reads them once a second. */
const lookOf = (sale: PublishedSale) => ({
  Responses: {
    [TABLES.catalogue]: [onTheWire(saleKey(sale.id), { sale: JSON.stringify(sale) })],
    [TABLES.stock]: sale.items.map(({ sku }) =>
      onTheWire(statusKey({ saleId: sale.id, sku }), statusOf(sku)),
    ),
  },
  UnprocessedKeys: {},
});

function statusOf(sku: string): Attributes {
  const status: Status = {
    phase: 'OPEN',
    soldOut: sku === SKUS.late,
    shards: 160,
    releases: 0,
    grants: 1,
    cap: 6_400,
  };
  return status as unknown as Attributes;
}

function halfSold(sale: PublishedSale): object {
  const held = Array.from({ length: HOLDERS }, () => randomBytes(18).toString('base64url'));
  const key = shardKey({ saleId: sale.id, sku: SKUS.win }, 7);
  return onTheWire(key, { cap: 2 * HOLDERS, avail: HOLDERS, held: new Set(held) });
}

/** An item as DynamoDB writes it: bytes are base64. */
function onTheWire(key: Key, attributes: Attributes): object {
  const entries = Object.entries(storedItem(key, attributes)).map(([name, value]) => [
    name,
    value.BS ? { BS: value.BS.map((bytes) => Buffer.from(bytes).toString('base64')) } : value,
  ]);
  return Object.fromEntries(entries);
}
