/**
 * @module
 * AWS's own policies, by their ids.
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-managed-cache-policies.html
 */

import type { CachePolicy, Choice, Forwarded, ResponseHeadersPolicy } from './edge-parts.ts';

const NONE: Choice = { behavior: 'none', names: new Set() };
const ALL: Choice = { behavior: 'all', names: new Set() };
const some = (...names: string[]): Choice => ({ behavior: 'whitelist', names: new Set(names) });

const optimized: CachePolicy = {
  query: NONE,
  headers: NONE,
  cookies: NONE,
  minSeconds: 1,
  defaultSeconds: 86_400,
  maxSeconds: 31_536_000,
};

const disabled: CachePolicy = { ...optimized, minSeconds: 0, defaultSeconds: 0, maxSeconds: 0 };

export const MANAGED_CACHE_POLICIES: ReadonlyMap<string, CachePolicy> = new Map([
  ['658327ea-f89d-4fab-a63d-7e88639e58f6', optimized],
  ['b2884449-e4de-46a7-ac36-70bc7f1ddd6d', optimized],
  ['4135ea2d-6df8-44a3-9df3-4b5a84be39ad', disabled],
]);

export const MANAGED_ORIGIN_REQUEST_POLICIES: ReadonlyMap<string, Forwarded> = new Map([
  // AllViewer
  ['216adef6-5c7f-47e4-b989-5492eafa07d3', { query: ALL, headers: ALL, cookies: ALL }],
  // AllViewerExceptHostHeader
  [
    'b689b0a8-53d0-40ab-baf2-68738e2966ac',
    { query: ALL, headers: { behavior: 'allExcept', names: new Set(['host']) }, cookies: ALL },
  ],
  // CORS-S3Origin
  [
    '88a5eaf4-2fd4-4709-b370-b4c650ea3fcf',
    {
      query: NONE,
      headers: some('origin', 'access-control-request-headers', 'access-control-request-method'),
      cookies: NONE,
    },
  ],
]);

const security: ResponseHeadersPolicy['set'] = [
  ['x-xss-protection', '1; mode=block', false],
  ['x-frame-options', 'SAMEORIGIN', false],
  ['referrer-policy', 'strict-origin-when-cross-origin', false],
  ['x-content-type-options', 'nosniff', true],
  ['strict-transport-security', 'max-age=31536000', false],
].map(([name, value, override]) => ({
  name: String(name),
  value: String(value),
  override: override === true,
}));

export const MANAGED_RESPONSE_HEADERS_POLICIES: ReadonlyMap<string, ResponseHeadersPolicy> =
  new Map([['67f7725c-6f97-4210-82d7-5512b31e9d03', { set: security, remove: [] }]]);
