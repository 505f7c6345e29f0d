import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { describe, expect, test } from '@jest/globals';
import { attributesOf, storedItem } from '../../adapters/dynamo-item.ts';
import { dynamoStore } from '../../adapters/dynamo-store.ts';
import { holderOf } from '../../domain/order-id.ts';
import { fakeClient } from './fake-client.ts';

const HOLDER = holderOf({ buyerKey: 'AQIDBAUGBwgJ_w', n: 0, attempt: 1, quantity: 1, since: 1 });
const TABLES = { catalogue: 'C', stock: 'S', orders: 'O' };

describe('storedItem()', () => {
  const item = { text: 'x', count: 3, flag: false, held: new Set([HOLDER]), empty: new Set([7]) };
  const key = { table: 'orders', pk: 'p', sk: 's' } as const;

  test('stores a holder as its 18 bytes, so that a shard stays under 1 KB', () => {
    expect(storedItem(key, item)).toEqual({
      ...{ pk: { S: 'p' }, sk: { S: 's' }, text: { S: 'x' }, count: { N: '3' } },
      ...{ flag: { BOOL: false }, empty: { NS: ['7'] } },
      held: { BS: [Buffer.from(HOLDER, 'base64url')] },
    });
    expect(Buffer.from(HOLDER, 'base64url')).toHaveLength(18);
  });

  test('is read back without its key', () => {
    expect(attributesOf(storedItem(key, item))).toEqual(item);
  });
});

describe('attributesOf()', () => {
  test('refuses what is none of our types', () => {
    expect(() => attributesOf({ odd: { NULL: true } })).toThrow(
      'Cannot read attribute "odd": its type is none of ours',
    );
  });
});

describe('dynamoStore()', () => {
  test('asks on until every key is answered for', async () => {
    const left = { S: { Keys: [{ pk: { S: 'b' } }], ConsistentRead: true } };
    const { client, sent } = fakeClient((_, before) =>
      before === 0
        ? { Responses: { S: [{ pk: { S: 'a' }, n: { N: '1' } }] }, UnprocessedKeys: left }
        : { Responses: { S: [{ pk: { S: 'b' }, n: { N: '2' } }] } },
    );
    const keys = ['a', 'b'].map((pk) => ({ table: 'stock', pk }) as const);
    expect(await dynamoStore(client, TABLES).read(keys)).toEqual([{ n: 1 }, { n: 2 }]);
    expect(sent[1]?.input).toEqual({ RequestItems: left });
  });

  test('reads strongly consistent', async () => {
    const { client, sent } = fakeClient();
    await dynamoStore(client, TABLES).read([{ table: 'stock', pk: 'a' }]);
    expect(sent[0]?.input).toMatchObject({ RequestItems: { S: { ConsistentRead: true } } });
  });

  test('answers a refusal that brings no item', async () => {
    const { client } = fakeClient(() => {
      throw new ConditionalCheckFailedException({ message: 'no', $metadata: {} });
    });
    const write = { item: { table: 'stock', pk: 'a' }, put: { n: 1 } } as const;
    const answer = { kind: 'refused', item: undefined };
    expect(await dynamoStore(client, TABLES).write(write)).toEqual(answer);
  });
});
