import { Duration } from 'aws-cdk-lib';
import {
  CachePolicy,
  CacheQueryStringBehavior,
  HeadersFrameOption,
  HeadersReferrerPolicy,
  OriginRequestCookieBehavior,
  OriginRequestHeaderBehavior,
  OriginRequestPolicy,
  OriginRequestQueryStringBehavior,
  ResponseHeadersPolicy,
} from 'aws-cdk-lib/aws-cloudfront';
import { Construct } from 'constructs';

/** Nothing from elsewhere, nothing inline, no frames. Payment is a navigation, which this policy does not govern. */
const contentSecurityPolicy = (connectSources: string) =>
  [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    `connect-src ${connectSources}`,
    "worker-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ');

/**
 * What the gate judges a client by. CloudFront sets these headers itself, over whatever a viewer sends under the names;
 * the viewer's address is in each function's event.
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/adding-cloudfront-headers.html
 */
const SIGHT = ['CloudFront-Viewer-Country', 'CloudFront-Viewer-JA4-Fingerprint'];

/**
 * What the buy function reads, and no more: CloudFront takes 10 headers. What a function sets reaches the origin only
 * where the policy names it.
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cloudfront-limits.html
 */
const BUYER = [
  'x-ticket',
  'x-device',
  // Set by the gate.
  'x-transaction-id',
  'x-site-origin',
  'User-Agent',
  'CloudFront-Viewer-Address',
  ...SIGHT,
];

/** Two years, what browsers ask of a site before they list it as https only. */
const HSTS = Duration.days(730);

export interface EdgePoliciesProps {
  /** What scripts may talk to, as the content security policy writes it: `'self'` and the identity issuer's origin. */
  readonly connectSources: string;
  /** The same of the operators' page. */
  readonly operatorSources: string;
}

/** What is cached under which key, what an origin is sent, and what a browser is told about the answer. */
export class EdgePolicies extends Construct {
  /** Sale status: fresh for the second that the function allows, the same for everybody. */
  readonly status: CachePolicy;
  /** `sale.js`: the version in the query is the only key, and the file says itself how long it lives. */
  readonly saleScript: CachePolicy;
  /** Where the shopper is, for the gate. */
  readonly whereabouts: OriginRequestPolicy;
  /** What the gate judges a client by, on paths that never reach an origin. */
  readonly sight: OriginRequestPolicy;
  /** What the buy function is sent: of the viewer's headers those that it reads, and CloudFront's view of the buyer. */
  readonly buyer: OriginRequestPolicy;
  readonly headers: ResponseHeadersPolicy;
  /** The same for the operators' page. */
  readonly operatorHeaders: ResponseHeadersPolicy;

  constructor(scope: Construct, id: string, props: EdgePoliciesProps) {
    super(scope, id);
    // No cookies, headers or query in the key. Min 0, so that a function's `no-store` is obeyed; max 1 s, so that a
    // mistake in a header cannot make "sold out" stay.
    this.status = new CachePolicy(this, 'Status', {
      minTtl: Duration.seconds(0),
      defaultTtl: Duration.seconds(1),
      maxTtl: Duration.seconds(1),
      // Each encoding would be a key of its own, and so one more request to the function each second.
      enableAcceptEncodingBrotli: false,
      enableAcceptEncodingGzip: false,
    });
    // Default 1 s: a closed `sale.js` that lacks its header must not be pinned under the open version's key.
    this.saleScript = new CachePolicy(this, 'SaleScript', {
      queryStringBehavior: CacheQueryStringBehavior.allowList('v'),
      minTtl: Duration.seconds(0),
      defaultTtl: Duration.seconds(1),
      maxTtl: Duration.days(365),
      enableAcceptEncodingBrotli: true,
      enableAcceptEncodingGzip: true,
    });
    this.whereabouts = new OriginRequestPolicy(this, 'Whereabouts', {
      headerBehavior: OriginRequestHeaderBehavior.allowList(
        'CloudFront-Viewer-Country',
        'CloudFront-Viewer-Latitude',
        'CloudFront-Viewer-Longitude',
      ),
    });
    this.sight = new OriginRequestPolicy(this, 'Sight', {
      headerBehavior: OriginRequestHeaderBehavior.allowList(...SIGHT),
    });
    this.buyer = new OriginRequestPolicy(this, 'Buyer', {
      headerBehavior: OriginRequestHeaderBehavior.allowList(...BUYER),
      cookieBehavior: OriginRequestCookieBehavior.all(),
      queryStringBehavior: OriginRequestQueryStringBehavior.all(),
    });
    const headersFor = (id: string, sources: string) =>
      securityHeaders(this, id, contentSecurityPolicy(sources));
    this.headers = headersFor('Headers', props.connectSources);
    this.operatorHeaders = headersFor('OperatorHeaders', props.operatorSources);
  }
}

const securityHeaders = (scope: Construct, id: string, policy: string) =>
  new ResponseHeadersPolicy(scope, id, {
    securityHeadersBehavior: {
      contentSecurityPolicy: { contentSecurityPolicy: policy, override: true },
      contentTypeOptions: { override: true },
      frameOptions: { frameOption: HeadersFrameOption.DENY, override: true },
      // A door key or an order id in an address is nobody else's business.
      referrerPolicy: { referrerPolicy: HeadersReferrerPolicy.SAME_ORIGIN, override: true },
      strictTransportSecurity: {
        accessControlMaxAge: HSTS,
        includeSubdomains: true,
        override: true,
      },
    },
  });
