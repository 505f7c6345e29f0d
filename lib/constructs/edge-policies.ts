import { Duration } from 'aws-cdk-lib';
import {
  CachePolicy,
  CacheQueryStringBehavior,
  HeadersFrameOption,
  HeadersReferrerPolicy,
  OriginRequestHeaderBehavior,
  OriginRequestPolicy,
  ResponseHeadersPolicy,
} from 'aws-cdk-lib/aws-cloudfront';
import { Construct } from 'constructs';

/** Nothing from elsewhere, nothing inline, no frames. Payment is a navigation, which this policy does not govern. */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "worker-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** Two years, what browsers ask of a site before they list it as https only. */
const HSTS = Duration.days(730);

/** What is cached under which key, what an origin is sent, and what a browser is told about the answer. */
export class EdgePolicies extends Construct {
  /** Sale status: fresh for the second that the function allows, the same for everybody. */
  readonly status: CachePolicy;
  /** `sale.js`: the version in the query is the only key, and the file says itself how long it lives. */
  readonly saleScript: CachePolicy;
  /** Where the shopper is, for the gate. */
  readonly whereabouts: OriginRequestPolicy;
  readonly headers: ResponseHeadersPolicy;

  constructor(scope: Construct, id: string) {
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
    this.headers = securityHeaders(this);
  }
}

const securityHeaders = (scope: Construct) =>
  new ResponseHeadersPolicy(scope, 'Headers', {
    securityHeadersBehavior: {
      contentSecurityPolicy: { contentSecurityPolicy: CONTENT_SECURITY_POLICY, override: true },
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
