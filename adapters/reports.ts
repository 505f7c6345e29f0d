/** @module Reports of reconciliations in S3: as JSON for machines, as HTML for people. */

import {
  GetObjectCommand,
  PutObjectCommand,
  type S3Client,
  type S3ServiceException,
} from '@aws-sdk/client-s3';
import type { Reports } from '../domain/ports.ts';
import type { Reconciliation } from '../domain/reconciliation.ts';
import type { EpochMs } from '../domain/units.ts';
import { reconciliationPage } from './reconciliation-page.ts';

const FOLDER = 'reconciliation';

/** Without the colons of ISO 8601, which not every tool takes in a name. */
const instantIn = (at: EpochMs): string => new Date(at).toISOString().replaceAll(':', '-');

export const s3Reports = (client: S3Client, bucket: string): Reports => ({
  async put(report) {
    const folder = `${FOLDER}/${report.saleId}`;
    const place = `${folder}/${instantIn(report.at)}.json`;
    const forms = [
      { end: '.json', type: 'application/json', body: `${JSON.stringify(report, null, 2)}\n` },
      { end: '.html', type: 'text/html; charset=utf-8', body: reconciliationPage(report) },
    ];
    // What stays comes first: `latest` never names a report that there is not.
    for (const name of [instantIn(report.at), 'latest']) {
      for (const { end, type, body } of forms) {
        const file = { Bucket: bucket, Key: `${folder}/${name}${end}` };
        await client.send(new PutObjectCommand({ ...file, ContentType: type, Body: body }));
      }
    }
    return place;
  },
});

/** Whoever may not list a bucket is told "forbidden" of what is not there. */
const ABSENT = new Set([403, 404]);

/** Reads the last report of a sale, or nothing where it has none yet. */
export async function latestReport(
  client: S3Client,
  bucket: string,
  saleId: string,
): Promise<Reconciliation | undefined> {
  try {
    const { Body } = await client.send(
      new GetObjectCommand({ Bucket: bucket, Key: `${FOLDER}/${saleId}/latest.json` }),
    );
    return JSON.parse((await Body?.transformToString()) ?? '') as Reconciliation;
  } catch (error) {
    const { httpStatusCode = 0 } = (error as Partial<S3ServiceException>).$metadata ?? {};
    if (ABSENT.has(httpStatusCode)) return undefined;
    throw error;
  }
}
