/** @module Events on their way to a function or a queue, from whoever sends them. */

import { randomUUID } from 'node:crypto';
import type { EngineClient } from '../engines/engine-client.ts';
import type { Functions } from '../lambda/functions.ts';

export class Delivery {
  private readonly functions: Functions;
  private readonly queues: EngineClient;

  constructor(functions: Functions, queues: EngineClient) {
    this.functions = functions;
    this.queues = queues;
    functions.sendDeadLetter = (queueArn, body, why) =>
      this.send(queueArn, body, failureAttributes(why));
  }

  /** Whether anything can be delivered there. */
  reaches(arn: string): boolean {
    return /^arn:aws:(sqs|lambda):/.test(arn);
  }

  /**
   * Hands an event over. A function gets it asynchronously: it is tried three times, then sent to a dead-letter queue,
   * the function's own or the one given here.
   */
  async deliver(arn: string, event: unknown, deadLetterArn?: string): Promise<void> {
    if (arn.startsWith('arn:aws:sqs:')) return this.send(arn, JSON.stringify(event));
    this.functions.invokeLater(arn, event, deadLetterArn);
  }

  private async send(
    queueArn: string,
    MessageBody: string,
    MessageAttributes: object = {},
  ): Promise<void> {
    const QueueUrl = `http://localhost/000000000000/${queueArn.split(':').at(-1)}`;
    const message = { QueueUrl, MessageBody, MessageAttributes };
    await this.queues.json('AmazonSQS.SendMessage', JSON.stringify(message));
  }
}

/** Lambda keeps so much of an error's message. */
const LONGEST_MESSAGE = 1024;

/** What Lambda writes on a dead letter. */
const failureAttributes = (why: string) => ({
  RequestID: { DataType: 'String', StringValue: randomUUID() },
  ErrorCode: { DataType: 'Number', StringValue: '200' },
  // SQS takes no empty text.
  ErrorMessage: { DataType: 'String', StringValue: why.slice(0, LONGEST_MESSAGE) || 'unknown' },
});
