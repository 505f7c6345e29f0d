/** What the local stack cannot honour is an error that names the resource, never left out in silence. */

import { describe, expect, test } from '@jest/globals';
import { startLocalStack } from '../../local/stack.ts';
import { writeAssembly } from './support/assembly.ts';
import { type AclRule, aclOf } from './support/waf-stack.ts';

const resource = (Type: string, Properties: Readonly<Record<string, unknown>>) => ({
  Thing: { Type, Properties },
});

const distribution = (behavior: object) =>
  resource('AWS::CloudFront::Distribution', {
    DistributionConfig: { DefaultCacheBehavior: { TargetOriginId: 'o', ...behavior } },
  });

const cachePolicy = (parameters: object) =>
  resource('AWS::CloudFront::CachePolicy', {
    CachePolicyConfig: {
      ...{ Name: 'p', MinTTL: 0, DefaultTTL: 0, MaxTTL: 0 },
      ParametersInCacheKeyAndForwardedToOrigin: parameters,
    },
  });

const bytes = (FieldToMatch: object, Type = 'NONE') => ({
  ByteMatchStatement: {
    FieldToMatch,
    PositionalConstraint: 'EXACTLY',
    SearchString: 'x',
    TextTransformations: [{ Priority: 0, Type }],
  },
});

const webAcl = (rule: object) => ({
  Thing: aclOf([{ Name: 'R', ...rule } as AclRule]),
});

describe('a template that cannot be honoured', () => {
  test.each([
    [
      resource('AWS::CloudFront::Function', { FunctionConfig: { Runtime: 'cloudfront-js-1.0' } }),
      'runtime "cloudfront-js-1.0" is unknown to the local stack',
    ],
    [
      resource('AWS::CloudFront::Distribution', { DistributionConfig: { Restrictions: {} } }),
      '"Restrictions" is unknown to the local stack',
    ],
    [distribution({}), 'a behaviour without a cache policy is unknown to the local stack'],
    [
      distribution({ CachePolicyId: 'p', LambdaFunctionAssociations: [] }),
      'Lambda@Edge is unknown to the local stack',
    ],
    [
      cachePolicy({ CookiesConfig: { CookieBehavior: 'sometimes' } }),
      'CookieBehavior {"CookieBehavior":"sometimes"} is unknown to the local stack',
    ],
    [
      resource('AWS::CloudFront::ResponseHeadersPolicy', {
        ResponseHeadersPolicyConfig: { CorsConfig: {} },
      }),
      '"CorsConfig" is unknown to the local stack',
    ],
    [
      resource('AWS::CloudFront::ResponseHeadersPolicy', {
        ResponseHeadersPolicyConfig: { SecurityHeadersConfig: { Odd: {} } },
      }),
      '"Odd" is unknown to the local stack',
    ],
    [
      resource('AWS::WAFv2::WebACL', { Scope: 'REGIONAL' }),
      'scope "REGIONAL" is unknown to the local stack',
    ],
    [
      webAcl({ Statement: { GeoMatchStatement: { CountryCodes: ['XX'] } }, Action: { Block: {} } }),
      'rule "R": "GeoMatchStatement" is unknown to the local stack',
    ],
    [
      webAcl({ Statement: bytes({ Body: {} }), Action: { Block: {} } }),
      'rule "R": "Body" is unknown to the local stack',
    ],
    [
      webAcl({ Statement: bytes({ UriPath: {} }, 'URL_DECODE'), Action: { Block: {} } }),
      'rule "R": "URL_DECODE" is unknown to the local stack',
    ],
    [
      webAcl({ Statement: { RateBasedStatement: { Limit: 10, AggregateKeyType: 'CONSTANT' } } }),
      'rule "R": "CONSTANT" is unknown to the local stack',
    ],
    [
      webAcl({ Statement: bytes({ UriPath: {} }), Action: { Redirect: {} } }),
      'rule "R": "Redirect" is unknown to the local stack',
    ],
    [
      webAcl({ Statement: bytes({ UriPath: {} }), RuleLabels: [{ Name: 'l' }] }),
      'rule "R": "RuleLabels" is unknown to the local stack',
    ],
    [
      webAcl({ Statement: { IPSetReferenceStatement: { Arn: 'arn:x' } }, Action: { Block: {} } }),
      'rule "R": there is no IP set "arn:x"',
    ],
    [
      resource('AWS::CloudFront::Distribution', {
        DistributionConfig: {
          DefaultCacheBehavior: { TargetOriginId: 'o', CachePolicyId: 'p' },
          WebACLId: 'arn:x',
        },
      }),
      'web ACL "arn:x" is in no stack of this assembly',
    ],
    [
      resource('AWS::ApiGateway::Method', { AuthorizationType: 'AWS_IAM' }),
      'authorization AWS_IAM is unknown to the local stack',
    ],
    [
      resource('AWS::ApiGateway::Method', { Integration: { Type: 'MOCK' } }),
      'integration MOCK of "undefined" is unknown to the local stack',
    ],
    [
      resource('AWS::ApiGateway::UsagePlan', { Quota: { Limit: 1 } }),
      'property "Quota" is unknown to the local stack',
    ],
    [
      resource('AWS::Lambda::EventSourceMapping', {
        FunctionName: 'f',
        EventSourceArn: 'arn:aws:kinesis:us-east-1:000000000000:stream/s',
      }),
      'event source "arn:aws:kinesis:us-east-1:000000000000:stream/s" is no queue',
    ],
  ])('is refused: %j', async (resources, why) => {
    const assembly = writeAssembly({ Test: { resources } });
    await expect(startLocalStack({ assembly })).rejects.toThrow(
      `Cannot run "Thing" (${resources.Thing.Type}): ${why}`,
    );
  });
});
