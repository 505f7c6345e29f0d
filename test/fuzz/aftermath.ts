/** @module What the requests have left behind, once everything has come to rest. */

import { GetQueueAttributesCommand, ListQueuesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { auditSale } from '../../adapters/audit-sale.ts';
import { isBroken } from '../../domain/audit.ts';
import type { ShopperAnswer } from '../../domain/audit-answers.ts';
import { SWEPT_MS } from '../stack/scene.ts';
import { complaintsAbout } from './log-lines.ts';
import type { FuzzScene } from './scene.ts';

/** The queues' dead letters and Scheduler's. */
const DEAD_LETTER_QUEUES = 3;

/** Answers to Buy by the sale that they name. */
export type Granted = ReadonlyMap<string, readonly ShopperAnswer[]>;

/** Waits until all payments are late and all sweeps have run, and says what is wrong then. */
export async function aftermathOf(
  scene: FuzzScene,
  secrets: Readonly<Record<string, string>>,
  granted: Granted,
): Promise<string[]> {
  await scene.local.stack.clock.advance(SWEPT_MS);
  return [
    ...(await brokenPromises(scene, granted)),
    ...(await deadLetters(scene)),
    ...complaintsAbout(scene.lines, secrets),
    ...twiceRefunded(scene),
  ];
}

async function brokenPromises({ local, sales }: FuzzScene, granted: Granted): Promise<string[]> {
  const broken: string[] = [];
  for (const { id } of sales) {
    const verdict = await auditSale(local.deployment, id, { answers: granted.get(id) ?? [] });
    if (isBroken(verdict)) broken.push(`audit of "${id}": ${JSON.stringify(verdict.promises)}`);
  }
  return broken;
}

async function deadLetters({ local: { stack } }: FuzzScene): Promise<string[]> {
  const sqs = new SQSClient({
    ...{ endpoint: stack.awsUrl, region: 'us-east-1', useQueueUrlAsEndpoint: false },
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  const { QueueUrls = [] } = await sqs.send(new ListQueuesCommand({}));
  const dead = QueueUrls.filter((url) => /dead|dlq/i.test(url));
  const found: string[] = [];
  for (const QueueUrl of dead) {
    const { Attributes = {} } = await sqs.send(
      new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] }),
    );
    const count = Number(Attributes['ApproximateNumberOfMessages']);
    if (count > 0) found.push(`${count} messages in ${QueueUrl.split('/').at(-1)}`);
  }
  if (dead.length === DEAD_LETTER_QUEUES) return found;
  return [...found, `${dead.length} of ${DEAD_LETTER_QUEUES} dead-letter queues were found`];
}

/** A payment goes back once, however often its webhook came: the same key, and the same money under it. */
function twiceRefunded({ refunds }: FuzzScene): string[] {
  return [...refunds.byKey].flatMap(([key, bodies]) =>
    new Set(bodies).size > 1 ? [`${key} gave back different money: ${bodies.join(' | ')}`] : [],
  );
}
