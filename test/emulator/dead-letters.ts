/** @module The dead-letter queue of the orders queue: filled by a poisonous message, drained, and redriven. */

import { DeleteItemCommand } from '@aws-sdk/client-dynamodb';
import {
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  type Message,
  ReceiveMessageCommand,
  SendMessageCommand,
  SetQueueAttributesCommand,
  SQSClient,
  type SQSServiceException,
  StartMessageMoveTaskCommand,
} from '@aws-sdk/client-sqs';
import { messageOf } from '../../domain/claim.ts';
import { clientsOf } from './clients.ts';
import { claimOf, orderKeyOf, recordOf } from './orders.ts';
import type { Place } from './place.ts';
import { until } from './report.ts';

type Queues = { readonly sqs: SQSClient; readonly queue: string; readonly letters: string };

function queuesOf({ endpoint, deployment, stacks }: Place): Queues {
  const outputs: Record<string, string> = Object.assign({}, ...Object.values(stacks));
  return {
    sqs: new SQSClient({ ...clientsOf(endpoint), useQueueUrlAsEndpoint: false }),
    queue: deployment.outputs.OrdersQueueUrl,
    letters: outputs['OrdersDlqUrl'] ?? '',
  };
}

/** No JSON: the record function can never handle it. */
const POISON = 'this is no message of ours';

/** Sends a message that fails each time, finds it in the dead-letter queue, and deletes it there. */
export async function drainPoison(place: Place): Promise<string> {
  const queues = queuesOf(place);
  const { sqs, queue } = queues;
  const { VisibilityTimeout: usual = '', RedrivePolicy = '{}' } = await attributes(queues, queue);
  // Five tries, three minutes apart, are a quarter of an hour: an operator's patience, not a suite's.
  await setVisibility(queues, '1');
  try {
    await sqs.send(new SendMessageCommand({ QueueUrl: queue, MessageBody: POISON }));
    const letter = await letterWith(queues, POISON);
    await remove(queues, letter);
  } finally {
    await setVisibility(queues, usual);
  }
  const tries = JSON.parse(RedrivePolicy).maxReceiveCount;
  return `after ${tries} tries; meanwhile the queue hid messages for 1 s, not ${usual} s`;
}

/**
 * Loses the record of an order, and brings it back: its message lies in the dead-letter queue, as after an outage, and
 * is redriven.
 */
export async function redrive(place: Place, orderId: string): Promise<string> {
  const queues = queuesOf(place);
  const before = await until('the record', 60, () => recordOf(place, orderId));
  const { pk, sk = '' } = orderKeyOf(orderId);
  const { db, tables } = place.deployment;
  const claim = await claimOf(place, orderId);
  if (claim === undefined) throw new Error(`order ${orderId} has no claim`);
  const [saleId = '', sku = ''] = orderId.split('.');
  const body = JSON.stringify(messageOf({ saleId, sku }, claim, before.state));
  await db.send(
    new DeleteItemCommand({ TableName: tables.orders, Key: { pk: { S: pk }, sk: { S: sk } } }),
  );
  await queues.sqs.send(new SendMessageCommand({ QueueUrl: queues.letters, MessageBody: body }));
  const how = (await move(queues)) ?? (await moveByHand(place, queues, body));
  await until('the record to come back', 90, () => recordOf(place, orderId));
  return how;
}

/** @returns nothing where the place does not have the call */
async function move(queues: Queues): Promise<string | undefined> {
  const { QueueArn: SourceArn } = await attributes(queues, queues.letters);
  try {
    await queues.sqs.send(new StartMessageMoveTaskCommand({ SourceArn }));
    return 'by StartMessageMoveTask';
  } catch (error) {
    if (UNKNOWN_CALL.test((error as SQSServiceException).name)) return undefined;
    throw error;
  }
}

/** How places say that they do not have a call. */
const UNKNOWN_CALL = /InvalidAction|UnknownOperation|UnsupportedOperation|NotImplemented/;

async function moveByHand({ steps }: Place, queues: Queues, body: string): Promise<string> {
  steps.skipped('StartMessageMoveTask', 'the place does not have this call');
  const letter = await letterWith(queues, body);
  await queues.sqs.send(new SendMessageCommand({ QueueUrl: queues.queue, MessageBody: body }));
  await remove(queues, letter);
  return 'by hand: received, sent, deleted';
}

const letterWith = ({ sqs, letters }: Queues, body: string): Promise<Message> =>
  until('a message in the dead-letter queue', 120, async () => {
    const { Messages = [] } = await sqs.send(
      new ReceiveMessageCommand({ QueueUrl: letters, WaitTimeSeconds: 1, VisibilityTimeout: 5 }),
    );
    return Messages.find(({ Body }) => Body === body);
  });

const remove = ({ sqs, letters }: Queues, { ReceiptHandle }: Message) =>
  sqs.send(new DeleteMessageCommand({ QueueUrl: letters, ReceiptHandle }));

const setVisibility = ({ sqs, queue }: Queues, VisibilityTimeout: string) =>
  sqs.send(new SetQueueAttributesCommand({ QueueUrl: queue, Attributes: { VisibilityTimeout } }));

async function attributes({ sqs }: Queues, QueueUrl: string) {
  const { Attributes = {} } = await sqs.send(
    new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] }),
  );
  return Attributes;
}

/** What is left in the dead-letter queue, as far as the queue counts. */
export async function lettersLeft(place: Place): Promise<number> {
  const queues = queuesOf(place);
  const { ApproximateNumberOfMessages = '0' } = await attributes(queues, queues.letters);
  return Number(ApproximateNumberOfMessages);
}
