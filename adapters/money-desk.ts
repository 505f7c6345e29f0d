/** @module What operators need of a deployment to look after its money. */

import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import type { Reconciliation } from '../domain/reconciliation.ts';
import type { Deployment } from './deployment.ts';
import { paymentProvider } from './payment-provider.ts';
import { dynamoRefunds } from './refund-list.ts';
import { valueIn } from './secrets.ts';

export type Reached = Pick<Deployment, 'outputs' | 'settings' | 'db' | 'tables' | 'paymentKeys'>;

/** Each ability fails alone where the deployment is too old for it. */
export function moneyDesk({ outputs, settings, db, tables, paymentKeys }: Reached) {
  const needed = (name: 'ReportsBucket' | 'PaymentProviderUrl' | 'ReconcileFunctionArn') => {
    const value = outputs[name];
    if (value !== undefined) return value;
    throw new Error(`Cannot look after money: the outputs lack "${name}"; deploy again`);
  };
  return {
    refunds: dynamoRefunds(db, tables.orders),
    payments: () =>
      paymentProvider(needed('PaymentProviderUrl'), async () =>
        valueIn(await paymentKeys(), 'key'),
      ),
    /** Reconciles a sale now. @returns where its report is, in the reports bucket */
    reconcile: (saleId: string) =>
      reconciled(new LambdaClient(settings), needed('ReconcileFunctionArn'), saleId),
    /** Where files of reports are, as S3 addresses it. */
    address: (place: string) => `s3://${needed('ReportsBucket')}/${place}`,
    /** The text of a file that {@link reconcile} names. */
    async text(place: string): Promise<string> {
      const s3 = new S3Client({ ...settings, forcePathStyle: 'endpoint' in settings });
      const file = { Bucket: needed('ReportsBucket'), Key: place };
      const { Body } = await s3.send(new GetObjectCommand(file));
      return (await Body?.transformToString()) ?? '';
    },
  };
}

/** The readable form of a report. */
export const pageOf = (place: string): string => place.replace(/\.json$/, '.html');

/** A report as it is kept. */
export const reportIn = (text: string): Reconciliation => JSON.parse(text) as Reconciliation;

/** @throws {Error} with what the function says */
async function reconciled(client: LambdaClient, arn: string, saleId: string): Promise<string> {
  const { FunctionError, Payload } = await client.send(
    new InvokeCommand({ FunctionName: arn, Payload: JSON.stringify({ saleId }) }),
  );
  const answer = JSON.parse(Buffer.from(Payload ?? []).toString('utf8')) as unknown;
  if (FunctionError !== undefined) {
    throw new Error((answer as { readonly errorMessage?: string }).errorMessage ?? FunctionError);
  }
  const [summary] = answer as readonly { readonly report: string }[];
  return summary?.report ?? '';
}
