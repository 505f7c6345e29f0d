import { RemovalPolicy, Validations } from 'aws-cdk-lib';
import {
  AccessLogField,
  AccessLogFormat,
  EndpointType,
  LambdaIntegration,
  LogGroupLogDestination,
  type Method,
  MethodLoggingLevel,
  RestApi,
} from 'aws-cdk-lib/aws-apigateway';
import { LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { Throttle } from '../config.ts';
import { addProblemResponses } from './problem-responses.ts';
import type { RequestFunctions } from './request-functions.ts';
import type { SaleFunction } from './sale-function.ts';

export interface SaleApiProps {
  /** Who answers. */
  readonly functions: RequestFunctions;
  /** How long access logs are kept. */
  readonly logRetention: RetentionDays;
  /** What one method may use, whoever calls it. */
  readonly methodThrottle: Throttle;
}

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
 * The REST API: an HTTP API has neither keys nor usage plans. Regional, because an edge-optimised one is a second
 * CloudFront behind ours. Every method wants a key, and only CloudFront has them.
 */
export class SaleApi extends Construct {
  readonly api: RestApi;
  /** The methods that a crowd comes for; their usage plans give each a throttle of its own. */
  readonly buy: Method;
  readonly session: Method;

  constructor(
    scope: Construct,
    id: string,
    { functions, logRetention, methodThrottle }: SaleApiProps,
  ) {
    super(scope, id);
    const accessLog = new LogGroup(this, 'AccessLog', {
      retention: logRetention,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    this.api = new RestApi(this, 'Api', {
      restApiName: `${scope.node.id}-api`,
      endpointTypes: [EndpointType.REGIONAL],
      // Without the account's role for logs, API Gateway refuses a stage that logs. It belongs to the account.
      cloudWatchRole: true,
      cloudWatchRoleRemovalPolicy: RemovalPolicy.RETAIN,
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
    this.api.node.tryRemoveChild('Endpoint');
    const { buy, session } = this.addRoutes(functions);
    this.buy = buy;
    this.session = session;
    addProblemResponses(this.api);
    this.acknowledge();
  }

  /** Adds every route of `docs/openapi.yaml` that reaches a function, and returns those with a throttle of their own. */
  private addRoutes({ session, status, buy, order, payment }: RequestFunctions) {
    const at = (path: string) => this.api.root.resourceForPath(path);
    const sessions = at('/api/session').addMethod('POST', to(session));
    at('/api/sales/{sale}').addMethod('GET', to(status));
    const orders = at('/api/sales/{sale}/{doorKey}/orders').addMethod('POST', to(buy));
    at('/api/orders/{orderId}').addMethod('GET', to(order));
    at('/api/orders/{orderId}').addMethod('DELETE', to(order));
    at('/api/orders/{orderId}/checkout').addMethod('POST', to(order));
    at('/api/payments/events').addMethod('POST', to(payment));
    return { buy: orders, session: sessions };
  }

  private acknowledge() {
    const accepted = {
      'AwsSolutions-APIG2':
        'The functions check what they are sent and answer a problem document that names the mistake; buys have no body.',
      'AwsSolutions-APIG3':
        'A web ACL belongs in front of CloudFront, the only caller that has a key.',
      'AwsSolutions-APIG4':
        'Shoppers carry a signed session that gate and functions verify, webhooks a signature, callers a key: an ' +
        'authorizer would be a further invocation for each buy.',
      'AwsSolutions-COG4':
        'Shoppers bring the token of any OpenID Connect provider, not of a Cognito user pool.',
      'Serverless-APIGWXrayEnabled':
        'As for the functions: the transaction id joins the steps of an order.',
      'AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs]':
        'The policy that AWS requires for the log role of API Gateway, which belongs to the account.',
    };
    for (const [id, reason] of Object.entries(accepted)) {
      Validations.of(this).acknowledge({ id, reason });
    }
  }
}

const to = (fn: SaleFunction) => new LambdaIntegration(fn.alias, { allowTestInvoke: false });
