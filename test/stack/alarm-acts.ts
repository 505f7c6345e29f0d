/** @module What people do in scenarios of alarms, and how a scenario is written. */

import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { PublishedSale } from '../../domain/sale.ts';
import type { Ground } from './alarm-watch.ts';

export type Scenario = {
  readonly what: string;
  /** Alarms that must be seen. */
  readonly fires: readonly string[];
  run(ground: Ground): Promise<void>;
};

export const scenario = (
  what: string,
  fires: readonly string[],
  run: (ground: Ground) => Promise<void>,
): Scenario => ({ what, fires, run });

export const lampOf = ({ id }: PublishedSale) => ({ saleId: id, sku: 'lamp' });

/** Somebody new buys a lamp. */
export async function bought({ scene }: Ground, { id, doorKey }: PublishedSale): Promise<string> {
  const shopper = await scene.enter();
  return scene.order(shopper, id, { doorKey });
}

/** Somebody new presses Buy, whatever comes of it. */
export async function press({ scene }: Ground, { id, doorKey }: PublishedSale): Promise<void> {
  const shopper = await scene.enter();
  await shopper.buy(id, { doorKey });
}

/** One that nobody can read. */
export async function poison({ scene }: Ground, output: string): Promise<void> {
  const queue = new SQSClient({ ...scene.stack.clientOverrides, useQueueUrlAsEndpoint: false });
  const QueueUrl = scene.stack.outputs[output] ?? '';
  await queue.send(new SendMessageCommand({ QueueUrl, MessageBody: '{"v":9}' }));
}

/** Some orders of different shoppers, each with its token for the provider. */
export async function awaiting(
  ground: Ground,
  sale: PublishedSale,
  count: number,
): Promise<string[]> {
  const tokens: string[] = [];
  for (let one = 0; one < count; one++) {
    const shopper = await ground.scene.enter();
    const order = await ground.scene.order(shopper, sale.id, { doorKey: sale.doorKey });
    tokens.push(await shopper.token(order));
  }
  return tokens;
}
