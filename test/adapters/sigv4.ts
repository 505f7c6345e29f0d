/**
 * @module
 * AWS Signature Version 4, computed again from a request as it arrived, by the letter of its documentation.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */

import { createHash, createHmac } from 'node:crypto';
import type { Asked } from './scripted-aws.ts';

const FORM =
  /^AWS4-HMAC-SHA256 Credential=([^/]+)\/((\d{8})\/([^/]+)\/([^/]+)\/aws4_request), SignedHeaders=([^,]+), Signature=([0-9a-f]{64})$/;

export type Signature = {
  readonly accessKeyId: string;
  readonly region: string;
  readonly service: string;
  readonly signedHeaders: readonly string[];
  /** Whether it is the one that the secret key makes. */
  readonly isRight: boolean;
};

const sha256 = (text: string) => createHash('sha256').update(text, 'latin1').digest('hex');
const hmac = (key: string | Buffer, text: string) =>
  createHmac('sha256', key).update(text, 'latin1').digest();

export function signatureOf({ method, path, headers, body }: Asked, secretKey: string): Signature {
  const [, accessKeyId = '', scope = '', day = '', region = '', service = '', names = '', given] =
    FORM.exec(headers['authorization'] ?? '') ?? [];
  const signedHeaders = names.split(';');
  const canonical = [
    method,
    path,
    '',
    ...signedHeaders.map((name) => `${name}:${headers[name]?.trim().replaceAll(/ +/g, ' ')}`),
    '',
    names,
    sha256(body),
  ].join('\n');
  const toSign = ['AWS4-HMAC-SHA256', headers['x-amz-date'], scope, sha256(canonical)].join('\n');
  const key = [day, region, service, 'aws4_request'].reduce<string | Buffer>(
    hmac,
    `AWS4${secretKey}`,
  );
  const isRight = hmac(key, toSign).toString('hex') === given;
  return { accessKeyId, region, service, signedHeaders, isRight };
}
