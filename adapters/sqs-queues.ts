/** @module The queues in SQS: changes of orders, and ranges for the sweep. */

import { SendMessageBatchCommand, SendMessageCommand } from '@aws-sdk/client-sqs';
import type { OrderQueue, SweepQueue } from '../domain/ports.ts';
import type { Sqs } from './aws-clients.ts';

/** Messages in one SendMessageBatch. */
const MESSAGES_PER_CALL = 10;

/** The orders queue. */
export const sqsOrders = (sqs: Sqs, url: string): OrderQueue => ({
  async send(message) {
    await sqs.send(new SendMessageCommand({ QueueUrl: url, MessageBody: JSON.stringify(message) }));
  },
});

/** The sweeps queue. */
export const sqsSweeps = (sqs: Sqs, url: string): SweepQueue => ({
  async send(messages) {
    for (let from = 0; from < messages.length; from += MESSAGES_PER_CALL) {
      const { Failed = [] } = await sqs.send(
        new SendMessageBatchCommand({
          QueueUrl: url,
          Entries: messages
            .slice(from, from + MESSAGES_PER_CALL)
            .map((message, index) => ({ Id: String(index), MessageBody: JSON.stringify(message) })),
        }),
      );
      if (Failed.length > 0) {
        throw new Error(`Cannot send ${Failed.length} messages to the sweeps queue: refused`);
      }
    }
  },
});
