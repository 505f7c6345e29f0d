import { Duration, Validations } from 'aws-cdk-lib';
import type { ICertificate } from 'aws-cdk-lib/aws-certificatemanager';
import {
  AllowedMethods,
  type BehaviorOptions,
  CachePolicy,
  Distribution,
  HttpVersion,
  OriginRequestPolicy,
  type PriceClass,
  SecurityPolicyProtocol,
  ViewerProtocolPolicy,
} from 'aws-cdk-lib/aws-cloudfront';
import type { Bucket, IBucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import type { EdgePolicies } from './edge-policies.ts';
import type { Gate } from './gate.ts';
import type { SiteOrigins } from './site-origins.ts';

/** The site's own name, and the proof of it. */
type SiteName = { readonly domainName: string; readonly certificate: ICertificate };

export interface SiteDistributionProps {
  readonly origins: SiteOrigins;
  readonly policies: EdgePolicies;
  readonly gate: Gate;
  /** Which edges serve. */
  readonly edges: PriceClass;
  /** @default - CloudFront's name and certificate */
  readonly name?: SiteName;
  /** @default - no access logs */
  readonly logs?: Bucket;
  /** @default - no web ACL: limits are API Gateway's throttles alone */
  readonly webAclArn?: string;
}

/** The errors whose caching CloudFront lets us choose; it keeps them for 10 s otherwise. */
const ERRORS = [400, 403, 404, 405, 414, 416, 500, 501, 502, 503, 504];

/** One origin for everything that a shopper's browser asks for. */
export class SiteDistribution extends Construct {
  readonly distribution: Distribution;

  constructor(scope: Construct, id: string, props: SiteDistributionProps) {
    super(scope, id);
    const { name, logs, edges, webAclArn } = props;
    this.distribution = new Distribution(this, 'Distribution', {
      comment: scope.node.id,
      defaultRootObject: 'index.html',
      defaultBehavior: filesBehavior(props),
      additionalBehaviors: behaviors(props),
      // An answer of "unavailable" or "not found" must not outlive its reason.
      errorResponses: ERRORS.map((httpStatus) => ({ httpStatus, ttl: Duration.seconds(0) })),
      httpVersion: HttpVersion.HTTP2_AND_3,
      priceClass: edges,
      ...(name && {
        domainNames: [name.domainName],
        certificate: name.certificate,
        minimumProtocolVersion: SecurityPolicyProtocol.TLS_V1_2_2021,
      }),
      ...(logs && { enableLogging: true, logBucket: logs as IBucket }),
      ...(webAclArn && { webAclId: webAclArn }),
    });
    this.acknowledge(props);
  }

  private acknowledge({ name, logs, webAclArn }: SiteDistributionProps) {
    const accepted = {
      'AwsSolutions-CFR1':
        'Where a shop sells is for the shop to decide; no country is refused here.',
      ...(!webAclArn && {
        'AwsSolutions-CFR2': 'The web ACL is optional and priced; in production it is on.',
      }),
      ...(!logs && {
        'AwsSolutions-CFR3': 'Nobody but developers visits: logs are on in production.',
      }),
      ...(!name && {
        'AwsSolutions-CFR4':
          "CloudFront's own certificate fixes its own minimum; with a domain of ours it is TLS 1.2 (2021).",
      }),
    };
    for (const [id, reason] of Object.entries(accepted)) {
      Validations.of(this).acknowledge({ id, reason });
    }
  }
}

/** Path patterns, most particular first: CloudFront takes the first that matches, and `*` spans slashes. */
function behaviors(props: SiteDistributionProps): Record<string, BehaviorOptions> {
  const { origins, policies } = props;
  const files = filesBehavior(props);
  const browse = apiBehavior(props, { origin: origins.browse });
  // No policy sends all headers but Host and CloudFront's own too: `allExcept` knows only the viewer's. So each path
  // that needs CloudFront's has a behaviour of its own; of these only the buy ever reaches an origin.
  const seen = { ...browse, originRequestPolicy: policies.sight };
  const buy = apiBehavior(props, { origin: origins.buy });
  return {
    '/api/sales/*/challenge': seen,
    '/api/sales/*/ticket': seen,
    '/api/sales/*/*/orders': { ...buy, originRequestPolicy: policies.buyer },
    '/api/sales/*': apiBehavior(props, { origin: origins.browse, cachePolicy: policies.status }),
    '/api/operator/*': apiBehavior(props, { origin: origins.operate }),
    '/api/where': { ...browse, originRequestPolicy: policies.whereabouts },
    '/api/*': browse,
    '/sales/*/sale.js': { ...files, cachePolicy: policies.saleScript },
    '/sales/*': files,
    '/assets/*': files,
    '/operator/*': { ...files, responseHeadersPolicy: policies.operatorHeaders },
  };
}

const filesBehavior = ({ origins, policies, gate }: SiteDistributionProps): BehaviorOptions => ({
  origin: origins.files,
  cachePolicy: CachePolicy.CACHING_OPTIMIZED,
  responseHeadersPolicy: policies.headers,
  viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
  functionAssociations: gate.associations,
  compress: true,
});

const apiBehavior = (
  { policies, gate }: SiteDistributionProps,
  {
    origin,
    cachePolicy = CachePolicy.CACHING_DISABLED,
  }: Pick<BehaviorOptions, 'origin' | 'cachePolicy'>,
): BehaviorOptions => ({
  origin,
  cachePolicy,
  allowedMethods: AllowedMethods.ALLOW_ALL,
  // Host would make API Gateway look for an API of the site's name.
  originRequestPolicy: OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER,
  responseHeadersPolicy: policies.headers,
  // A redirected POST would lose its body, and a cookie would have travelled in the clear already.
  viewerProtocolPolicy: ViewerProtocolPolicy.HTTPS_ONLY,
  functionAssociations: gate.associations,
  compress: true,
});
