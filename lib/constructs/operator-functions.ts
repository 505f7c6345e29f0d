import { Duration } from 'aws-cdk-lib';
import { Match, Rule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { DataStack } from '../data-stack.ts';
import type { Stage } from '../stage.ts';
import type { BackgroundFunctions } from './background-functions.ts';
import type { MoneyFunctions } from './money-functions.ts';
import type { OperatorParameters } from './operator-parameters.ts';
import type { PlaceParameters } from './place-parameters.ts';
import { SaleFunction } from './sale-function.ts';
import type { SaleSchedules } from './sale-schedules.ts';
import type { Warming } from './warming.ts';
import type { WorkQueue } from './work-queue.ts';

export interface OperatorFunctionsProps {
  readonly stage: Stage;
  readonly data: DataStack;
  /** Where a restock is told of. */
  readonly orders: WorkQueue;
  readonly schedules: SaleSchedules;
  /** What schedules that it creates call. */
  readonly background: BackgroundFunctions;
  readonly warming: Warming;
  readonly money: MoneyFunctions;
  readonly place: PlaceParameters;
  readonly operators: OperatorParameters;
}

/** The longest that API Gateway waits: publishing a large sale and judging one take their time. */
const TIMEOUT = Duration.seconds(29);

/** What the last events of a sale are: what happened to it and to money, not a million orders. */
const SHOWN = ['sale.', 'payment.', 'reconciliation.'];

/** The functions behind the operators' page: one answers it, the other keeps the events that it shows. */
export class OperatorFunctions extends Construct {
  readonly operate: SaleFunction;
  readonly note: SaleFunction;

  constructor(scope: Construct, id: string, props: OperatorFunctionsProps) {
    super(scope, id);
    this.operate = this.addOperate(props);
    this.note = this.addNote(props);
  }

  private addOperate(props: OperatorFunctionsProps) {
    const { stage, data, orders, schedules, background, warming, money, place, operators } = props;
    const operate = new SaleFunction(this, 'Operate', {
      folder: 'operate',
      description: "Answers the operators' page",
      environment: {
        OPERATOR_ISSUER: operators.operatorIssuer,
        OPERATOR_AUDIENCE: operators.operatorAudience,
        OPERATOR_GROUP_CLAIM: operators.operatorGroupClaim,
        OPERATOR_GROUP: operators.operatorGroup,
        CATALOGUE_TABLE: data.tables.catalogue.tableName,
        STOCK_TABLE: data.tables.stock.tableName,
        ORDERS_TABLE: data.tables.orders.tableName,
        SIGNING_SECRET_ARN: data.secrets.signing.secretArn,
        PAYMENT_SECRET_ARN: data.secrets.payment.secretArn,
        KEY_VALUE_STORE_ARN: data.store.keyValueStoreArn,
        SITE_BUCKET: data.site.bucket.bucketName,
        GUESTS: stage.guests,
        ORDERS_QUEUE_URL: orders.queue.queueUrl,
        SCHEDULE_GROUP: schedules.group.scheduleGroupName,
        SCHEDULER_ROLE_ARN: schedules.role.roleArn,
        SCHEDULER_DLQ_ARN: schedules.deadLetters.queueArn,
        OPEN_FUNCTION_ARN: background.open.alias.functionArn,
        SWEEP_FUNCTION_ARN: background.sweep.alias.functionArn,
        CLOSE_FUNCTION_ARN: background.close.alias.functionArn,
        WARM_FUNCTION_ARN: warming.warm.alias.functionArn,
        RECONCILE_FUNCTION_ARN: money.reconcile.alias.functionArn,
        OIDC_ISSUER: place.issuerOrNone,
        OIDC_AUDIENCE: place.audienceOrNone,
        WAF: stage.waf === 'off' ? 'off' : 'on',
        BUY_RATE: String(stage.buyThrottle.rateLimit),
        PAYMENT_PROVIDER_URL: place.paymentProviderUrl,
        REPORTS_BUCKET: data.reports.bucket.bucketName,
      },
      logRetention: stage.logRetention,
      timeout: TIMEOUT,
    });
    data.tables.grantOperate(operate);
    data.secrets.grantSigning(operate);
    data.secrets.grantPayment(operate);
    data.reports.grantRead(operate);
    schedules.grantCreate(operate);
    data.site.grantPublish(operate);
    data.grantTellGate(operate);
    orders.grantSend(operate);
    return operate;
  }

  private addNote({ stage, data, schedules }: OperatorFunctionsProps) {
    const note = new SaleFunction(this, 'Note', {
      folder: 'note',
      description: 'Keeps the last events of each sale for the operators',
      environment: { ORDERS_TABLE: data.tables.orders.tableName },
      logRetention: stage.logRetention,
      deadLetters: schedules.deadLetters,
    });
    data.tables.grantNote(note);
    const deadLetterQueue: IQueue = schedules.deadLetters;
    new Rule(this, 'Shown', {
      eventBus: data.events.bus,
      eventPattern: {
        source: ['flash-sale'],
        detailType: Match.anyOf(...SHOWN.map((prefix) => Match.prefix(prefix))),
      },
      // What cannot be delivered waits where an alarm looks at it.
      targets: [new LambdaFunction(note.alias, { deadLetterQueue })],
    });
    return note;
  }
}
