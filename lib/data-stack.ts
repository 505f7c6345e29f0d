/** @module What outlives every deployment: tables, secrets, the gate's store, the site's files, the events. */

import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import { KeyValueStore } from 'aws-cdk-lib/aws-cloudfront';
import { type IGrantable, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { ImportsBucket } from './constructs/imports-bucket.ts';
import { ReportsBucket } from './constructs/reports-bucket.ts';
import { SaleBus } from './constructs/sale-bus.ts';
import { SaleSecrets } from './constructs/sale-secrets.ts';
import { SaleTables } from './constructs/sale-tables.ts';
import { SiteBucket } from './constructs/site-bucket.ts';
import type { Stage } from './stage.ts';

export interface DataStackProps extends StackProps {
  /** The stage whose data this is. */
  readonly stage: Stage;
}

/** Construct ids below this stack are a contract: changing one replaces what holds the data. */
export class DataStack extends Stack {
  readonly tables: SaleTables;
  readonly secrets: SaleSecrets;
  /** What the gate knows of each sale, at every edge. Written by the command line. */
  readonly store: KeyValueStore;
  readonly site: SiteBucket;
  readonly imports: ImportsBucket;
  readonly reports: ReportsBucket;
  readonly events: SaleBus;

  constructor(scope: Construct, id: string, { stage, ...props }: DataStackProps) {
    super(scope, id, { ...props, terminationProtection: stage.lifetime === 'retained' });
    this.tables = new SaleTables(this, 'Tables', { lifetime: stage.lifetime });
    this.secrets = new SaleSecrets(this, 'Secrets', { lifetime: stage.lifetime });
    this.store = new KeyValueStore(this, 'Store');
    this.site = new SiteBucket(this, 'Site');
    this.imports = new ImportsBucket(this, 'Imports');
    this.reports = new ReportsBucket(this, 'Reports', { retention: stage.reportRetention });
    this.events = new SaleBus(this, 'Events', { retention: stage.archiveRetention });
    this.declareOutputs();
  }

  /** Lets a function tell the gate of a sale. */
  grantTellGate(grantee: IGrantable) {
    grantee.grantPrincipal.addToPrincipalPolicy(
      new PolicyStatement({
        actions: ['DescribeKeyValueStore', 'UpdateKeys'].map(
          (call) => `cloudfront-keyvaluestore:${call}`,
        ),
        resources: [this.store.keyValueStoreArn],
      }),
    );
  }

  private declareOutputs() {
    new CfnOutput(this, 'CatalogueTable', { value: this.tables.catalogue.tableName });
    new CfnOutput(this, 'StockTable', { value: this.tables.stock.tableName });
    new CfnOutput(this, 'OrdersTable', { value: this.tables.orders.tableName });
    new CfnOutput(this, 'SigningSecretArn', { value: this.secrets.signing.secretArn });
    new CfnOutput(this, 'PaymentSecretArn', { value: this.secrets.payment.secretArn });
    new CfnOutput(this, 'KeyValueStoreArn', { value: this.store.keyValueStoreArn });
    new CfnOutput(this, 'SiteBucket', { value: this.site.bucket.bucketName });
    new CfnOutput(this, 'ImportsBucket', { value: this.imports.bucket.bucketName });
    new CfnOutput(this, 'ReportsBucket', { value: this.reports.bucket.bucketName });
    new CfnOutput(this, 'BusName', { value: this.events.bus.eventBusName });
  }
}
