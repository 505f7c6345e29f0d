/** @module A stack with a site: distribution, gate, REST API with a key and a throttle, bucket. */

// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the templates are written in CloudFormation's own syntax

import { type LocalStack, type LocalStackOptions, startLocalStack } from '../../../local/stack.ts';
import { type Resources, writeAssembly } from './assembly.ts';
import { apiResources } from './site-api.ts';
import { apiCode, gate } from './site-code.ts';

const DISABLED = '4135ea2d-6df8-44a3-9df3-4b5a84be39ad';
const OPTIMIZED = '658327ea-f89d-4fab-a63d-7e88639e58f6';
const ALL_VIEWER_EXCEPT_HOST = 'b689b0a8-53d0-40ab-baf2-68738e2966ac';

const arn = (id: string) => ({ 'Fn::GetAtt': [id, 'Arn'] });
export const ref = (id: string) => ({ Ref: id });

export const behavior = (PathPattern: string, properties: object) => ({
  PathPattern,
  TargetOriginId: 'api',
  AllowedMethods: ['GET', 'HEAD', 'OPTIONS', 'PUT', 'PATCH', 'POST', 'DELETE'],
  CachePolicyId: DISABLED,
  ViewerProtocolPolicy: 'redirect-to-https',
  OriginRequestPolicyId: ALL_VIEWER_EXCEPT_HOST,
  FunctionAssociations: [
    { EventType: 'viewer-request', FunctionARN: { 'Fn::GetAtt': ['Gate', 'FunctionARN'] } },
  ],
  ...properties,
});

const origin = (Id: string, properties: object) => ({
  Id,
  CustomOriginConfig: { OriginProtocolPolicy: 'https-only' },
  OriginPath: '/live',
  DomainName: { 'Fn::Sub': '${Api}.execute-api.${AWS::Region}.${AWS::URLSuffix}' },
  ...properties,
});

const cachePolicy = (DefaultTTL: number, query: object) => ({
  Type: 'AWS::CloudFront::CachePolicy',
  Properties: {
    CachePolicyConfig: {
      Name: 'policy',
      MinTTL: 0,
      DefaultTTL,
      MaxTTL: 100,
      ParametersInCacheKeyAndForwardedToOrigin: {
        CookiesConfig: { CookieBehavior: 'none' },
        HeadersConfig: { HeaderBehavior: 'none' },
        QueryStringsConfig: query,
        EnableAcceptEncodingGzip: false,
      },
    },
  },
});

/** What a test adds to the site. */
export type SiteChanges = {
  readonly resources?: Resources;
  /** Before all others. */
  readonly behaviors?: readonly object[];
  /** More of the distribution's configuration. */
  readonly config?: Readonly<Record<string, unknown>>;
};

const siteResources = ({
  resources = {},
  behaviors = [],
  config = {},
}: SiteChanges): Resources => ({
  ...apiResources,
  ...resources,
  Store: { Type: 'AWS::CloudFront::KeyValueStore', Properties: { Name: 'store' } },
  Gate: {
    Type: 'AWS::CloudFront::Function',
    Properties: {
      Name: 'gate',
      AutoPublish: true,
      FunctionCode: gate,
      FunctionConfig: {
        Comment: '',
        Runtime: 'cloudfront-js-2.0',
        KeyValueStoreAssociations: [{ KeyValueStoreARN: arn('Store') }],
      },
    },
  },
  Where: {
    Type: 'AWS::CloudFront::OriginRequestPolicy',
    Properties: {
      OriginRequestPolicyConfig: {
        Name: 'where',
        CookiesConfig: { CookieBehavior: 'none' },
        HeadersConfig: { HeaderBehavior: 'whitelist', Headers: ['CloudFront-Viewer-Country'] },
        QueryStringsConfig: { QueryStringBehavior: 'none' },
      },
    },
  },
  Cached: cachePolicy(1, { QueryStringBehavior: 'whitelist', QueryStrings: ['cache', 'status'] }),
  Headers: {
    Type: 'AWS::CloudFront::ResponseHeadersPolicy',
    Properties: {
      ResponseHeadersPolicyConfig: {
        Name: 'headers',
        SecurityHeadersConfig: { ContentTypeOptions: { Override: true } },
        CustomHeadersConfig: { Items: [{ Header: 'X-Own', Value: 'own', Override: false }] },
      },
    },
  },
  Bucket: { Type: 'AWS::S3::Bucket' },
  Files: {
    Type: 'Custom::CDKBucketDeployment',
    Properties: {
      ServiceToken: 'x',
      SourceBucketNames: ['assets'],
      SourceObjectKeys: ['site.zip'],
      DestinationBucketName: ref('Bucket'),
      Exclude: ['*.secret'],
      SystemMetadata: { 'cache-control': 'max-age=60' },
    },
  },
  Site: {
    Type: 'AWS::CloudFront::Distribution',
    Properties: {
      DistributionConfig: {
        Enabled: true,
        DefaultRootObject: 'index.html',
        ...config,
        Origins: [
          origin('api', {
            OriginCustomHeaders: [
              {
                HeaderName: 'x-api-key',
                HeaderValue: {
                  'Fn::Sub': '{{resolve:secretsmanager:${KeySecret}:SecretString:::}}',
                },
              },
            ],
          }),
          origin('keyless', {}),
          {
            Id: 'files',
            DomainName: { 'Fn::GetAtt': ['Bucket', 'RegionalDomainName'] },
            S3OriginConfig: { OriginAccessIdentity: '' },
          },
        ],
        CacheBehaviors: [
          ...behaviors,
          behavior('/api/time', {
            OriginRequestPolicyId: ref('Where'),
            ResponseHeadersPolicyId: ref('Headers'),
          }),
          behavior('/api/cached*', { CachePolicyId: ref('Cached') }),
          behavior('/api/keyless', { TargetOriginId: 'keyless' }),
          behavior('/api/*', {}),
        ],
        DefaultCacheBehavior: {
          TargetOriginId: 'files',
          CachePolicyId: OPTIMIZED,
          ViewerProtocolPolicy: 'redirect-to-https',
        },
      },
    },
  },
});

export function startSiteStack(
  options: LocalStackOptions = {},
  changes: SiteChanges = {},
): Promise<LocalStack> {
  const assembly = writeAssembly(
    {
      Test: {
        resources: siteResources(changes),
        outputs: {
          Store: { Value: arn('Store') },
          Url: { Value: { 'Fn::Sub': 'https://${Site.DomainName}' } },
        },
      },
    },
    {
      answer: { 'index.js': apiCode },
      site: { 'index.html': '<p>hello</p>', 'a/b.js': 'x', 'no.secret': 'x' },
    },
  );
  return startLocalStack({ assembly, ...options });
}
