/** @module Events on their way to a function or a queue, from whoever sends them. */

import type { EngineClient } from '../engines/engine-client.ts';
import type { Functions } from '../lambda/functions.ts';

export class Delivery {
  private readonly functions: Functions;
  private readonly queues: EngineClient;

  constructor(functions: Functions, queues: EngineClient) {
    this.functions = functions;
    this.queues = queues;
    functions.sendDeadLetter = (queueArn, body) => this.send(queueArn, body);
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

  private async send(queueArn: string, MessageBody: string): Promise<void> {
    const QueueUrl = `http://localhost/000000000000/${queueArn.split(':').at(-1)}`;
    await this.queues.json('AmazonSQS.SendMessage', JSON.stringify({ QueueUrl, MessageBody }));
  }
}
