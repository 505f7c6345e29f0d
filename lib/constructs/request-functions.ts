import { Construct } from 'constructs';
import type { DataStack } from '../data-stack.ts';
import type { Stage } from '../stage.ts';
import type { PlaceParameters } from './place-parameters.ts';
import { SaleFunction } from './sale-function.ts';
import type { WorkQueue } from './work-queue.ts';

export interface RequestFunctionsProps {
  readonly stage: Stage;
  readonly data: DataStack;
  /** Where each change of a claim is reported. */
  readonly orders: WorkQueue;
  readonly place: PlaceParameters;
}

/** The functions that answer shoppers and the payment provider, through the API. */
export class RequestFunctions extends Construct {
  readonly session: SaleFunction;
  readonly status: SaleFunction;
  readonly buy: SaleFunction;
  readonly order: SaleFunction;
  readonly payment: SaleFunction;

  constructor(scope: Construct, id: string, props: RequestFunctionsProps) {
    super(scope, id);
    this.session = this.addSession(props);
    this.status = this.addStatus(props);
    this.buy = this.addBuy(props);
    this.order = this.addOrder(props);
    this.payment = this.addPayment(props);
  }

  private addSession({ stage, data, place }: RequestFunctionsProps) {
    const session = new SaleFunction(this, 'Session', {
      folder: 'session',
      description: 'Turns an identity token into a session cookie',
      environment: {
        SIGNING_SECRET_ARN: data.secrets.signing.secretArn,
        OIDC_ISSUER: place.oidcIssuer,
        OIDC_AUDIENCE: place.oidcAudience,
        OIDC_MEMBERSHIP_CLAIM: place.oidcMembershipClaim,
        OIDC_CREATED_CLAIM: place.oidcCreatedClaim,
      },
      logRetention: stage.logRetention,
    });
    data.secrets.grantSigning(session);
    return session;
  }

  private addStatus({ stage, data }: RequestFunctionsProps) {
    const status = new SaleFunction(this, 'Status', {
      folder: 'status',
      description: 'Says how a sale stands; CloudFront caches the answer for a second',
      environment: {
        CATALOGUE_TABLE: data.tables.catalogue.tableName,
        STOCK_TABLE: data.tables.stock.tableName,
      },
      logRetention: stage.logRetention,
    });
    data.tables.grantStatus(status);
    return status;
  }

  private addBuy({ stage, data, orders }: RequestFunctionsProps) {
    const buy = new SaleFunction(this, 'Buy', {
      folder: 'buy',
      description: 'Claims, holds and confirms units for a shopper',
      environment: {
        CATALOGUE_TABLE: data.tables.catalogue.tableName,
        STOCK_TABLE: data.tables.stock.tableName,
        ORDERS_QUEUE_URL: orders.queue.queueUrl,
        SIGNING_SECRET_ARN: data.secrets.signing.secretArn,
      },
      logRetention: stage.logRetention,
      concurrency: stage.buyConcurrency,
    });
    data.tables.grantBuy(buy);
    data.secrets.grantSigning(buy);
    orders.grantSend(buy);
    return buy;
  }

  private addOrder({ stage, data, orders, place }: RequestFunctionsProps) {
    const order = new SaleFunction(this, 'Order', {
      folder: 'order',
      description: 'Shows, cancels and checks out an order',
      environment: {
        CATALOGUE_TABLE: data.tables.catalogue.tableName,
        STOCK_TABLE: data.tables.stock.tableName,
        ORDERS_TABLE: data.tables.orders.tableName,
        ORDERS_QUEUE_URL: orders.queue.queueUrl,
        SIGNING_SECRET_ARN: data.secrets.signing.secretArn,
        PAYMENT_SECRET_ARN: data.secrets.payment.secretArn,
        PAYMENT_PROVIDER_URL: place.paymentProviderUrl,
      },
      logRetention: stage.logRetention,
    });
    data.tables.grantOrder(order);
    data.secrets.grantSigning(order);
    data.secrets.grantPayment(order);
    orders.grantSend(order);
    return order;
  }

  private addPayment({ stage, data, orders, place }: RequestFunctionsProps) {
    const payment = new SaleFunction(this, 'Payment', {
      folder: 'payment',
      description: 'Takes the payment provider at its signed word',
      environment: {
        CATALOGUE_TABLE: data.tables.catalogue.tableName,
        STOCK_TABLE: data.tables.stock.tableName,
        ORDERS_TABLE: data.tables.orders.tableName,
        ORDERS_QUEUE_URL: orders.queue.queueUrl,
        PAYMENT_SECRET_ARN: data.secrets.payment.secretArn,
        PAYMENT_PROVIDER_URL: place.paymentProviderUrl,
      },
      logRetention: stage.logRetention,
    });
    data.tables.grantPayment(payment);
    data.secrets.grantPayment(payment);
    orders.grantSend(payment);
    return payment;
  }
}
