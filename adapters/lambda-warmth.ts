/** @module Environments of a Lambda function that are kept ready: provisioned concurrency of its alias. */

import {
  DeleteProvisionedConcurrencyConfigCommand,
  GetProvisionedConcurrencyConfigCommand,
  type LambdaClient,
  ProvisionedConcurrencyConfigNotFoundException,
  ProvisionedConcurrencyStatusEnum,
  PutProvisionedConcurrencyConfigCommand,
} from '@aws-sdk/client-lambda';
import type { Warmth } from '../domain/warmth.ts';

const NONE = { environments: 0, ready: 0, isFailed: false };

/** @param aliasArn the function's ARN with its alias: no other version has any */
export function lambdaWarmth(client: LambdaClient, aliasArn: string): Warmth {
  const end = aliasArn.lastIndexOf(':');
  const alias = { FunctionName: aliasArn.slice(0, end), Qualifier: aliasArn.slice(end + 1) };
  return {
    asked: () =>
      orNone(NONE, async () => {
        const found = await client.send(new GetProvisionedConcurrencyConfigCommand(alias));
        return {
          environments: found.RequestedProvisionedConcurrentExecutions ?? 0,
          ready: found.AvailableProvisionedConcurrentExecutions ?? 0,
          isFailed: found.Status === ProvisionedConcurrencyStatusEnum.FAILED,
        };
      }),
    async ask(environments) {
      const wanted = { ...alias, ProvisionedConcurrentExecutions: environments };
      await client.send(new PutProvisionedConcurrencyConfigCommand(wanted));
    },
    release: () =>
      orNone(undefined, async () => {
        await client.send(new DeleteProvisionedConcurrencyConfigCommand(alias));
      }),
  };
}

async function orNone<T>(none: T, call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    if (error instanceof ProvisionedConcurrencyConfigNotFoundException) return none;
    throw error;
  }
}
