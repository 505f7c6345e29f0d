/**
 * @module
 * Dead-letter queues in SQS. Looking leaves them as they are; a letter is deleted only after it has been tried again or
 * given up, so that a crash between the two lets it be tried twice, which everybody who is tried bears.
 */

import { InvokeCommand, type LambdaClient } from '@aws-sdk/client-lambda';
import {
  ChangeMessageVisibilityBatchCommand,
  DeleteMessageCommand,
  type Message,
  ReceiveMessageCommand,
  SendMessageCommand,
} from '@aws-sdk/client-sqs';
import type { DeadLetter } from '../domain/dead-letters.ts';
import type { EpochMs } from '../domain/units.ts';
import type { Sqs } from './aws-clients.ts';

/** A letter with what SQS knows of it. */
export type ReceivedLetter = DeadLetter & {
  /** How often its queue, and whoever looked at it here, has received it. */
  readonly receives: number;
  /** When it was sent first. */
  readonly sentAt: EpochMs;
};

type Held = { readonly letter: ReceivedLetter; readonly handle: string };

/** The most that one call gives, or takes. */
const BATCH = 10;

/** Nobody else sees the letters so long: enough to read them all, and soon over should this process end meanwhile. */
const LOOK_SECONDS = 30;

/** A function that opens a sale may run for 5 minutes. */
const WORK_SECONDS = 360;

/** A short poll asks some of SQS's servers only, and may find nothing where there is something. */
const POLL_SECONDS = 1;

/** Looks at the letters of a queue and lets go of them. @param most it stops there; 1 or more */
export async function readLetters(
  sqs: Sqs,
  url: string,
  most: number,
): Promise<readonly ReceivedLetter[]> {
  const held = await receiveAll(sqs, url, most, LOOK_SECONDS);
  await letGo(sqs, url, held);
  return held.map(({ letter }) => letter);
}

/**
 * Takes letters one by one, and deletes each that has been dealt with; the others stay.
 *
 * @param deal what is done with one; answers why it could not be done, or nothing
 * @returns why letters stay, by id; those that somebody else has now, or that are gone, too
 */
export async function dealWithLetters(
  sqs: Sqs,
  url: string,
  ids: ReadonlySet<string>,
  most: number,
  deal: (letter: ReceivedLetter) => Promise<string | undefined>,
): Promise<ReadonlyMap<string, string>> {
  const held = await receiveAll(sqs, url, most, WORK_SECONDS);
  const staying = new Map([...ids].map((id) => [id, 'it is gone, or somebody else has it now']));
  const left = new Set(held);
  try {
    for (const one of held) {
      const { id } = one.letter;
      const why = ids.has(id) ? await deal(one.letter) : 'it was not chosen';
      if (why === undefined) {
        await sqs.send(new DeleteMessageCommand({ QueueUrl: url, ReceiptHandle: one.handle }));
        left.delete(one);
        staying.delete(id);
      } else if (ids.has(id)) staying.set(id, why);
    }
  } finally {
    await letGo(sqs, url, [...left]);
  }
  return staying;
}

/** Sends a letter's body to the queue that it came from. */
export async function sendAgain(sqs: Sqs, url: string, { body }: DeadLetter): Promise<void> {
  await sqs.send(new SendMessageCommand({ QueueUrl: url, MessageBody: body }));
}

/** Calls a function and waits for it. @returns why it failed, or nothing */
export async function callAgain(
  lambda: LambdaClient,
  arn: string,
  input: unknown,
): Promise<string | undefined> {
  const { FunctionError, Payload } = await lambda.send(
    new InvokeCommand({ FunctionName: arn, Payload: JSON.stringify(input) }),
  );
  if (FunctionError === undefined) return undefined;
  const { errorMessage = FunctionError } = JSON.parse(Payload?.transformToString() ?? '{}');
  return `it failed again: ${errorMessage}`;
}

async function receiveAll(
  sqs: Sqs,
  url: string,
  most: number,
  seconds: number,
): Promise<readonly Held[]> {
  // A letter may come twice: the handle that it came with last is the one that counts.
  const held = new Map<string, Held>();
  while (held.size < most) {
    const { Messages = [] } = await sqs.send(
      new ReceiveMessageCommand({
        QueueUrl: url,
        MaxNumberOfMessages: Math.min(BATCH, most - held.size),
        VisibilityTimeout: seconds,
        WaitTimeSeconds: POLL_SECONDS,
        MessageSystemAttributeNames: ['ApproximateReceiveCount', 'SentTimestamp'],
        MessageAttributeNames: ['All'],
      }),
    );
    if (Messages.every(({ MessageId = '' }) => held.has(MessageId))) break;
    for (const message of Messages) held.set(message.MessageId ?? '', heldOf(message));
  }
  return [...held.values()];
}

const heldOf = ({
  MessageId: id = '',
  Body: body = '',
  ReceiptHandle: handle = '',
  Attributes = {},
  MessageAttributes = {},
}: Message): Held => ({
  handle,
  letter: {
    ...{ id, body },
    attributes: Object.fromEntries(
      Object.entries(MessageAttributes).map(([name, { StringValue = '' }]) => [name, StringValue]),
    ),
    receives: Number(Attributes.ApproximateReceiveCount ?? 0),
    sentAt: Number(Attributes.SentTimestamp ?? 0),
  },
});

/** Whoever looks next sees them at once. */
async function letGo(sqs: Sqs, url: string, held: readonly Held[]): Promise<void> {
  for (let from = 0; from < held.length; from += BATCH) {
    const Entries = held.slice(from, from + BATCH).map(({ handle }, index) => ({
      Id: String(index),
      ReceiptHandle: handle,
      VisibilityTimeout: 0,
    }));
    await sqs.send(new ChangeMessageVisibilityBatchCommand({ QueueUrl: url, Entries }));
  }
}
