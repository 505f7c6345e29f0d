import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { QueuesThread } from '../../local/engines/queues-thread.ts';
import { textOf } from '../../local/services/aws-http.ts';

let queues: QueuesThread;
let QueueUrl: string;

const call = async (operation: string, input: object, signal?: AbortSignal) => {
  const { status, headers, body } = await queues.json(
    `AmazonSQS.${operation}`,
    JSON.stringify(input),
    signal,
  );
  return { status, headers, document: JSON.parse(textOf(body)) };
};

const receive = (WaitTimeSeconds: number, signal?: AbortSignal) =>
  call('ReceiveMessage', { QueueUrl, WaitTimeSeconds, MaxNumberOfMessages: 10 }, signal);

beforeAll(async () => {
  queues = await QueuesThread.start();
  const { document } = await call('CreateQueue', { QueueName: 'orders' });
  QueueUrl = document.QueueUrl;
});

afterAll(() => queues.close());

describe('QueuesThread', () => {
  test('answers calls that are made in one turn each with its own', async () => {
    const bodies = Array.from({ length: 50 }, (_, index) => `message ${index}`);
    const sent = await Promise.all(
      bodies.map((MessageBody) => call('SendMessage', { QueueUrl, MessageBody })),
    );
    expect(new Set(sent.map(({ document }) => document.MessageId)).size).toBe(50);
    const seen: string[] = [];
    while (seen.length < 50) {
      const { document } = await receive(1);
      seen.push(...document.Messages.map(({ Body }: { Body: string }) => Body));
    }
    expect(seen.toSorted()).toEqual(bodies.toSorted());
  });

  test('answers errors as SQS does', async () => {
    const { status, headers, document } = await call('SendMessage', {
      QueueUrl: 'http://localhost/000000000000/nowhere',
      MessageBody: 'lost',
    });
    expect(status).toBe(400);
    expect(document.__type).toContain('QueueDoesNotExist');
    expect(headers['x-amzn-query-error']).toContain('NonExistentQueue');
  });

  test('answers the same over HTTP', async () => {
    const answer = await fetch(queues.url, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-amz-json-1.0',
        'x-amz-target': 'AmazonSQS.ListQueues',
      },
      body: '{}',
    });
    expect(await answer.json()).toEqual((await call('ListQueues', {})).document);
  });

  test('hides messages by the clock that it is told', async () => {
    const { document: created } = await call('CreateQueue', { QueueName: 'later' });
    QueueUrl = created.QueueUrl;
    await call('SendMessage', { QueueUrl, MessageBody: 'later', DelaySeconds: 600 });
    expect((await receive(0)).document.Messages).toBeUndefined();
    await queues.follow(601_000);
    const { document } = await receive(1);
    expect(document.Messages).toMatchObject([{ Body: 'later' }]);
  });

  test('keeps objects of any bytes', async () => {
    await queues.forward({ method: 'PUT', path: '/bucket', headers: {}, body: '' });
    const bytes = Uint8Array.from({ length: 256 }, (_, index) => index);
    const headers = { 'content-type': 'application/octet-stream' };
    await queues.forward({ method: 'PUT', path: '/bucket/all%20bytes', headers, body: bytes });
    const got = await queues.forward({
      method: 'GET',
      path: '/bucket/all%20bytes',
      headers: {},
      body: '',
    });
    expect(got.headers['content-type']).toBe('application/octet-stream');
    expect([...got.body]).toEqual([...bytes]);
  });

  test('gives a call up that nobody wants any more', async () => {
    const giving = new AbortController();
    const waiting = receive(20, giving.signal);
    giving.abort();
    await expect(waiting).rejects.toThrow('given up');
    await expect(receive(20, AbortSignal.abort())).rejects.toThrow('given up');
  });

  test('fails what is under way when it ends', async () => {
    const other = await QueuesThread.start();
    const waiting = other.json('AmazonSQS.ReceiveMessage', '{"QueueUrl":"http://x/0/none"}');
    const settled = Promise.allSettled([waiting]);
    await other.close();
    expect((await settled)[0]?.status).toMatch(/rejected|fulfilled/);
    await expect(other.json('AmazonSQS.ListQueues', '{}')).rejects.toThrow('ended');
  });
});
