import { RemovalPolicy } from 'aws-cdk-lib';
import { AttributeType, Billing, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { type IGrantable, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';

export interface SaleTablesProps {
  /** `retained`: the tables outlive their stack, and refuse to be deleted. */
  readonly lifetime: 'stack' | 'retained';
}

const READ = ['BatchGetItem'] as const;

/**
 * The three tables. Each grant gives one function the calls that it makes, on the tables that it makes them on:
 * the table in `docs/architecture.md` is the specification.
 */
export class SaleTables extends Construct {
  /** Sales, items and products. */
  readonly catalogue: TableV2;
  /** Shards, claims, live status and hints. */
  readonly stock: TableV2;
  /** Order records and irregular payments. */
  readonly orders: TableV2;

  constructor(scope: Construct, id: string, { lifetime }: SaleTablesProps) {
    super(scope, id);
    const pk = { name: 'pk', type: AttributeType.STRING };
    const shared = {
      partitionKey: pk,
      // Idle costs nothing, and a new table takes 4,000 writes/s at once.
      billing: Billing.onDemand(),
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      deletionProtection: lifetime === 'retained',
      removalPolicy: lifetime === 'retained' ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    };
    this.catalogue = new TableV2(this, 'Catalogue', shared);
    // Never a timeout: DynamoDB erases within days of `eraseAt`. It serves the retention of personal data alone.
    this.stock = new TableV2(this, 'Stock', { ...shared, timeToLiveAttribute: 'eraseAt' });
    // The same for copies of events, which are for the eye alone.
    this.orders = new TableV2(this, 'Orders', {
      ...shared,
      timeToLiveAttribute: 'expiresAt',
      sortKey: { name: 'sk', type: AttributeType.STRING },
    });
  }

  grantStatus(status: IGrantable) {
    allow(status, this.catalogue, READ);
    allow(status, this.stock, READ);
  }

  grantBuy(buy: IGrantable) {
    allow(buy, this.catalogue, READ);
    allow(buy, this.stock, [...READ, 'PutItem', 'UpdateItem']);
  }

  grantOrder(order: IGrantable) {
    allow(order, this.catalogue, READ);
    allow(order, this.stock, [...READ, 'UpdateItem']);
    allow(order, this.orders, READ);
  }

  grantPayment(payment: IGrantable) {
    allow(payment, this.catalogue, READ);
    // A late payment buys again: it claims, as the buy function does.
    allow(payment, this.stock, [...READ, 'PutItem', 'UpdateItem']);
    // PutItem: a refund that waits for approval is listed.
    allow(payment, this.orders, ['PutItem', 'UpdateItem']);
  }

  grantRecord(record: IGrantable) {
    allow(record, this.stock, READ);
    allow(record, this.orders, [...READ, 'PutItem']);
  }

  grantOpen(open: IGrantable) {
    allow(open, this.catalogue, READ);
  }

  grantSweep(sweep: IGrantable) {
    allow(sweep, this.catalogue, READ);
    allow(sweep, this.stock, [...READ, 'PutItem', 'UpdateItem']);
    allow(sweep, this.orders, [...READ, 'Query']);
  }

  grantClose(close: IGrantable) {
    allow(close, this.catalogue, [...READ, 'UpdateItem']);
    allow(close, this.stock, ['UpdateItem']);
  }

  grantReconcile(reconcile: IGrantable) {
    // Scan: each night it is about all sales. UpdateItem: products get back what was not sold.
    allow(reconcile, this.catalogue, [...READ, 'Scan', 'UpdateItem']);
    // A payment that was not heard is told again: it may pay, or buy.
    allow(reconcile, this.stock, [...READ, 'PutItem', 'UpdateItem']);
    allow(reconcile, this.orders, [...READ, 'Query', 'PutItem', 'UpdateItem']);
  }

  grantWarm(warm: IGrantable) {
    // What all sales want together.
    allow(warm, this.catalogue, ['Scan']);
  }

  /** What the commands do that the page can do too. */
  grantOperate(operate: IGrantable) {
    allow(operate, this.catalogue, [...READ, 'Scan', 'PutItem', 'UpdateItem']);
    // Scan and Query: an audit reads all claims and records of a sale.
    allow(operate, this.stock, [...READ, 'Scan', 'PutItem', 'UpdateItem']);
    allow(operate, this.orders, [...READ, 'Query', 'PutItem', 'UpdateItem']);
  }

  grantImport(products: IGrantable) {
    allow(products, this.catalogue, [...READ, 'PutItem', 'UpdateItem']);
    // The log of operators.
    allow(products, this.orders, ['PutItem']);
  }

  grantNote(note: IGrantable) {
    allow(note, this.orders, ['PutItem']);
  }
}

function allow(grantee: IGrantable, table: TableV2, calls: readonly string[]) {
  grantee.grantPrincipal.addToPrincipalPolicy(
    new PolicyStatement({
      actions: calls.map((call) => `dynamodb:${call}`),
      resources: [table.tableArn],
    }),
  );
}
