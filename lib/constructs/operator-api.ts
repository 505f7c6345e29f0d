import { LambdaIntegration, type RestApi } from 'aws-cdk-lib/aws-apigateway';
import type { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { Throttle } from '../../capacity/sizes.ts';
import { keyedApi } from './keyed-api.ts';
import type { SaleApi } from './sale-api.ts';
import type { SaleFunction } from './sale-function.ts';

export interface OperatorApiProps {
  /** Who answers everything below `/api/operator/`; which paths there are, it knows itself. */
  readonly operate: SaleFunction;
  /** The API of shoppers, which brings the account's role for logs. */
  readonly beside: SaleApi;
  /** How long access logs are kept. */
  readonly logRetention: RetentionDays;
  /** What operators may use together. */
  readonly methodThrottle: Throttle;
}

/**
 * What operators ask: an API of its own, so that neither its routes nor its throttles are shared with a crowd, and a key
 * of the shoppers' plans opens nothing here.
 */
export class OperatorApi extends Construct {
  readonly api: RestApi;

  constructor(scope: Construct, id: string, { operate, beside, ...options }: OperatorApiProps) {
    super(scope, id);
    this.api = keyedApi(this, {
      name: `${scope.node.id}-operator-api`,
      logRole: false,
      ...options,
    });
    this.api.deploymentStage.node.addDependency(beside.api.node.findChild('Account'));
    const integration = new LambdaIntegration(operate.alias, { allowTestInvoke: false });
    this.api.root.resourceForPath('/api/operator/{path+}').addMethod('ANY', integration);
  }
}
