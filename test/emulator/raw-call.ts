/**
 * @module
 * Calls of AWS APIs that this repository has no client for. Unsigned: an emulator looks at the service's name alone, and
 * nothing else is ever called this way.
 */

import { REGION } from './cdk.ts';

/** Headers of a call to a service, by its signing name. */
export const unsigned = (service: string): Readonly<Record<string, string>> => ({
  authorization: `AWS4-HMAC-SHA256 Credential=test/20260101/${REGION}/${service}/aws4_request, SignedHeaders=host;x-amz-date, Signature=0`,
  'x-amz-date': '20260101T000000Z',
});

/** @throws {Error} with the status and the beginning of the answer */
export async function rawCall(
  endpoint: string,
  service: string,
  method: string,
  path: string,
  body?: { readonly type: string; readonly text: string },
): Promise<string> {
  const answer = await fetch(`${endpoint}${path}`, {
    method,
    headers: { ...unsigned(service), ...(body && { 'content-type': body.type }) },
    ...(body && { body: body.text }),
  });
  const text = await answer.text();
  if (answer.ok) return text;
  throw new Error(`${service} ${method} ${path} answered ${answer.status}: ${text.slice(0, 200)}`);
}

/** Physical ids of a stack's resources by logical id. */
export async function physicalIds(
  endpoint: string,
  stack: string,
): Promise<ReadonlyMap<string, string>> {
  const query = new URLSearchParams({
    ...{ Action: 'DescribeStackResources', Version: '2010-05-15', StackName: stack },
  });
  const xml = await rawCall(endpoint, 'cloudformation', 'POST', '/', {
    type: 'application/x-www-form-urlencoded',
    text: String(query),
  });
  const members = xml.match(/<member>[\s\S]*?<\/member>/g) ?? [];
  const field = (name: string, member: string) =>
    new RegExp(`<${name}>([^<]*)</${name}>`).exec(member)?.[1] ?? '';
  return new Map(
    members.map((one) => [field('LogicalResourceId', one), field('PhysicalResourceId', one)]),
  );
}
