/** @module What passes to the API: the headers that only the gate may set. */

import type { GateRequest } from './event.ts';
import { header } from './headers.ts';
import type { Session } from './session.ts';

/** Whether the shopper came by https, as CloudFront says; `x-forwarded-proto` is whatever a shopper wrote there. */
export function isHttps(request: GateRequest): boolean {
  return header(request, 'cloudfront-forwarded-proto') !== 'http';
}

/** Lets a request through to the API, with our headers in place of whatever the shopper sent under their names. */
export function passToApi(request: GateRequest, session: Session | undefined): GateRequest {
  const headers = request.headers;
  delete headers['x-api-key'];
  delete headers['x-transaction-id'];
  headers['x-site-origin'] = {
    value: `${isHttps(request) ? 'https' : 'http'}://${header(request, 'host')}`,
  };
  if (session) headers['x-transaction-id'] = { value: session.transactionId };
  return request;
}
