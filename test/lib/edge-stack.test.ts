import { describe, expect, test } from '@jest/globals';
import { Match } from 'aws-cdk-lib/assertions';
import { assetHash } from './asset-hash.ts';
import { aStage, PROD, resource, templatesOf } from './synth.ts';

expect.addSnapshotSerializer(assetHash);

const { edge: dev } = templatesOf(aStage());
const { edge: prod } = templatesOf(aStage(PROD));

/** The managed policies that the behaviours use, by the ids that AWS gave them. */
const MANAGED = {
  disabled: '4135ea2d-6df8-44a3-9df3-4b5a84be39ad',
  optimized: '658327ea-f89d-4fab-a63d-7e88639e58f6',
  allButHost: 'b689b0a8-53d0-40ab-baf2-68738e2966ac',
};

type Behavior = {
  PathPattern?: string;
  TargetOriginId: string;
  CachePolicyId: unknown;
  OriginRequestPolicyId?: unknown;
  FunctionAssociations: unknown[];
  ResponseHeadersPolicyId: { Ref: string };
};
type Origin = {
  Id: string;
  DomainName: unknown;
  OriginPath?: string;
  OriginCustomHeaders?: { HeaderName: string; HeaderValue: unknown }[];
};
type Config = { CacheBehaviors: Behavior[]; DefaultCacheBehavior: Behavior; Origins: Origin[] };

const { DistributionConfig: config } = resource(dev, 'AWS::CloudFront::Distribution', 'Site')
  .Properties as { DistributionConfig: Config };

/** The first behaviour whose pattern matches, as CloudFront chooses it: `*` spans slashes. */
function behaviorOf(path: string): Behavior {
  const matches = ({ PathPattern = '' }: Behavior) => {
    const pattern = PathPattern.replace(/[.]/g, '\\.').replaceAll('*', '.*');
    return new RegExp(`^${pattern}$`).test(path);
  };
  return config.CacheBehaviors.find(matches) ?? config.DefaultCacheBehavior;
}

/** Which key's secret the origin of a path sends; none for the site bucket. */
function keyOf(path: string): string | undefined {
  const origin = config.Origins.find(({ Id }) => Id === behaviorOf(path).TargetOriginId);
  const [header] = origin?.OriginCustomHeaders ?? [];
  if (header === undefined) return undefined;
  expect(header.HeaderName).toBe('x-api-key');
  const value = JSON.stringify(header.HeaderValue);
  expect(value).toContain('{{resolve:secretsmanager:');
  return /Secrets(\w+?Key)/.exec(value)?.[1];
}

describe('EdgeStack', () => {
  test('has the outputs that people and the command line read', () => {
    expect(Object.keys(dev.toJSON()['Outputs']).sort()).toEqual([
      'DistributionId',
      'SiteUrl',
      'Waf',
    ]);
  });

  test.each([
    ['/', undefined],
    ['/assets/app-1a2b.js', undefined],
    ['/sales/s-1/', undefined],
    ['/sales/s-1/sale.js', undefined],
    ['/api/sales/s-1/d00r/orders', 'BuyKey'],
    ['/api/sales/s-1', 'BrowseKey'],
    ['/api/sales/s-1/ticket', 'BrowseKey'],
    ['/api/sales/s-1/challenge', 'BrowseKey'],
    ['/api/session', 'BrowseKey'],
    ['/api/where', 'BrowseKey'],
    ['/api/orders/s-1.sku.holder/checkout', 'BrowseKey'],
    ['/api/payments/events', 'BrowseKey'],
    ['/api/operator/sales', 'OperateKey'],
    ['/operator/', undefined],
  ])('sends %s to the API under %s', (path, key) => {
    expect(keyOf(path)).toBe(key);
  });

  test('puts the gate before every behaviour', () => {
    for (const { FunctionAssociations } of [
      config.DefaultCacheBehavior,
      ...config.CacheBehaviors,
    ]) {
      expect(FunctionAssociations).toEqual([
        {
          EventType: 'viewer-request',
          FunctionARN: { 'Fn::GetAtt': [expect.stringMatching(/^GateFunction/), 'FunctionARN'] },
        },
      ]);
    }
  });

  test.each([
    ['/api/session', MANAGED.disabled],
    ['/api/sales/s-1/d00r/orders', MANAGED.disabled],
    ['/api/sales/s-1/challenge', MANAGED.disabled],
    ['/api/sales/s-1/ticket', MANAGED.disabled],
    ['/api/operator/sales', MANAGED.disabled],
    ['/api/sales/s-1', { Ref: expect.stringMatching(/^PoliciesStatus/) }],
    ['/sales/s-1/sale.js', { Ref: expect.stringMatching(/^PoliciesSaleScript/) }],
    ['/sales/s-1/sale.json', MANAGED.optimized],
    ['/assets/app-1a2b.js', MANAGED.optimized],
  ])('caches %s by policy %j', (path, policy) => {
    expect(behaviorOf(path).CachePolicyId).toEqual(policy);
  });

  test('hands the API everything but Host, and the gate the whereabouts where it answers them', () => {
    expect(behaviorOf('/api/session').OriginRequestPolicyId).toBe(MANAGED.allButHost);
    expect(behaviorOf('/api/where').OriginRequestPolicyId).toEqual({
      Ref: expect.stringMatching(/^PoliciesWhereabouts/),
    });
  });

  test.each([
    ['/api/sales/s-1/challenge', 'Sight'],
    ['/api/sales/s-1/ticket', 'Sight'],
    ['/api/sales/s-1/d00r/orders', 'Buyer'],
  ])('adds to %s what CloudFront knows of the viewer, by policy %s', (path, policy) => {
    expect(behaviorOf(path).OriginRequestPolicyId).toEqual({
      Ref: expect.stringMatching(new RegExp(`^Policies${policy}`)),
    });
  });

  test('stands behind the web ACL of us-east-1 in production, and says so', () => {
    prod.hasResourceProperties('AWS::CloudFront::Distribution', {
      DistributionConfig: {
        WebACLId: {
          'Fn::GetStackOutput': Match.objectLike({
            StackName: 'FlashSale-prod-Global',
            Region: 'us-east-1',
          }),
        },
      },
    });
    prod.hasOutput('Waf', { Value: 'on' });
    dev.hasResourceProperties('AWS::CloudFront::Distribution', {
      DistributionConfig: { WebACLId: Match.absent() },
    });
    dev.hasOutput('Waf', { Value: 'off' });
  });

  test('sends operators to their own API, and nobody else', () => {
    const domainOf = (path: string) => {
      const origin = config.Origins.find(({ Id }) => Id === behaviorOf(path).TargetOriginId);
      return JSON.stringify(origin?.['DomainName']);
    };
    expect(domainOf('/api/operator/sales')).toContain('OperatorApi');
    for (const path of ['/api/session', '/api/sales/s-1', '/api/sales/s-1/d00r/orders']) {
      expect(domainOf(path)).not.toContain('OperatorApi');
    }
  });

  test("lets scripts of the operators' page talk to their issuer, and those of the shop to its own", () => {
    const sources = (path: string) => {
      const { Ref } = behaviorOf(path).ResponseHeadersPolicyId;
      const policy = resource(dev, 'AWS::CloudFront::ResponseHeadersPolicy', Ref).Properties;
      return [...JSON.stringify(policy).matchAll(/"(Has\w+)"/g)].map(([, condition]) => condition);
    };
    expect(sources('/operator/')).toEqual(['HasOperators', 'HasOperatorTokenOrigin']);
    expect(sources('/sales/s-1/')).toEqual(['HasIssuer', 'HasTokenOrigin']);
    dev.hasParameter('OperatorIssuer', { Default: '' });
  });

  test('keeps no error', () => {
    dev.hasResourceProperties('AWS::CloudFront::Distribution', {
      DistributionConfig: {
        CustomErrorResponses: Match.arrayWith([{ ErrorCode: 503, ErrorCachingMinTTL: 0 }]),
      },
    });
  });

  test('writes access logs in production alone', () => {
    prod.hasResourceProperties('AWS::CloudFront::Distribution', {
      DistributionConfig: { Logging: Match.objectLike({ Bucket: Match.anyValue() }) },
    });
    dev.resourceCountIs('AWS::S3::Bucket', 0);
  });

  test('uploads assets and pages without deleting what sales have published', () => {
    const { edge } = templatesOf(aStage(), { site: true });
    edge.resourceCountIs('Custom::CDKBucketDeployment', 2);
    edge.allResourcesProperties('Custom::CDKBucketDeployment', { Prune: false });
    dev.resourceCountIs('Custom::CDKBucketDeployment', 0);
  });

  test('is as it was', () => {
    const template = dev.toJSON();
    const gate = Object.values<{ Type: string; Properties: { FunctionCode: string } }>(
      template['Resources'],
    ).find(({ Type }) => Type === 'AWS::CloudFront::Function');
    if (gate) gate.Properties.FunctionCode = '[GATE]';
    expect(template).toMatchSnapshot();
  });
});
