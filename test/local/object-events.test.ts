import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type LocalStack, startLocalStack } from '../../local/stack.ts';
import { lambda, writeAssembly } from './support/assembly.ts';
import { callerCode } from './support/caller.ts';

const arn = (id: string) => ({ 'Fn::GetAtt': [id, 'Arn'] });
const notifying = (BucketName: string, EventBridgeEnabled: boolean) => ({
  Type: 'AWS::S3::Bucket',
  Properties: {
    BucketName,
    NotificationConfiguration: { EventBridgeConfiguration: { EventBridgeEnabled } },
  },
});

const pattern = {
  source: ['aws.s3'],
  'detail-type': ['Object Created'],
  detail: { object: { key: [{ prefix: 'in/' }] } },
};

const rule = (target: object, name: string) => ({
  Type: 'AWS::Events::Rule',
  Properties: { Name: name, EventPattern: pattern, Targets: [{ Id: 'it', ...target }] },
});

const resources = {
  Telling: notifying('telling', true),
  Silent: notifying('silent', false),
  Plain: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'bare' } },
  Dead: { Type: 'AWS::SQS::Queue' },
  Caller: lambda('caller'),
  Worker: lambda('worker'),
  Rule: rule({ Arn: arn('Worker'), DeadLetterConfig: { Arn: arn('Dead') } }, 'dropped'),
};

const outputs = { Dead: { Value: { Ref: 'Dead' } } };

const workerCode = `
exports.handler = async (event) => {
  console.log(JSON.stringify(event));
  if (event.detail.object.key.includes('bad')) throw new Error('as asked');
};`;

describe('new objects of the local stack', () => {
  let stack: LocalStack;
  const lines: string[] = [];

  beforeAll(async () => {
    const assets = { caller: callerCode(), worker: { 'index.js': workerCode } };
    const assembly = writeAssembly({ Test: { resources, outputs } }, assets);
    stack = await startLocalStack({ assembly, log: (line) => lines.push(line) });
  }, 30_000);

  afterAll(() => stack?.stop());

  // biome-ignore lint/suspicious/noExplicitAny: answers of many services
  const call = async (...calls: unknown[][]): Promise<any[]> => {
    const answer = await stack.invoke('Caller', { calls });
    await stack.settle();
    // biome-ignore lint/suspicious/noExplicitAny: answers of many services
    return (answer as { answers: any[] }).answers;
  };
  const put = (Bucket: string, Key: string, Body = 'x') =>
    call(['s3', 'PutObject', { Bucket, Key, Body }]);
  // biome-ignore lint/suspicious/noExplicitAny: events as they come
  const events = (): any[] =>
    lines.splice(0).flatMap((line) => {
      const [, event] = /^Worker: (\{.*\})$/.exec(line) ?? [];
      return event === undefined ? [] : [JSON.parse(event)];
    });

  test('are told of on the default bus, with key and size as they are', async () => {
    await put('telling', 'in/a b+ü.csv', 'twelve bytes');
    const [event, ...others] = events();
    expect(others).toEqual([]);
    expect(event).toMatchObject({
      ...{ source: 'aws.s3', 'detail-type': 'Object Created' },
      resources: ['arn:aws:s3:::telling'],
      detail: {
        bucket: { name: 'telling' },
        object: { key: 'in/a b+ü.csv', size: 12 },
        reason: 'PutObject',
      },
    });
    // Nobody has put it on a bus.
    expect(stack.events).toEqual([]);
  });

  test('are not told of by buckets that are not set up for it, nor to rules that want others', async () => {
    await put('silent', 'in/x');
    await put('bare', 'in/x');
    await put('telling', 'out/x');
    expect(events()).toEqual([]);
  });

  test('are told of once more when they are copied, and never when they are read or removed', async () => {
    await put('telling', 'in/first');
    events();
    await call(
      ['s3', 'CopyObject', { Bucket: 'telling', Key: 'in/second', CopySource: 'telling/in/first' }],
      ['s3', 'GetObject', { Bucket: 'telling', Key: 'in/second' }],
      ['s3', 'DeleteObject', { Bucket: 'telling', Key: 'in/second' }],
    );
    expect(
      events().map(({ detail }) => [detail.object.key, detail.object.size, detail.reason]),
    ).toEqual([['in/second', 1, 'CopyObject']]);
  });

  test('end in the dead-letter queue of their rule when the function fails three times', async () => {
    await put('telling', 'in/bad');
    await stack.clock.advance(10 * 60_000);
    expect(events()).toHaveLength(3);
    const [{ Messages }] = await call([
      'sqs',
      'ReceiveMessage',
      { QueueUrl: stack.outputs['Dead'] },
    ]);
    expect(JSON.parse(Messages[0].Body).detail.object.key).toBe('in/bad');
  });
});

describe('a template', () => {
  const refused = async (changed: object) => {
    const assembly = writeAssembly(
      { Test: { resources: { ...resources, ...changed }, outputs } },
      { caller: callerCode(), worker: { 'index.js': workerCode } },
    );
    const stack = await startLocalStack({ assembly });
    await stack.stop();
  };

  test('whose rule has a target with an input that the stack would pass over is refused', async () => {
    const Rule = rule({ Arn: arn('Worker'), InputPath: '$.detail' }, 'narrow');
    await expect(refused({ Rule })).rejects.toThrow('"InputPath" of a target is unknown');
  });

  test('whose bucket calls a function itself is refused', async () => {
    const Properties = { NotificationConfiguration: { LambdaConfigurations: [] } };
    const Plain = { Type: 'AWS::S3::Bucket', Properties };
    await expect(refused({ Plain })).rejects.toThrow('"LambdaConfigurations" of its notifications');
  });
});
