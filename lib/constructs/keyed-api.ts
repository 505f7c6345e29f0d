/** @module What the API of shoppers and that of operators have in common. */

import { RemovalPolicy, Validations } from 'aws-cdk-lib';
import {
  AccessLogField,
  AccessLogFormat,
  EndpointType,
  LogGroupLogDestination,
  MethodLoggingLevel,
  RestApi,
} from 'aws-cdk-lib/aws-apigateway';
import { LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import type { Throttle } from '../../capacity/sizes.ts';
import { addProblemResponses } from './problem-responses.ts';

export type KeyedApiOptions = {
  readonly name: string;
  /** How long access logs are kept. */
  readonly logRetention: RetentionDays;
  /** What one method may use, whoever calls it. */
  readonly methodThrottle: Throttle;
  /** Whether it brings the account's role for logs along, without which a stage that logs is refused: one does. */
  readonly logRole: boolean;
};

/** The stage's name, which CloudFront puts before each path. */
export const API_STAGE = 'live';

/** What an access log says: no address, cookie, door key or order id, so `resourcePath` in place of the path. */
const ACCESS_LOG = AccessLogFormat.custom(
  JSON.stringify({
    requestId: AccessLogField.contextRequestId(),
    time: AccessLogField.contextRequestTimeEpoch(),
    method: AccessLogField.contextHttpMethod(),
    resource: AccessLogField.contextResourcePath(),
    status: AccessLogField.contextStatus(),
    error: AccessLogField.contextErrorResponseType(),
    latencyMs: AccessLogField.contextResponseLatency(),
    functionMs: AccessLogField.contextIntegrationLatency(),
    apiKeyId: AccessLogField.contextIdentityApiKeyId(),
  }),
);

/**
 * A REST API: an HTTP API has neither keys nor usage plans. Regional, because an edge-optimised one is a second
 * CloudFront behind ours. Every method wants a key, and only CloudFront has them.
 */
export function keyedApi(scope: Construct, options: KeyedApiOptions): RestApi {
  const { name, logRetention, methodThrottle, logRole } = options;
  const accessLog = new LogGroup(scope, 'AccessLog', {
    retention: logRetention,
    removalPolicy: RemovalPolicy.DESTROY,
  });
  const api = new RestApi(scope, 'Api', {
    restApiName: name,
    endpointTypes: [EndpointType.REGIONAL],
    // It belongs to the account.
    cloudWatchRole: logRole,
    ...(logRole && { cloudWatchRoleRemovalPolicy: RemovalPolicy.RETAIN }),
    defaultMethodOptions: { apiKeyRequired: true },
    deployOptions: {
      stageName: API_STAGE,
      accessLogDestination: new LogGroupLogDestination(accessLog),
      accessLogFormat: ACCESS_LOG,
      loggingLevel: MethodLoggingLevel.ERROR,
      metricsEnabled: true,
      throttlingRateLimit: methodThrottle.rateLimit,
      throttlingBurstLimit: methodThrottle.burstLimit,
    },
  });
  // The library's own output: an address that only CloudFront may use.
  api.node.tryRemoveChild('Endpoint');
  addProblemResponses(api);
  acknowledge(scope);
  return api;
}

function acknowledge(scope: Construct) {
  const accepted = {
    'AwsSolutions-APIG2':
      'The functions check what they are sent and answer a problem document that names the mistake; buys have no body.',
    'AwsSolutions-APIG3':
      'A web ACL belongs in front of CloudFront, the only caller that has a key.',
    'AwsSolutions-APIG4':
      'Shoppers carry a signed session that gate and functions verify, operators an ID token, webhooks a signature, ' +
      'callers a key: an authorizer would be a further invocation for each buy.',
    'AwsSolutions-COG4':
      'People bring the token of any OpenID Connect provider, not of a Cognito user pool.',
    'Serverless-APIGWXrayEnabled':
      'As for the functions: the transaction id joins the steps of an order.',
    'AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs]':
      'The policy that AWS requires for the log role of API Gateway, which belongs to the account.',
  };
  for (const [id, reason] of Object.entries(accepted)) {
    Validations.of(scope).acknowledge({ id, reason });
  }
}
