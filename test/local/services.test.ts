import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type ServiceStack, startServiceStack } from './support/service-stack.ts';

describe('services of the local stack', () => {
  let stack: ServiceStack['stack'];
  let call: ServiceStack['call'];
  let out: ServiceStack['out'];

  beforeAll(async () => {
    ({ stack, call, out } = await startServiceStack());
  }, 30_000);

  afterAll(() => stack?.stop());

  test('DynamoDB: conditions fail with the old item, and units are counted', async () => {
    const before = stack.calls.snapshot();
    const put = {
      TableName: 'things',
      Item: { pk: { S: 'a' }, n: { N: '1' } },
      ConditionExpression: 'attribute_not_exists(pk)',
    };
    const [first, second, read] = await call(
      ['dynamodb', 'PutItem', put],
      ['dynamodb', 'PutItem', put],
      [
        'dynamodb',
        'GetItem',
        { TableName: 'things', Key: { pk: { S: 'a' } }, ConsistentRead: true },
      ],
    );
    expect(first.error).toBeUndefined();
    expect(second.error).toBe('ConditionalCheckFailedException');
    expect(read.Item).toEqual({ pk: { S: 'a' }, n: { N: '1' } });
    expect(stack.calls.since(before)).toEqual([
      expect.objectContaining({
        operation: 'PutItem',
        table: 'things',
        calls: 2,
        errors: 1,
        writeUnits: 2,
      }),
      expect.objectContaining({ operation: 'GetItem', calls: 1, readUnits: 1 }),
    ]);
  });

  test('S3: what was put is got', async () => {
    const [, got] = await call(
      ['s3', 'PutObject', { Bucket: 'files', Key: 'a/b.txt', Body: 'hello' }],
      ['s3', 'GetObject', { Bucket: 'files', Key: 'a/b.txt' }],
    );
    expect(got.Body).toBe('hello');
  });

  test('Secrets Manager: a generated secret keeps its template', async () => {
    const [{ SecretString }] = await call([
      'secrets',
      'GetSecretValue',
      { SecretId: out('Secret') },
    ]);
    expect(JSON.parse(SecretString)).toEqual({
      active: 'k1',
      k1: expect.stringMatching(/^\w{40}$/),
    });
  });

  test('Secrets Manager: what was put is the value', async () => {
    const SecretId = out('Secret');
    const [, got, without] = await call(
      ['secrets', 'PutSecretValue', { SecretId, SecretString: '{"active":"k2"}' }],
      ['secrets', 'GetSecretValue', { SecretId }],
      ['secrets', 'PutSecretValue', { SecretId }],
    );
    expect(got.SecretString).toBe('{"active":"k2"}');
    expect(without.error).toBe('InvalidParameterException');
  });

  test('KeyValueStore: a stale ETag is a conflict', async () => {
    const KvsARN = out('Store');
    const [described] = await call(['store', 'DescribeKeyValueStore', { KvsARN }]);
    const put = { KvsARN, Key: 'k', Value: 'v', IfMatch: described.ETag };
    const [first, second, read, list] = await call(
      ['store', 'PutKey', put],
      ['store', 'PutKey', put],
      ['store', 'GetKey', { KvsARN, Key: 'k' }],
      ['store', 'ListKeys', { KvsARN }],
    );
    expect(first.ItemCount).toBe(1);
    expect(second.error).toBe('ConflictException');
    expect(read.Value).toBe('v');
    expect(list.Items).toEqual([{ Key: 'k', Value: 'v' }]);
  });

  test('EventBridge: an accepted event is kept, and a rule passes it on', async () => {
    const entry = (n: number) => ({
      EventBusName: 'bus',
      Source: 'shop',
      DetailType: 'sold',
      Detail: JSON.stringify({ n }),
    });
    const [put] = await call(['events', 'PutEvents', { Entries: [entry(1), entry(2)] }]);
    expect(put.FailedEntryCount).toBe(0);
    expect(stack.events.map(({ detail }) => detail)).toEqual([{ n: 1 }, { n: 2 }]);
    const [{ Messages }] = await call([
      'sqs',
      'ReceiveMessage',
      { QueueUrl: out('Plain'), MaxNumberOfMessages: 10 },
    ]);
    expect(Messages).toHaveLength(1);
    expect(JSON.parse(Messages[0].Body).detail).toEqual({ n: 2 });
  });
});
