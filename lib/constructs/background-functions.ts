import type { Duration } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import type { DataStack } from '../data-stack.ts';
import type { Stage } from '../stage.ts';
import { SaleFunction } from './sale-function.ts';
import type { SaleSchedules } from './sale-schedules.ts';
import type { WorkQueue } from './work-queue.ts';

export interface BackgroundFunctionsProps {
  readonly stage: Stage;
  readonly data: DataStack;
  /** Changes of claims: what the record function works on. */
  readonly orders: WorkQueue;
  /** Ranges of shards: what the sweep function works on, and splits a large sale into. */
  readonly sweeps: WorkQueue;
  readonly schedules: SaleSchedules;
  /** How long each of them may run. */
  readonly timeouts: Readonly<Record<'record' | 'open' | 'sweep' | 'close', Duration>>;
}

/** The functions that queues and schedules call: they record, open, sweep and close. */
export class BackgroundFunctions extends Construct {
  readonly record: SaleFunction;
  readonly open: SaleFunction;
  readonly sweep: SaleFunction;
  readonly close: SaleFunction;

  constructor(scope: Construct, id: string, props: BackgroundFunctionsProps) {
    super(scope, id);
    this.record = this.addRecord(props);
    this.open = this.addOpen(props);
    this.sweep = this.addSweep(props);
    this.close = this.addClose(props);
  }

  private addRecord({ stage, data, orders, timeouts }: BackgroundFunctionsProps) {
    const record = new SaleFunction(this, 'Record', {
      folder: 'record',
      description: 'Writes order records and publishes domain events',
      environment: {
        STOCK_TABLE: data.tables.stock.tableName,
        ORDERS_TABLE: data.tables.orders.tableName,
        BUS_NAME: data.events.bus.eventBusName,
      },
      logRetention: stage.logRetention,
      timeout: timeouts.record,
      concurrency: stage.recordConcurrency,
    });
    data.tables.grantRecord(record);
    data.events.grantPublish(record);
    orders.feed(record);
    return record;
  }

  private addOpen({ stage, data, orders, schedules, timeouts }: BackgroundFunctionsProps) {
    const open = new SaleFunction(this, 'Open', {
      folder: 'open',
      description: 'Waits for the opening second and publishes the open page',
      environment: {
        CATALOGUE_TABLE: data.tables.catalogue.tableName,
        ORDERS_QUEUE_URL: orders.queue.queueUrl,
        SITE_BUCKET: data.site.bucket.bucketName,
      },
      logRetention: stage.logRetention,
      timeout: timeouts.open,
      deadLetters: schedules.deadLetters,
    });
    data.tables.grantOpen(open);
    data.site.grantPublish(open);
    orders.grantSend(open);
    schedules.call(open);
    return open;
  }

  private addSweep({ stage, data, orders, sweeps, schedules, timeouts }: BackgroundFunctionsProps) {
    const sweep = new SaleFunction(this, 'Sweep', {
      folder: 'sweep',
      description: 'Expires, heals and counts; once a minute for each sale',
      environment: {
        CATALOGUE_TABLE: data.tables.catalogue.tableName,
        STOCK_TABLE: data.tables.stock.tableName,
        ORDERS_TABLE: data.tables.orders.tableName,
        ORDERS_QUEUE_URL: orders.queue.queueUrl,
        SWEEPS_QUEUE_URL: sweeps.queue.queueUrl,
        SCHEDULE_GROUP: schedules.group.scheduleGroupName,
      },
      logRetention: stage.logRetention,
      timeout: timeouts.sweep,
      deadLetters: schedules.deadLetters,
    });
    data.tables.grantSweep(sweep);
    orders.grantSend(sweep);
    sweeps.grantSend(sweep);
    sweeps.feed(sweep);
    schedules.call(sweep);
    schedules.grantDelete(sweep);
    return sweep;
  }

  private addClose({ stage, data, orders, schedules, timeouts }: BackgroundFunctionsProps) {
    const close = new SaleFunction(this, 'Close', {
      folder: 'close',
      description: 'Closes a sale and publishes the closed page',
      environment: {
        CATALOGUE_TABLE: data.tables.catalogue.tableName,
        STOCK_TABLE: data.tables.stock.tableName,
        ORDERS_QUEUE_URL: orders.queue.queueUrl,
        SITE_BUCKET: data.site.bucket.bucketName,
      },
      logRetention: stage.logRetention,
      timeout: timeouts.close,
      deadLetters: schedules.deadLetters,
    });
    data.tables.grantClose(close);
    data.site.grantPublish(close);
    orders.grantSend(close);
    schedules.call(close);
    return close;
  }
}
