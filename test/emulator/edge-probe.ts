/** @module Whether an emulator's CloudFront does what the site needs, and which repair helps where it does not. */

import { DeleteObjectCommand, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { apiOriginsAt, importsOnLines, openBuckets, type TemplateRepair } from './template.ts';

export type EdgeProbe = {
  /** Where CloudFront is reached. */
  readonly url: string;
  readonly s3: S3Client;
  readonly bucket: string;
};

/** What does not work, and what may help. */
export type Ailment = {
  /** The same each time that the same thing is wrong. */
  readonly name: 'gate' | 'files' | 'api';
  readonly symptom: string;
};

/** The first thing that does not work; each needs those before it. Nothing where all does. */
export async function ailmentOf(probe: EdgeProbe): Promise<Ailment | undefined> {
  const time = await fetch(`${probe.url}/api/time`);
  if (time.status !== 200) return { name: 'gate', symptom: `GET /api/time answers ${time.status}` };
  const files = await fileStatus(probe);
  if (files !== 200) return { name: 'files', symptom: `a file of the bucket answers ${files}` };
  const order = await fetch(`${probe.url}/api/orders/none`);
  if (order.status >= 500) {
    return { name: 'api', symptom: `GET /api/orders/none answers ${order.status}` };
  }
  return undefined;
}

/** A file that is there for the moment, through CloudFront. */
async function fileStatus({ url, s3, bucket }: EdgeProbe): Promise<number> {
  const object = { Bucket: bucket, Key: 'assets/probe.txt' };
  await s3.send(new PutObjectCommand({ ...object, Body: 'here', ContentType: 'text/plain' }));
  const { status } = await fetch(`${url}/${object.Key}`);
  await s3.send(new DeleteObjectCommand(object));
  return status;
}

/** Below it a template can put an API's id; the other forms of address have the id in their middle. */
const BASE = '/_aws/execute-api/';

/** What may help against an ailment. @param prefix the path below which the emulator has the API's stage */
export function remedyFor(
  { name }: Ailment,
  endpoint: string,
  prefix: string,
): TemplateRepair | undefined {
  if (name === 'gate') return importsOnLines;
  if (name === 'files') return openBuckets;
  return prefix.startsWith(BASE) ? apiOriginsAt(new URL(endpoint), BASE) : undefined;
}
