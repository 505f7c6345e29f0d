import { ApiKey, UsagePlan } from 'aws-cdk-lib/aws-apigateway';
import type { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import type { Throttle } from '../../capacity/sizes.ts';
import type { OperatorApi } from './operator-api.ts';
import type { SaleApi } from './sale-api.ts';
import type { SaleSecrets } from './sale-secrets.ts';

export interface UsagePlansProps {
  readonly api: SaleApi;
  readonly operatorApi: OperatorApi;
  /** Holds the key of each plan. */
  readonly secrets: SaleSecrets;
  /** What each kind of traffic may use, and sessions within `browse`; AWS holds to it as well as it can, and no better. */
  readonly throttles: Readonly<Record<'buy' | 'browse' | 'session' | 'operate', Throttle>>;
}

/**
 * A plan and a key for each kind of traffic, so that a crowd at the door starves neither status pages nor operators.
 * CloudFront chooses the key by the path: API Gateway cannot bind a key to a method. It binds keys to APIs: that of the
 * operators opens theirs alone, and no other opens it.
 */
export class UsagePlans extends Construct {
  constructor(scope: Construct, id: string, props: UsagePlansProps) {
    super(scope, id);
    const { api, operatorApi, secrets, throttles } = props;
    const { deploymentStage: stage } = api.api;
    const plan = (name: string, throttle: Throttle, secret: Secret) => {
      const created = new UsagePlan(this, name, { throttle });
      created.addApiKey(
        new ApiKey(this, `${name}Key`, {
          // A dynamic reference: CloudFormation puts the value in, and no template ever holds it.
          value: secret.secretValue.unsafeUnwrap(),
        }),
      );
      return created;
    };
    plan('Buy', throttles.buy, secrets.buyKey).addApiStage({
      stage,
      throttle: [{ method: api.buy, throttle: throttles.buy }],
    });
    plan('Browse', throttles.browse, secrets.browseKey).addApiStage({
      stage,
      throttle: [{ method: api.session, throttle: throttles.session }],
    });
    plan('Operate', throttles.operate, secrets.operateKey).addApiStage({
      stage: operatorApi.api.deploymentStage,
    });
  }
}
