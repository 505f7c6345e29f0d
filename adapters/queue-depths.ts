/** @module The queues of a deployment, and how many messages wait in each. */

import { GetQueueAttributesCommand } from '@aws-sdk/client-sqs';
import type { Sqs } from './aws-clients.ts';
import type { Outputs } from './deployment.ts';

/** A queue, by what it is for. */
export type QueueName = 'orders' | 'sweeps' | 'ordersDlq' | 'sweepsDlq' | 'schedulerDlq';

/** Approximate, as SQS says itself. */
export type Depth = {
  /** Waiting to be received. */
  readonly waiting: number;
  /** With a consumer, or hidden after a failure. */
  readonly inFlight: number;
};

/** How many messages each queue has, or why that cannot be known. */
export type Depths = Readonly<Record<QueueName, Depth | { readonly unknown: string }>>;

export const queueUrls = (outputs: Outputs): Readonly<Record<QueueName, string | undefined>> => ({
  orders: outputs.OrdersQueueUrl,
  sweeps: outputs.SweepsQueueUrl,
  ordersDlq: outputs.OrdersDlqUrl,
  sweepsDlq: outputs.SweepsDlqUrl,
  schedulerDlq: outputs.SchedulerDlqUrl,
});

/** Asks all queues. What cannot be asked, for want of an output or a permission, is no failure of the rest. */
export async function queueDepths(sqs: Sqs, outputs: Outputs): Promise<Depths> {
  const asked = Object.entries(queueUrls(outputs)).map(async ([name, url]) => [
    name,
    url === undefined ? { unknown: 'the deployment has no such output' } : await depth(sqs, url),
  ]);
  return Object.fromEntries(await Promise.all(asked)) as Depths;
}

async function depth(sqs: Sqs, QueueUrl: string): Promise<Depths[QueueName]> {
  const names = ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible'] as const;
  try {
    const { Attributes = {} } = await sqs.send(
      new GetQueueAttributesCommand({ QueueUrl, AttributeNames: [...names] }),
    );
    const [waiting, inFlight] = names.map((name) => Number(Attributes[name] ?? 0));
    return { waiting: waiting ?? 0, inFlight: inFlight ?? 0 };
  } catch (error) {
    return { unknown: (error as Error).name };
  }
}
