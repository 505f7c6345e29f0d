import { describe, expect, test } from '@jest/globals';
import { aStage, resource, templatesOf } from '../synth.ts';

const { edge: dev } = templatesOf(aStage());

describe('EdgePolicies', () => {
  test.each(['Sight', 'Buyer'])(
    'adds by policy %s what CloudFront knows of the viewer',
    (policy) => {
      const { Properties } = resource(
        dev,
        'AWS::CloudFront::OriginRequestPolicy',
        `Policies${policy}`,
      );
      const { HeadersConfig } = Properties['OriginRequestPolicyConfig'] as {
        HeadersConfig: { HeaderBehavior: string; Headers: string[] };
      };
      expect(HeadersConfig.HeaderBehavior).toBe('whitelist');
      expect(HeadersConfig.Headers).toEqual(
        expect.arrayContaining(['CloudFront-Viewer-Country', 'CloudFront-Viewer-JA4-Fingerprint']),
      );
      // CloudFront takes no more.
      expect(HeadersConfig.Headers.length).toBeLessThanOrEqual(10);
    },
  );

  test('hands the buy function what it reads and what the gate sets, with cookies and query', () => {
    dev.hasResourceProperties('AWS::CloudFront::OriginRequestPolicy', {
      OriginRequestPolicyConfig: {
        HeadersConfig: {
          Headers: [
            'x-ticket',
            'x-device',
            'x-transaction-id',
            'x-site-origin',
            'User-Agent',
            'CloudFront-Viewer-Address',
            'CloudFront-Viewer-Country',
            'CloudFront-Viewer-JA4-Fingerprint',
          ],
        },
        CookiesConfig: { CookieBehavior: 'all' },
        QueryStringsConfig: { QueryStringBehavior: 'all' },
      },
    });
  });

  test("lets scripts talk to the site, and to the identity issuer's origin where there is one", () => {
    const { Properties } = resource(
      dev,
      'AWS::CloudFront::ResponseHeadersPolicy',
      'PoliciesHeaders',
    );
    const policy = JSON.stringify(Properties);
    expect(policy).toContain('connect-src ",{"Fn::If":["HasIssuer"');
    expect(policy).toContain('"\'self\'"]}');
    dev.hasParameter('OidcIssuer', { Default: '' });
    dev.hasCondition('HasIssuer', { 'Fn::Not': [{ 'Fn::Equals': [{ Ref: 'OidcIssuer' }, ''] }] });
  });

  test('keeps a sale status for a second at most, the same for everybody', () => {
    dev.hasResourceProperties('AWS::CloudFront::CachePolicy', {
      CachePolicyConfig: {
        MinTTL: 0,
        DefaultTTL: 1,
        MaxTTL: 1,
        ParametersInCacheKeyAndForwardedToOrigin: {
          CookiesConfig: { CookieBehavior: 'none' },
          HeadersConfig: { HeaderBehavior: 'none' },
          QueryStringsConfig: { QueryStringBehavior: 'none' },
        },
      },
    });
  });

  test('keys sale.js by its version, and obeys a life of zero', () => {
    dev.hasResourceProperties('AWS::CloudFront::CachePolicy', {
      CachePolicyConfig: {
        MinTTL: 0,
        ParametersInCacheKeyAndForwardedToOrigin: {
          QueryStringsConfig: { QueryStringBehavior: 'whitelist', QueryStrings: ['v'] },
        },
      },
    });
  });

  test("lets no script, style or frame in but the site's own", () => {
    const { Properties } = resource(
      dev,
      'AWS::CloudFront::ResponseHeadersPolicy',
      'PoliciesHeaders',
    );
    const policy = JSON.stringify(Properties);
    expect(policy).toContain("default-src 'none'; script-src 'self'; style-src 'self'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toContain('unsafe-');
  });
});
