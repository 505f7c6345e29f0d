import { Validations } from 'aws-cdk-lib';
import type { Alarm } from 'aws-cdk-lib/aws-cloudwatch';
import {
  LambdaApplication,
  LambdaDeploymentConfig,
  LambdaDeploymentGroup,
} from 'aws-cdk-lib/aws-codedeploy';
import { ManagedPolicy, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import type { SaleFunction } from './sale-function.ts';

export interface CanariesProps {
  readonly functions: Iterable<SaleFunction>;
  /** Those of each function, by folder. */
  readonly alarms: ReadonlyMap<string, readonly Alarm[]>;
  /** `canary`: a tenth of the calls for five minutes, then all of them. */
  readonly shift: 'at-once' | 'canary';
}

const CONFIGS = {
  'at-once': LambdaDeploymentConfig.ALL_AT_ONCE,
  canary: LambdaDeploymentConfig.CANARY_10PERCENT_5MINUTES,
};

/**
 * Moves each alias `live` to a new version through CodeDeploy, which takes it back where an alarm of the function fires:
 * then CloudFormation rolls the whole stack back.
 *
 * A version that comes has no provisioned concurrency until the shift is over, and none of what `warm` gave to the old
 * one counts for it: `npm run sale -- deploy` refuses near a sale.
 */
export class Canaries extends Construct {
  constructor(scope: Construct, id: string, { functions, alarms, shift }: CanariesProps) {
    super(scope, id);
    const application = new LambdaApplication(this, 'Application');
    const role = new Role(this, 'Role', {
      assumedBy: new ServicePrincipal('codedeploy.amazonaws.com'),
      managedPolicies: [
        ManagedPolicy.fromAwsManagedPolicyName('service-role/AWSCodeDeployRoleForLambdaLimited'),
      ],
    });
    for (const fn of functions) {
      new LambdaDeploymentGroup(this, fn.node.id, {
        ...{ application, role, alias: fn.live },
        deploymentConfig: CONFIGS[shift],
        alarms: [...(alarms.get(fn.folder) ?? [])],
      });
    }
    Validations.of(role).acknowledge({
      id: 'AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AWSCodeDeployRoleForLambdaLimited]',
      reason:
        'What AWS gives CodeDeploy to move aliases of functions and to read alarms; it can invoke nothing but hooks.',
    });
  }
}
