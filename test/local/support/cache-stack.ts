/** @module The test site with behaviours that keep, tell apart and forward in every way. */

import type { LocalStack } from '../../../local/stack.ts';
import { behavior, ref, startSiteStack } from './site-stack.ts';

const NONE = {
  CookiesConfig: { CookieBehavior: 'none' },
  HeadersConfig: { HeaderBehavior: 'none' },
  QueryStringsConfig: { QueryStringBehavior: 'none' },
  EnableAcceptEncodingGzip: false,
};

const policy = (ttl: readonly [min: number, otherwise: number, max: number], key: object = {}) => ({
  Type: 'AWS::CloudFront::CachePolicy',
  Properties: {
    CachePolicyConfig: {
      Name: 'policy',
      MinTTL: ttl[0],
      DefaultTTL: ttl[1],
      MaxTTL: ttl[2],
      ParametersInCacheKeyAndForwardedToOrigin: { ...NONE, ...key },
    },
  },
});

const CHANGES = {
  resources: {
    Free: policy([0, 10, 100]),
    Least: policy([5, 10, 100]),
    Keyed: policy([0, 10, 100], {
      HeadersConfig: { HeaderBehavior: 'whitelist', Headers: ['X-Kind'] },
      CookiesConfig: { CookieBehavior: 'whitelist', Cookies: ['who'] },
      QueryStringsConfig: { QueryStringBehavior: 'whitelist', QueryStrings: ['v'] },
    }),
    Listed: {
      Type: 'AWS::CloudFront::OriginRequestPolicy',
      Properties: {
        OriginRequestPolicyConfig: {
          Name: 'listed',
          HeadersConfig: {
            HeaderBehavior: 'whitelist',
            Headers: ['X-Listed', 'CloudFront-Viewer-Country', 'CloudFront-Viewer-Address'],
          },
          CookiesConfig: { CookieBehavior: 'all' },
          QueryStringsConfig: { QueryStringBehavior: 'all' },
        },
      },
    },
  },
  behaviors: [
    // The query reaches the origin, to say what is answered, and is in no key.
    behavior('/api/free*', { CachePolicyId: ref('Free') }),
    behavior('/api/least*', { CachePolicyId: ref('Least') }),
    behavior('/api/keyed*', { CachePolicyId: ref('Keyed') }),
    behavior('/api/listed', { OriginRequestPolicyId: ref('Listed') }),
  ],
  config: { CustomErrorResponses: [{ ErrorCode: 502, ErrorCachingMinTTL: 0 }] },
};

export const startCacheStack = (): Promise<LocalStack> => startSiteStack({}, CHANGES);
