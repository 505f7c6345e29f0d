/** @module S3's `If-None-Match: *` on puts, which the engine of the buckets does not know: no object is replaced. */

import type { AwsRequest, AwsResponse } from './aws-http.ts';

type Forward = (request: AwsRequest) => Promise<AwsResponse>;

const encoder = new TextEncoder();

const TAKEN: AwsResponse = {
  status: 412,
  headers: { 'content-type': 'application/xml' },
  body: encoder.encode(
    '<?xml version="1.0" encoding="UTF-8"?><Error><Code>PreconditionFailed</Code>' +
      '<Message>At least one of the pre-conditions you specified did not hold</Message></Error>',
  ),
};

/** Forwards a request to S3, after a look where it may replace nothing. Puts come one after the other, so that none comes between. */
export function conditionalPuts(forward: Forward): Forward {
  let last: Promise<unknown> = Promise.resolve();
  const unlessThere: Forward = async (request) => {
    const [path = ''] = request.path.split('?');
    const { status } = await forward({ method: 'HEAD', path, headers: {}, body: '' });
    return status === 200 ? TAKEN : forward(request);
  };
  return (request) => {
    if (request.method !== 'PUT') return forward(request);
    const isConditional = request.headers['if-none-match'] === '*';
    const answer = last.then(() => (isConditional ? unlessThere : forward)(request));
    last = answer.catch(() => {});
    return answer;
  };
}
