/** What is sent to EventBridge, SQS and standard output. */

import { describe, expect, test } from '@jest/globals';
import { eventBus } from '../../adapters/event-bus.ts';
import { sqsOrders, sqsSweeps } from '../../adapters/sqs-queues.ts';
import type { SweepMessage } from '../../domain/messages.ts';
import { fakeClient } from './fake-client.ts';

const EVENT = { type: 'sale.opened.v1', detail: { id: 'a', at: 1, saleId: 'night' } };

describe('eventBus()', () => {
  test('puts all events at once', async () => {
    const { client, sent } = fakeClient(() => ({ FailedEntryCount: 0 }));
    await eventBus(client, 'Bus').publish([EVENT, EVENT]);
    const entry = {
      ...{ EventBusName: 'Bus', Source: 'flash-sale', DetailType: 'sale.opened.v1' },
      Detail: '{"id":"a","at":1,"saleId":"night"}',
    };
    expect(sent).toEqual([{ name: 'PutEventsCommand', input: { Entries: [entry, entry] } }]);
  });

  test('puts ten a call, which is what EventBridge takes', async () => {
    const { client, sent } = fakeClient(() => ({ FailedEntryCount: 0 }));
    await eventBus(client, 'Bus').publish(Array.from({ length: 21 }, () => EVENT));
    const counts = sent.map(({ input }) => (input['Entries'] as readonly unknown[]).length);
    expect(counts).toEqual([10, 10, 1]);
  });

  test('throws where one of them was refused', async () => {
    const { client } = fakeClient(() => ({ FailedEntryCount: 1 }));
    await expect(eventBus(client, 'Bus').publish([EVENT, EVENT])).rejects.toThrow(
      'Cannot publish 1 of 2 events: refused',
    );
  });
});

describe('sqsOrders()', () => {
  test('sends a message as JSON, and throws what SQS throws', async () => {
    const { client, sent } = fakeClient((_, before) => {
      if (before > 0) throw new Error('no answer');
    });
    const message = { v: 1, kind: 'sale', what: 'opened' } as never;
    await sqsOrders(client, 'url').send(message);
    const input = { QueueUrl: 'url', MessageBody: '{"v":1,"kind":"sale","what":"opened"}' };
    expect(sent).toEqual([{ name: 'SendMessageCommand', input }]);
    await expect(sqsOrders(client, 'url').send(message)).rejects.toThrow('no answer');
  });
});

describe('sqsSweeps()', () => {
  const ranges = (count: number): SweepMessage[] =>
    Array.from({ length: count }, (_, block) => ({
      ...({ v: 1, kind: 'sweep', saleId: 'night', sku: 'lamp' } as const),
      block,
    }));

  test('sends ten messages a call, each once, with ids that differ in their call', async () => {
    const { client, sent } = fakeClient();
    await sqsSweeps(client, 'url').send(ranges(21));
    const entries = sent.map(
      ({ input }) => input['Entries'] as { Id: string; MessageBody: string }[],
    );
    expect(entries.map(({ length }) => length)).toEqual([10, 10, 1]);
    for (const ones of entries) expect(new Set(ones.map(({ Id }) => Id)).size).toBe(ones.length);
    const blocks = entries.flat().map(({ MessageBody }) => JSON.parse(MessageBody).block);
    expect(blocks).toEqual(ranges(21).map(({ block }) => block));
  });

  test('calls nobody where there is nothing to send', async () => {
    const { client, sent } = fakeClient();
    await sqsSweeps(client, 'url').send([]);
    expect(sent).toEqual([]);
  });

  test('throws where one of them was refused', async () => {
    const { client } = fakeClient(() => ({ Failed: [{ Id: '0' }] }));
    await expect(sqsSweeps(client, 'url').send(ranges(2))).rejects.toThrow(
      'Cannot send 1 messages to the sweeps queue: refused',
    );
  });
});
