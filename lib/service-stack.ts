/** @module What can be replaced at any time: functions, API, queues, schedules. */

import { CfnOutput, Duration, Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { ORDERS_BATCH } from '../capacity/sizes.ts';
import { BackgroundFunctions } from './constructs/background-functions.ts';
import { API_STAGE } from './constructs/keyed-api.ts';
import { MoneyFunctions } from './constructs/money-functions.ts';
import { Monitoring } from './constructs/monitoring.ts';
import { OperatorApi } from './constructs/operator-api.ts';
import { OperatorFunctions } from './constructs/operator-functions.ts';
import { declareOperators } from './constructs/operator-parameters.ts';
import { declarePlace, type PlaceParameters } from './constructs/place-parameters.ts';
import { ProductImports } from './constructs/product-imports.ts';
import { RequestFunctions } from './constructs/request-functions.ts';
import { SaleApi } from './constructs/sale-api.ts';
import { SaleSchedules } from './constructs/sale-schedules.ts';
import { UsagePlans } from './constructs/usage-plans.ts';
import { Warming } from './constructs/warming.ts';
import { WorkQueue } from './constructs/work-queue.ts';
import type { DataStack } from './data-stack.ts';
import type { Stage } from './stage.ts';

export interface ServiceStackProps extends StackProps {
  readonly stage: Stage;
  /** What the functions read and write. */
  readonly data: DataStack;
}

const TIMEOUTS = {
  /** 10 records of about 6 ms, or of 2 s when each call times out once. */
  record: Duration.seconds(30),
  /** It is called 2 minutes before the opening, up to 1 minute late, and waits for the second. */
  open: Duration.minutes(5),
  /** 200 shards and their claims take about 2 s; the next sweep comes after a minute. */
  sweep: Duration.minutes(1),
  /** A few writes; as long as a request. */
  close: Duration.seconds(10),
  /** The whole catalogue, which may have thousands of products, and two calls. */
  warm: Duration.seconds(30),
};

export class ServiceStack extends Stack {
  readonly orders: WorkQueue;
  readonly sweeps: WorkQueue;
  readonly schedules: SaleSchedules;
  readonly background: BackgroundFunctions;
  readonly warming: Warming;
  readonly api: SaleApi;
  readonly operators: OperatorFunctions;
  readonly operatorApi: OperatorApi;

  constructor(scope: Construct, id: string, { stage, data, ...props }: ServiceStackProps) {
    super(scope, id, props);
    this.orders = new WorkQueue(this, 'Orders', {
      workerTimeout: TIMEOUTS.record,
      maxReceiveCount: stage.maxReceiveCount,
      batchSize: ORDERS_BATCH,
      maxConcurrency: stage.ordersMaxConcurrency,
    });
    this.sweeps = new WorkQueue(this, 'Sweeps', {
      workerTimeout: TIMEOUTS.sweep,
      maxReceiveCount: stage.maxReceiveCount,
      // A range is a whole invocation's work.
      batchSize: 1,
      maxConcurrency: stage.sweepsMaxConcurrency,
    });
    this.schedules = new SaleSchedules(this, 'Schedules');
    const { orders, sweeps, schedules } = this;
    this.background = new BackgroundFunctions(this, 'Background', {
      ...{ stage, data, orders, sweeps, schedules },
      timeouts: TIMEOUTS,
    });
    const place = declarePlace(this, stage);
    const functions = new RequestFunctions(this, 'Requests', { stage, data, orders, place });
    const { buy } = functions;
    const timeout = TIMEOUTS.warm;
    this.warming = new Warming(this, 'Warming', { stage, data, schedules, buy, timeout });
    const { logRetention, methodThrottle } = stage;
    this.api = new SaleApi(this, 'Api', { functions, logRetention, methodThrottle });
    const money = new MoneyFunctions(this, 'Money', { stage, data, orders, schedules, place });
    this.operators = new OperatorFunctions(this, 'Operators', {
      ...{ stage, data, orders, schedules, place },
      ...{ background: this.background, warming: this.warming, money },
      operators: declareOperators(this, stage),
    });
    this.operatorApi = new OperatorApi(this, 'OperatorApi', {
      operate: this.operators.operate,
      ...{ beside: this.api, logRetention, methodThrottle: stage.operateThrottle },
    });
    new UsagePlans(this, 'Plans', {
      ...{ api: this.api, operatorApi: this.operatorApi },
      secrets: data.secrets,
      throttles: {
        buy: stage.buyThrottle,
        browse: stage.browseThrottle,
        session: stage.sessionThrottle,
        operate: stage.operateThrottle,
      },
    });
    new CfnOutput(this, 'BuyFunctionArn', { value: buy.alias.functionArn });
    const imports = new ProductImports(this, 'Imports', { stage, data, schedules });
    new CfnOutput(this, 'ImportFunctionArn', { value: imports.import.alias.functionArn });
    new CfnOutput(this, 'NoteFunctionArn', { value: this.operators.note.alias.functionArn });
    new Monitoring(this, 'Monitoring', {
      ...{ orders, sweeps, schedules, api: this.api },
      tables: data.tables,
      shift: stage.deploymentShift,
    });
    this.declareOutputs(stage, place);
  }

  private declareOutputs(
    { guests, buyThrottle }: Stage,
    { issuerOrNone, audienceOrNone }: PlaceParameters,
  ) {
    const { open, sweep, close, record } = this.background;
    new CfnOutput(this, 'ApiId', { value: this.api.api.restApiId });
    new CfnOutput(this, 'ApiStage', { value: API_STAGE });
    new CfnOutput(this, 'OrdersQueueUrl', { value: this.orders.queue.queueUrl });
    new CfnOutput(this, 'OrdersDlqUrl', { value: this.orders.deadLetters.queueUrl });
    new CfnOutput(this, 'SweepsQueueUrl', { value: this.sweeps.queue.queueUrl });
    new CfnOutput(this, 'SweepsDlqUrl', { value: this.sweeps.deadLetters.queueUrl });
    new CfnOutput(this, 'ScheduleGroup', { value: this.schedules.group.scheduleGroupName });
    new CfnOutput(this, 'SchedulerRoleArn', { value: this.schedules.role.roleArn });
    new CfnOutput(this, 'SchedulerDlqArn', { value: this.schedules.deadLetters.queueArn });
    new CfnOutput(this, 'SchedulerDlqUrl', { value: this.schedules.deadLetters.queueUrl });
    new CfnOutput(this, 'OpenFunctionArn', { value: open.alias.functionArn });
    new CfnOutput(this, 'SweepFunctionArn', { value: sweep.alias.functionArn });
    new CfnOutput(this, 'RecordFunctionArn', { value: record.alias.functionArn });
    new CfnOutput(this, 'WarmFunctionArn', { value: this.warming.warm.alias.functionArn });
    new CfnOutput(this, 'BuyRate', { value: String(buyThrottle.rateLimit) });
    new CfnOutput(this, 'Guests', { value: guests });
    // An output may have the name of a parameter, a construct may not.
    const named = {
      ...{ OidcIssuer: issuerOrNone, OidcAudience: audienceOrNone },
      MostWarm: this.warming.most,
    };
    for (const [name, value] of Object.entries(named)) {
      new CfnOutput(this, `${name}Output`, { value }).overrideLogicalId(name);
    }
    new CfnOutput(this, 'CloseFunctionArn', { value: close.alias.functionArn });
  }
}
