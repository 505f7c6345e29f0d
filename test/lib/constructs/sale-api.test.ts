import { describe, expect, test } from '@jest/globals';
import { aStage, PROD, resource, resourcesOf, templatesOf } from '../synth.ts';

const dev = templatesOf(aStage()).service;
const prod = templatesOf(aStage(PROD)).service;

type Ref = { Ref: string };

/** Method and path of each method, found by walking from a resource to the root. */
function routes(api: 'Api' | 'OperatorApi'): string[] {
  const resources = resourcesOf(dev, 'AWS::ApiGateway::Resource');
  const pathOf = (id: unknown): string => {
    const found = resources[(id as Ref).Ref]?.Properties;
    return found ? `${pathOf(found['ParentId'])}/${found['PathPart']}` : '';
  };
  return Object.entries(resourcesOf(dev, 'AWS::ApiGateway::Method'))
    .filter(([id]) => id.startsWith(api))
    .map(([, { Properties }]) => `${Properties['HttpMethod']} ${pathOf(Properties['ResourceId'])}`)
    .sort();
}

describe('SaleApi', () => {
  test('has the routes that reach a function, and no other', () => {
    expect(routes('Api')).toEqual([
      'DELETE /api/orders/{orderId}',
      'GET /api/orders/{orderId}',
      'GET /api/sales/{sale}',
      'POST /api/orders/{orderId}/checkout',
      'POST /api/payments/events',
      'POST /api/sales/{sale}/{doorKey}/orders',
      'POST /api/session',
    ]);
  });

  test('wants a key for each of them', () => {
    dev.allResourcesProperties('AWS::ApiGateway::Method', {
      ApiKeyRequired: true,
      Integration: { Type: 'AWS_PROXY' },
    });
  });

  test('writes no path into its access log: it holds door keys and order ids', () => {
    const { AccessLogSetting } = resource(dev, 'AWS::ApiGateway::Stage', 'Api').Properties;
    const { Format } = AccessLogSetting as { Format: string };
    expect(Object.values(JSON.parse(Format))).not.toContain('$context.path');
    expect(Format).not.toContain('sourceIp');
  });
});

describe('OperatorApi', () => {
  test('has one way in, to one function', () => {
    expect(routes('OperatorApi')).toEqual(['ANY /api/operator/{path+}']);
  });

  test('is opened by the key of operators, which opens nothing else', () => {
    const apisOf = (plan: string) => {
      const { ApiStages } = resource(dev, 'AWS::ApiGateway::UsagePlan', plan).Properties;
      return (ApiStages as { ApiId: Ref }[]).map(({ ApiId }) =>
        ApiId.Ref.replace(/[0-9A-F]{8}$/, ''),
      );
    };
    expect(apisOf('PlansOperate')).toEqual(['OperatorApi']);
    expect([apisOf('PlansBuy'), apisOf('PlansBrowse')]).toEqual([['Api'], ['Api']]);
  });

  test('is throttled as operators are, beside a crowd', () => {
    const { MethodSettings } = resource(prod, 'AWS::ApiGateway::Stage', 'OperatorApi').Properties;
    expect(MethodSettings).toMatchObject([{ ThrottlingRateLimit: 100, ThrottlingBurstLimit: 200 }]);
  });
});

describe('addProblemResponses()', () => {
  test.each([
    ['THROTTLED', 429, 'too-many-requests', "'1'"],
    ['QUOTA_EXCEEDED', 429, 'too-many-requests', "'1'"],
    ['INVALID_API_KEY', 403, 'not-eligible', undefined],
    ['MISSING_AUTHENTICATION_TOKEN', 400, 'bad-request', undefined],
    ['REQUEST_TOO_LARGE', 400, 'bad-request', undefined],
    ['DEFAULT_4XX', 400, 'bad-request', undefined],
    ['DEFAULT_5XX', 503, 'unavailable', "'1'"],
  ])('answers %s with status %i and code %s', (type, status, code, retryAfter) => {
    const { Properties } = resource(
      dev,
      'AWS::ApiGateway::GatewayResponse',
      `ApiProblem${type.replaceAll('_', '')}`,
    );
    expect(Properties).toMatchObject({ ResponseType: type, StatusCode: `${status}` });
    const headers = Properties['ResponseParameters'] as Record<string, string>;
    expect(headers['gatewayresponse.header.Content-Type']).toBe("'application/problem+json'");
    expect(headers['gatewayresponse.header.Retry-After']).toBe(retryAfter);
    const templates = Properties['ResponseTemplates'] as Record<string, string>;
    expect(JSON.parse(templates['application/json'] ?? '')).toMatchObject({
      type: `urn:flash-sale:problem:${code}`,
      status,
      code,
      title: expect.any(String),
      detail: expect.any(String),
    });
  });
});

describe('UsagePlans', () => {
  test('gives each kind of traffic its plan, together below the quota of an account', () => {
    const rates = Object.values(resourcesOf(prod, 'AWS::ApiGateway::UsagePlan')).map(
      ({ Properties }) => (Properties['Throttle'] as { RateLimit: number }).RateLimit,
    );
    expect(rates).toHaveLength(3);
    expect(rates.reduce((sum, rate) => sum + rate)).toBeLessThan(10_000);
  });

  test.each([
    [
      'PlansBuy',
      '/api/sales/{sale}/{doorKey}/orders/POST',
      { RateLimit: 5_000, BurstLimit: 2_500 },
    ],
    ['PlansBrowse', '/api/session/POST', { RateLimit: 1_000, BurstLimit: 500 }],
  ])('throttles in the plan %s the one method %s', (plan, method, throttle) => {
    const { Properties } = resource(prod, 'AWS::ApiGateway::UsagePlan', plan);
    const [{ Throttle }, ...more] = Properties['ApiStages'] as [{ Throttle: object }];
    expect([Throttle, more]).toEqual([{ [method]: throttle }, []]);
  });

  test('leaves status pages and orders three quarters of their plan beside a wave of logins', () => {
    const { sessionThrottle, browseThrottle } = aStage(PROD);
    expect(sessionThrottle.rateLimit).toBeLessThanOrEqual(browseThrottle.rateLimit / 4);
    expect(sessionThrottle.burstLimit).toBeLessThanOrEqual(browseThrottle.burstLimit / 4);
  });

  test('takes the value of each key from its secret when it is deployed', () => {
    const values = Object.values(resourcesOf(dev, 'AWS::ApiGateway::ApiKey')).map(
      ({ Properties }) => JSON.stringify(Properties['Value']),
    );
    expect(values).toHaveLength(3);
    for (const name of ['BuyKey', 'BrowseKey', 'OperateKey']) {
      const own = values.filter((value) => value.includes(`Secrets${name}`));
      expect(own).toEqual([expect.stringContaining('{{resolve:secretsmanager:')]);
    }
  });
});
