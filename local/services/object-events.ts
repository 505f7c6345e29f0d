/**
 * @module
 * S3 tells EventBridge of new objects, where a bucket is set up for it.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/ev-events.html
 */

import { randomUUID } from 'node:crypto';
import type { AwsRequest, AwsResponse } from './aws-http.ts';
import type { Announcement } from './event-bus.ts';

type Forward = (request: AwsRequest) => Promise<AwsResponse>;

export type ObjectEventsOptions = {
  /** Buckets that tell. */
  readonly buckets: ReadonlySet<string>;
  tell(event: Announcement): Promise<void>;
};

/** A new object: where it is, and by which call it came. */
type Created = { readonly bucket: string; readonly path: string; readonly reason: string };

/** Forwards requests to S3; once an object is there, says so. Sizes are the object's, however it came. */
export function objectEvents(forward: Forward, told: ObjectEventsOptions): Forward {
  return async (request) => {
    const response = await forward(request);
    const created = response.status < 300 ? createdBy(request) : undefined;
    if (created !== undefined && told.buckets.has(created.bucket)) {
      const look = { method: 'HEAD', path: created.path, headers: {}, body: '' };
      await told.tell(announcementOf(created, await forward(look)));
    }
    return response;
  };
}

/** What a request makes, if it makes an object: a part of one, or its tags, are none. */
function createdBy({ method, path: whole, headers }: AwsRequest): Created | undefined {
  const [path = '', query = ''] = whole.split('?');
  const [, bucket, key] = /^\/([^/]+)\/(.+)$/.exec(path) ?? [];
  if (bucket === undefined || key === undefined) return undefined;
  const parameters = new URLSearchParams(query);
  const isPart = ['partNumber', 'tagging', 'acl', 'retention', 'legal-hold'].some((name) =>
    parameters.has(name),
  );
  if (method === 'PUT' && !isPart) {
    const reason = 'x-amz-copy-source' in headers ? 'CopyObject' : 'PutObject';
    return { bucket, path, reason };
  }
  const isComplete = method === 'POST' && parameters.has('uploadId');
  return isComplete ? { bucket, path, reason: 'CompleteMultipartUpload' } : undefined;
}

const announcementOf = (
  { bucket, path, reason }: Created,
  { headers }: AwsResponse,
): Announcement => ({
  source: 'aws.s3',
  detailType: 'Object Created',
  resources: [`arn:aws:s3:::${bucket}`],
  detail: {
    version: '0',
    bucket: { name: bucket },
    object: {
      // As it is: in these events keys are not encoded.
      key: decodeURIComponent(path.slice(bucket.length + 2)),
      size: Number(headers['content-length'] ?? 0),
      etag: (headers['etag'] ?? '').replaceAll('"', ''),
      sequencer: Date.now().toString(16).toUpperCase().padStart(18, '0'),
    },
    'request-id': randomUUID(),
    requester: '000000000000',
    'source-ip-address': '127.0.0.1',
    reason,
  },
});
