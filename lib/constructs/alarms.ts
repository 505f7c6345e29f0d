import { CfnOutput, Stack } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { Construct } from 'constructs';
import type { AlarmRule } from './alarm-rule.ts';
import { AlarmTopic } from './alarm-topic.ts';
import { functionAlarms } from './function-alarms.ts';
import { moneyAlarms } from './money-alarms.ts';
import { queueAlarms } from './queue-alarms.ts';
import { stockAlarms, sweepAlarms } from './stock-alarms.ts';
import { throttleAlarms } from './throttle-alarms.ts';
import { functionIn, type Watched } from './watched.ts';

const PERIODS = {
  one: { datapointsToAlarm: 1, evaluationPeriods: 1 },
  'two-of-three': { datapointsToAlarm: 2, evaluationPeriods: 3 },
} as const;

/** Every alarm that is not one function's own. */
const saleAlarms = (watched: Watched): readonly AlarmRule[] => [
  ...stockAlarms(functionIn(watched, 'sweep')),
  ...sweepAlarms(watched),
  ...moneyAlarms(watched),
  ...queueAlarms(watched),
  ...throttleAlarms(watched),
];

/**
 * Every alarm of the stack, named `<stack>/<heading of docs/operations.md>`. CloudFront's metrics are in us-east-1, and
 * an alarm sees its own Region alone: the gate is on the dashboard, and `docs/operations.md` says how to alarm on it.
 */
export class Alarms extends Construct {
  /** All of them, the sale's first. */
  readonly all: readonly Alarm[];
  /** Those on which a deployment of a function rolls back. */
  readonly byFolder: ReadonlyMap<string, readonly Alarm[]>;

  constructor(scope: Construct, id: string, watched: Watched) {
    super(scope, id);
    const action = new SnsAction(new AlarmTopic(this, 'Topic').topic);
    const made = (rule: AlarmRule) => {
      const alarm = this.alarm(rule);
      alarm.addAlarmAction(action);
      alarm.addOkAction(action);
      return alarm;
    };
    const ofSale = saleAlarms(watched).map(made);
    this.byFolder = new Map(
      [...watched.functions].map(([folder, fn]) => [folder, functionAlarms(fn).map(made)]),
    );
    this.all = [...ofSale, ...[...this.byFolder.values()].flat()];
    new CfnOutput(Stack.of(this), 'AlarmPrefix', { value: this.prefix });
  }

  private get prefix(): string {
    return `${Stack.of(this).stackName}/`;
  }

  private alarm({ name, means, metric, above, after = 'two-of-three' }: AlarmRule): Alarm {
    return new Alarm(this, name, {
      alarmName: `${this.prefix}${name}`,
      alarmDescription: `${means} What to do: docs/operations.md, "${name}".`,
      ...{ metric, threshold: above, ...PERIODS[after] },
      comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
      treatMissingData: TreatMissingData.NOT_BREACHING,
    });
  }
}
