import type { LambdaClient } from '@aws-sdk/client-lambda';
import type { SQSClient } from '@aws-sdk/client-sqs';
import { describe, expect, test } from '@jest/globals';
import { callAgain, dealWithLetters, readLetters } from '../../adapters/dead-letters.ts';

type Call = { readonly name: string; readonly input: Readonly<Record<string, unknown>> };

/** A queue that gives its letters out in batches, and again once they are let go of. */
function aQueue(batches: readonly (readonly string[])[]) {
  const calls: Call[] = [];
  let next = 0;
  const client = {
    async send({ constructor: { name }, input }: { constructor: { name: string }; input: object }) {
      calls.push({ name: name.replace('Command', ''), input: { ...input } });
      if (name !== 'ReceiveMessageCommand') return {};
      const ids = batches[next++] ?? [];
      return {
        Messages: ids.map((id) => ({
          ...{ MessageId: id, ReceiptHandle: `${id}-${next}`, Body: `of ${id}` },
          Attributes: { ApproximateReceiveCount: '3', SentTimestamp: '1000' },
          MessageAttributes: { ErrorMessage: { DataType: 'String', StringValue: 'no' } },
        })),
      };
    },
  };
  return {
    sqs: client as unknown as SQSClient,
    calls,
    named: (wanted: string) => calls.flatMap(({ name, input }) => (name === wanted ? [input] : [])),
  };
}

describe('readLetters()', () => {
  test('reads all there are, each once, and lets go of them', async () => {
    const { sqs, named } = aQueue([['a', 'b'], ['b', 'c'], []]);
    const letters = await readLetters(sqs, 'url', 100);
    expect(letters.map(({ id }) => id)).toEqual(['a', 'b', 'c']);
    expect(letters[0]).toEqual({
      ...{ id: 'a', body: 'of a', attributes: { ErrorMessage: 'no' }, receives: 3, sentAt: 1000 },
    });
    expect(named('ChangeMessageVisibilityBatch')).toMatchObject([
      {
        Entries: ['a-1', 'b-2', 'c-2'].map((ReceiptHandle, index) => ({
          ...{ Id: String(index), ReceiptHandle, VisibilityTimeout: 0 },
        })),
      },
    ]);
    expect(named('DeleteMessage')).toEqual([]);
  });

  test('stops where it has as many as it was to read, or nothing new comes', async () => {
    const few = aQueue([['a', 'b'], ['c']]);
    expect(await readLetters(few.sqs, 'url', 2)).toHaveLength(2);
    const same = aQueue([['a'], ['a'], ['a'], ['a']]);
    expect(await readLetters(same.sqs, 'url', 100)).toHaveLength(1);
    expect(same.named('ReceiveMessage')).toHaveLength(2);
  });

  test('lets go of ten at a time', async () => {
    const ids = Array.from({ length: 11 }, (_, index) => `m${index}`);
    const { sqs, named } = aQueue([ids.slice(0, 10), ids.slice(10), []]);
    await readLetters(sqs, 'url', 100);
    const batches = named('ChangeMessageVisibilityBatch') as readonly { Entries?: unknown[] }[];
    expect(batches.map(({ Entries }) => Entries?.length)).toEqual([10, 1]);
  });
});

describe('dealWithLetters()', () => {
  test('deletes what was dealt with, after it was, and lets go of the others', async () => {
    const { sqs, named, calls } = aQueue([['a', 'b', 'c'], []]);
    const left = await dealWithLetters(sqs, 'url', new Set(['a', 'b', 'x']), 9, async ({ id }) => {
      calls.push({ name: 'Deal', input: { id } });
      return id === 'b' ? 'it failed again' : undefined;
    });
    expect([...left]).toEqual([
      ['b', 'it failed again'],
      ['x', 'it is gone, or somebody else has it now'],
    ]);
    expect(calls.map(({ name }) => name)).toEqual([
      ...['ReceiveMessage', 'ReceiveMessage', 'Deal', 'DeleteMessage', 'Deal'],
      'ChangeMessageVisibilityBatch',
    ]);
    expect(named('DeleteMessage')).toEqual([{ QueueUrl: 'url', ReceiptHandle: 'a-1' }]);
    expect(named('ChangeMessageVisibilityBatch')).toMatchObject([
      { Entries: [{ ReceiptHandle: 'b-1' }, { ReceiptHandle: 'c-1' }] },
    ]);
  });

  test('deletes nothing that could not be dealt with, and lets go of all that is left', async () => {
    const { sqs, named } = aQueue([['a', 'b'], []]);
    const deal = async () => {
      throw new Error('the queue is away');
    };
    await expect(dealWithLetters(sqs, 'url', new Set(['a']), 9, deal)).rejects.toThrow('away');
    expect(named('DeleteMessage')).toEqual([]);
    expect(named('ChangeMessageVisibilityBatch')).toMatchObject([
      { Entries: [{ ReceiptHandle: 'a-1' }, { ReceiptHandle: 'b-1' }] },
    ]);
  });
});

describe('callAgain()', () => {
  const answering = (answer: object) => ({ send: async () => answer }) as unknown as LambdaClient;
  const payload = (text: string) => ({ transformToString: () => text });

  test('says why a function failed, or nothing', async () => {
    expect(await callAgain(answering({ Payload: payload('null') }), 'arn', {})).toBeUndefined();
    const threw = { FunctionError: 'Unhandled', Payload: payload('{"errorMessage":"no table"}') };
    expect(await callAgain(answering(threw), 'arn', {})).toBe('it failed again: no table');
    const silent = { FunctionError: 'Unhandled' };
    expect(await callAgain(answering(silent), 'arn', {})).toBe('it failed again: Unhandled');
  });
});
