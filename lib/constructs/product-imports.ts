import { Duration } from 'aws-cdk-lib';
import { Match, Rule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { DataStack } from '../data-stack.ts';
import type { Stage } from '../stage.ts';
import { INCOMING } from './imports-bucket.ts';
import { SaleFunction } from './sale-function.ts';
import type { SaleSchedules } from './sale-schedules.ts';

export interface ProductImportsProps {
  readonly stage: Stage;
  readonly data: DataStack;
  readonly schedules: SaleSchedules;
}

/** 50,000 rows, the most of a file, take half a minute; as long again for a table that throttles, many times over. */
const TIMEOUT = Duration.minutes(5);

/** Products that providers drop into a bucket enter the catalogue. */
export class ProductImports extends Construct {
  readonly import: SaleFunction;

  constructor(scope: Construct, id: string, { stage, data, schedules }: ProductImportsProps) {
    super(scope, id);
    const { imports, tables } = data;
    // What cannot be delivered, and what fails three times, waits where an alarm looks at it.
    const deadLetters: IQueue = schedules.deadLetters;
    this.import = new SaleFunction(this, 'Import', {
      folder: 'import',
      description: 'Takes products from files that are dropped into the imports bucket',
      environment: {
        CATALOGUE_TABLE: tables.catalogue.tableName,
        ORDERS_TABLE: tables.orders.tableName,
        IMPORTS_BUCKET: imports.bucket.bucketName,
      },
      logRetention: stage.logRetention,
      timeout: TIMEOUT,
      deadLetters,
    });
    tables.grantImport(this.import);
    imports.grantImport(this.import);
    new Rule(this, 'Dropped', {
      description: 'An object was dropped into the imports bucket',
      eventPattern: {
        source: ['aws.s3'],
        detailType: ['Object Created'],
        detail: {
          bucket: { name: [imports.bucket.bucketName] },
          object: { key: Match.prefix(INCOMING) },
        },
      },
      targets: [new LambdaFunction(this.import.alias, { deadLetterQueue: deadLetters })],
    });
  }
}
