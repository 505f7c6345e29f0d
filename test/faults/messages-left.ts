/** @module What lies in the queues when nothing is under way any more. */

import {
  GetQueueAttributesCommand,
  type Message,
  PurgeQueueCommand,
  ReceiveMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import type { Scene } from '../stack/scene.ts';

type Left = { readonly id: string; readonly what: string };

/** Queues that functions work on, and where what they cannot do ends. */
export function queuesOf({ stack }: Scene) {
  const client = new SQSClient({ ...stack.clientOverrides, useQueueUrlAsEndpoint: false });
  const { OrdersQueueUrl: orders = '', SweepsQueueUrl: sweeps = '' } = stack.outputs;
  const base = orders.slice(0, orders.lastIndexOf('/'));
  const urlOf = (arn: string) => `${base}/${arn.split(':').at(-1)}`;
  const attributes = async (QueueUrl: string) =>
    (await client.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] })))
      .Attributes ?? {};
  return {
    client,
    work: [orders, sweeps],
    attributes,
    async deadLetters(): Promise<readonly string[]> {
      const found = [stack.outputs['SchedulerDlqArn'] ?? ''];
      for (const url of [orders, sweeps]) {
        const { RedrivePolicy = '{}' } = await attributes(url);
        found.push(JSON.parse(RedrivePolicy).deadLetterTargetArn);
      }
      return found.map(urlOf);
    },
  };
}

/** Messages that nobody has worked on, and dead letters other than those that are expected. */
export async function messagesLeft(scene: Scene, poison: readonly string[]): Promise<Left[]> {
  const { client, work, attributes, deadLetters } = queuesOf(scene);
  const left: Left[] = [];
  for (const url of work) {
    const { ApproximateNumberOfMessages: waiting, ApproximateNumberOfMessagesNotVisible: hidden } =
      await attributes(url);
    if (Number(waiting) + Number(hidden) === 0) continue;
    left.push({ id: url, what: `has ${waiting} messages, and ${hidden} that are hidden` });
  }
  const awaited = [...poison];
  for (const QueueUrl of await deadLetters()) {
    for (const { Body = '' } of await received(client, QueueUrl)) {
      const at = awaited.indexOf(Body);
      if (at >= 0) awaited.splice(at, 1);
      else left.push({ id: QueueUrl, what: `has the dead letter ${Body}` });
    }
    await client.send(new PurgeQueueCommand({ QueueUrl }));
  }
  return [...left, ...awaited.map((body) => ({ id: body, what: 'is in no dead-letter queue' }))];
}

async function received(client: SQSClient, QueueUrl: string): Promise<Message[]> {
  const found: Message[] = [];
  for (;;) {
    const { Messages = [] } = await client.send(
      new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }),
    );
    if (Messages.length === 0) return found;
    found.push(...Messages);
  }
}
