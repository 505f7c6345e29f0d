/** @module What the operators' function works with: the deployment as the command line has it, and the money's side. */

import { S3Client } from '@aws-sdk/client-s3';
import { clientSettings } from '../../adapters/aws-clients.ts';
import { type Deployment, deployment } from '../../adapters/deployment.ts';
import type { EnvOf } from '../../adapters/env.ts';
import { paymentProvider } from '../../adapters/payment-provider.ts';
import { latestReport } from '../../adapters/reports.ts';
import { valueIn } from '../../adapters/secrets.ts';
import type { operateEnv } from './env.ts';
import type { Desk } from './route.ts';

type Env = EnvOf<typeof operateEnv>;

/** So the page does with the very ports of the command line what the command line does. */
const deployedFrom = (env: Env): Deployment =>
  deployment(
    {
      CatalogueTable: env.CATALOGUE_TABLE,
      StockTable: env.STOCK_TABLE,
      OrdersTable: env.ORDERS_TABLE,
      SigningSecretArn: env.SIGNING_SECRET_ARN,
      PaymentSecretArn: env.PAYMENT_SECRET_ARN,
      KeyValueStoreArn: env.KEY_VALUE_STORE_ARN,
      SiteBucket: env.SITE_BUCKET,
      Guests: env.GUESTS,
      OrdersQueueUrl: env.ORDERS_QUEUE_URL,
      ScheduleGroup: env.SCHEDULE_GROUP,
      SchedulerRoleArn: env.SCHEDULER_ROLE_ARN,
      SchedulerDlqArn: env.SCHEDULER_DLQ_ARN,
      OpenFunctionArn: env.OPEN_FUNCTION_ARN,
      SweepFunctionArn: env.SWEEP_FUNCTION_ARN,
      CloseFunctionArn: env.CLOSE_FUNCTION_ARN,
      WarmFunctionArn: env.WARM_FUNCTION_ARN,
      ReconcileFunctionArn: env.RECONCILE_FUNCTION_ARN,
      OidcIssuer: env.OIDC_ISSUER,
      OidcAudience: env.OIDC_AUDIENCE,
      Waf: env.WAF,
      BuyRate: env.BUY_RATE,
      // Known to the Edge stack alone, which comes after this function; nothing here asks for it.
      SiteUrl: '',
    },
    { client: clientSettings() },
  );

export function deskFrom(env: Env): Desk {
  const deployed = deployedFrom(env);
  const s3 = new S3Client(clientSettings());
  const key = async () => valueIn(await deployed.paymentKeys(), 'key');
  return {
    deployed,
    payments: paymentProvider(env.PAYMENT_PROVIDER_URL, key),
    latestReport: (saleId) => latestReport(s3, env.REPORTS_BUCKET, saleId),
  };
}
