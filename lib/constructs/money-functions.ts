import { CfnOutput, Duration, Stack } from 'aws-cdk-lib';
import { CfnSchedule } from 'aws-cdk-lib/aws-scheduler';
import { Construct } from 'constructs';
import type { DataStack } from '../data-stack.ts';
import type { Stage } from '../stage.ts';
import type { PlaceParameters } from './place-parameters.ts';
import { SaleFunction } from './sale-function.ts';
import type { SaleSchedules } from './sale-schedules.ts';
import type { WorkQueue } from './work-queue.ts';

export interface MoneyFunctionsProps {
  readonly stage: Stage;
  readonly data: DataStack;
  /** Where a refund, and a payment that was told again, are reported. */
  readonly orders: WorkQueue;
  readonly schedules: SaleSchedules;
  readonly place: PlaceParameters;
}

/** The longest that Lambda runs: a million orders are a thousand pages of records and two thousand of statement. */
const TIMEOUT = Duration.minutes(15);

/** A payment of the statement takes about 300 bytes while its order is looked for: two million fit. And a whole core. */
const MEMORY_MB = 1769;

/** Every night, after the books of the day are closed in most of the world, and not on the hour when everybody calls. */
const NIGHTLY = 'cron(17 3 * * ? *)';

/** The function that compares orders with the payment provider's statement, each night and whenever it is asked to. */
export class MoneyFunctions extends Construct {
  readonly reconcile: SaleFunction;

  constructor(scope: Construct, id: string, props: MoneyFunctionsProps) {
    super(scope, id);
    const { schedules, place } = props;
    this.reconcile = this.addReconcile(props);
    const arn = this.reconcile.alias.functionArn;
    new CfnSchedule(this, 'Nightly', {
      groupName: schedules.group.scheduleGroupName,
      scheduleExpression: NIGHTLY,
      flexibleTimeWindow: { mode: 'OFF' },
      target: {
        arn,
        roleArn: schedules.role.roleArn,
        // Without a sale's id: all that are not long over. The name is for whoever finds it among the dead letters.
        input: '{"task":"reconcile"}',
        deadLetterConfig: { arn: schedules.deadLetters.queueArn },
      },
    });
    const stack = Stack.of(this);
    new CfnOutput(stack, 'ReconcileFunctionArn', { value: arn });
    // An output may have the name of a parameter, a construct may not.
    new CfnOutput(stack, 'PaymentProviderUrlOutput', {
      value: place.paymentProviderUrl,
    }).overrideLogicalId('PaymentProviderUrl');
  }

  private addReconcile({ stage, data, orders, schedules, place }: MoneyFunctionsProps) {
    const { tables, secrets, events, reports } = data;
    const reconcile = new SaleFunction(this, 'Reconcile', {
      folder: 'reconcile',
      description: "Compares orders with the payment provider's statement",
      environment: {
        CATALOGUE_TABLE: tables.catalogue.tableName,
        STOCK_TABLE: tables.stock.tableName,
        ORDERS_TABLE: tables.orders.tableName,
        ORDERS_QUEUE_URL: orders.queue.queueUrl,
        PAYMENT_SECRET_ARN: secrets.payment.secretArn,
        PAYMENT_PROVIDER_URL: place.paymentProviderUrl,
        BUS_NAME: events.bus.eventBusName,
        REPORTS_BUCKET: reports.bucket.bucketName,
      },
      logRetention: stage.logRetention,
      timeout: TIMEOUT,
      memoryMb: MEMORY_MB,
      deadLetters: schedules.deadLetters,
    });
    tables.grantReconcile(reconcile);
    secrets.grantPayment(reconcile);
    orders.grantSend(reconcile);
    events.grantPublish(reconcile);
    reports.grantReconcile(reconcile);
    schedules.call(reconcile);
    return reconcile;
  }
}
