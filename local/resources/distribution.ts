/** @module CloudFront: distributions and the functions at their edge. */

import type { Resource } from '../cloudformation/resource.ts';
import type { BehaviorPart, DistributionPart } from '../cloudfront/edge-parts.ts';
import type { Inventory } from '../inventory.ts';
import type { WebAclPart } from '../waf/web-acl.ts';
import type { Maker, Makers } from './maker.ts';

type Fields = Readonly<Record<string, unknown>>;

const fields = (value: unknown): Fields => (value ?? {}) as Fields;

const listOf = (value: unknown): Fields[] => (value ?? []) as Fields[];

const textOr = (value: unknown): string | undefined =>
  value === undefined ? undefined : String(value);

const edgeFunction: Maker = (resource, inventory) => {
  resource.allow(
    'AutoPublish',
    'FunctionCode',
    'FunctionConfig',
    'FunctionMetadata',
    'Name',
    'Tags',
  );
  const { properties } = resource;
  const config = fields(properties['FunctionConfig']);
  if (config['Runtime'] !== 'cloudfront-js-2.0') {
    throw resource.error(`runtime "${config['Runtime']}" is unknown to the local stack`);
  }
  const name = resource.name('Name');
  const arn = `arn:aws:cloudfront::000000000000:function/${name}`;
  inventory.edge.functions.set(arn, {
    name,
    code: String(properties['FunctionCode']),
    storeArn: textOr(listOf(config['KeyValueStoreAssociations'])[0]?.['KeyValueStoreARN']),
  });
  return {
    ref: arn,
    attributes: { FunctionARN: arn, 'FunctionMetadata.FunctionARN': arn, Stage: 'LIVE' },
  };
};

const CONFIG_PROPERTIES = new Set([
  'Aliases',
  'CacheBehaviors',
  'Comment',
  'CustomErrorResponses',
  'DefaultCacheBehavior',
  'DefaultRootObject',
  'Enabled',
  'HttpVersion',
  'IPV6Enabled',
  'Logging',
  'Origins',
  'PriceClass',
  'ViewerCertificate',
  'WebACLId',
]);

const distribution: Maker = (resource, inventory) => {
  resource.allow('DistributionConfig', 'Tags');
  const config = fields(resource.properties['DistributionConfig']);
  const unknown = Object.keys(config).find((key) => !CONFIG_PROPERTIES.has(key));
  if (unknown !== undefined) throw resource.error(`"${unknown}" is unknown to the local stack`);
  const part: DistributionPart = {
    id: resource.logicalId,
    rootObject: String(config['DefaultRootObject'] ?? ''),
    origins: listOf(config['Origins']).map((origin) => ({
      id: String(origin['Id']),
      domain: String(origin['DomainName']),
      path: String(origin['OriginPath'] ?? ''),
      headers: headersOf(listOf(origin['OriginCustomHeaders'])),
    })),
    behaviors: [...listOf(config['CacheBehaviors']), fields(config['DefaultCacheBehavior'])].map(
      (behavior) => behaviorOf(resource, behavior),
    ),
    errors: listOf(config['CustomErrorResponses']).map((error) => ({
      code: Number(error['ErrorCode']),
      minSeconds: Number(error['ErrorCachingMinTTL'] ?? 10),
      page: textOr(error['ResponsePagePath']),
      status: error['ResponseCode'] === undefined ? undefined : Number(error['ResponseCode']),
    })),
    webAcl: webAclOf(resource, config['WebACLId'], inventory),
  };
  const isFirst = inventory.edge.distributions.push(part) === 1;
  const siteUrl = new URL(isFirst ? inventory.siteUrl : 'http://unreachable.invalid');
  return {
    ref: resource.logicalId,
    attributes: { Id: resource.logicalId, DomainName: siteUrl.host },
  };
};

function webAclOf(resource: Resource, arn: unknown, { edge }: Inventory): WebAclPart | undefined {
  if (arn === undefined) return undefined;
  const found = edge.webAcls.get(String(arn));
  if (found === undefined) throw resource.error(`web ACL "${arn}" is in no stack of this assembly`);
  return found;
}

const headersOf = (headers: readonly Fields[]): Record<string, string> =>
  Object.fromEntries(
    headers.map(({ HeaderName, HeaderValue }) => [
      String(HeaderName).toLowerCase(),
      String(HeaderValue),
    ]),
  );

function behaviorOf(resource: Resource, behavior: Fields): BehaviorPart {
  if (behavior['CachePolicyId'] === undefined) {
    throw resource.error('a behaviour without a cache policy is unknown to the local stack');
  }
  if (behavior['LambdaFunctionAssociations'] !== undefined) {
    throw resource.error('Lambda@Edge is unknown to the local stack');
  }
  const functions = listOf(behavior['FunctionAssociations']);
  const at = (event: string) =>
    textOr(functions.find(({ EventType }) => EventType === event)?.['FunctionARN']);
  return {
    pattern: String(behavior['PathPattern'] ?? '*'),
    originId: String(behavior['TargetOriginId']),
    methods: new Set((behavior['AllowedMethods'] ?? ['GET', 'HEAD']) as string[]),
    cachedMethods: new Set((behavior['CachedMethods'] ?? ['GET', 'HEAD']) as string[]),
    cachePolicyId: String(behavior['CachePolicyId']),
    originRequestPolicyId: textOr(behavior['OriginRequestPolicyId']),
    responseHeadersPolicyId: textOr(behavior['ResponseHeadersPolicyId']),
    viewerRequest: at('viewer-request'),
    viewerResponse: at('viewer-response'),
  };
}

export const distributionResources: Makers = {
  'AWS::CloudFront::Function': edgeFunction,
  'AWS::CloudFront::Distribution': distribution,
};
