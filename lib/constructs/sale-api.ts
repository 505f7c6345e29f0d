import { LambdaIntegration, type Method, type RestApi } from 'aws-cdk-lib/aws-apigateway';
import type { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { Throttle } from '../../capacity/sizes.ts';
import { keyedApi } from './keyed-api.ts';
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

/** What shoppers' browsers and the payment provider ask, through CloudFront alone. */
export class SaleApi extends Construct {
  readonly api: RestApi;
  /** The methods that a crowd comes for; their usage plans give each a throttle of its own. */
  readonly buy: Method;
  readonly session: Method;

  constructor(scope: Construct, id: string, { functions, ...options }: SaleApiProps) {
    super(scope, id);
    this.api = keyedApi(this, { name: `${scope.node.id}-api`, logRole: true, ...options });
    const { buy, session } = this.addRoutes(functions);
    this.buy = buy;
    this.session = session;
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
}

const to = (fn: SaleFunction) => new LambdaIntegration(fn.alias, { allowTestInvoke: false });
