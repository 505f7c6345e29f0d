import { CfnParameter, type Duration, Stack } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import type { DataStack } from '../data-stack.ts';
import type { Stage } from '../stage.ts';
import { SaleFunction } from './sale-function.ts';
import type { SaleSchedules } from './sale-schedules.ts';

export interface WarmingProps {
  readonly stage: Stage;
  readonly data: DataStack;
  readonly schedules: SaleSchedules;
  /** What is kept ready for the crowd. */
  readonly buy: SaleFunction;
  /** How long one run may take. */
  readonly timeout: Duration;
}

/** The function that keeps environments ready before an opening, and lets them go after its crowd. */
export class Warming extends Construct {
  readonly warm: SaleFunction;
  /** How many environments there may be at most: a template parameter. */
  readonly most: string;

  constructor(scope: Construct, id: string, props: WarmingProps) {
    super(scope, id);
    const { stage, data, schedules, buy, timeout } = props;
    this.most = new CfnParameter(Stack.of(this), 'MostWarm', {
      description:
        'Environments of the buy function that are kept ready for a crowd, at most; 0: none',
      default: String(stage.mostWarm),
      allowedPattern: '[0-9]{1,5}',
    }).valueAsString;
    this.warm = new SaleFunction(this, 'Warm', {
      folder: 'warm',
      description: 'Keeps environments of the buy function ready before an opening',
      environment: {
        CATALOGUE_TABLE: data.tables.catalogue.tableName,
        BUY_FUNCTION_ARN: buy.alias.functionArn,
        MOST_WARM: this.most,
      },
      logRetention: stage.logRetention,
      timeout,
      deadLetters: schedules.deadLetters,
    });
    data.tables.grantWarm(this.warm);
    this.warm.grantPrincipal.addToPrincipalPolicy(
      new PolicyStatement({
        actions: ['Get', 'Put', 'Delete'].map(
          (verb) => `lambda:${verb}ProvisionedConcurrencyConfig`,
        ),
        resources: [buy.alias.functionArn],
      }),
    );
    schedules.call(this.warm);
  }
}
