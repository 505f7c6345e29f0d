/** @module Lambda of an account: its concurrency, and what functions have of it. */

import {
  GetAccountSettingsCommand,
  GetAliasCommand,
  GetFunctionConcurrencyCommand,
  GetFunctionConfigurationCommand,
  GetProvisionedConcurrencyConfigCommand,
  LambdaClient,
  type LambdaClientConfig,
  ProvisionedConcurrencyConfigNotFoundException,
} from '@aws-sdk/client-lambda';
import type { FunctionFacts, LambdaFacts, Provisioned } from '../domain/preflight-facts.ts';
import { ask, withOutput } from './account-ask.ts';

type Functions = { readonly BuyFunctionArn?: string; readonly RecordFunctionArn?: string };

/** An alias: the function's name or ARN, and the alias's own name. */
type Alias = { readonly FunctionName: string; readonly Name: string };

/** Asks all of it. The ARNs of functions are those of their aliases, as the outputs have them. */
export async function lambdaFacts(
  settings: LambdaClientConfig,
  { BuyFunctionArn, RecordFunctionArn }: Functions,
): Promise<LambdaFacts> {
  const client = new LambdaClient(settings);
  const account = ask('lambda:GetAccountSettings', async () => {
    const { AccountLimit } = await client.send(new GetAccountSettingsCommand({}));
    return {
      total: AccountLimit?.ConcurrentExecutions ?? 0,
      unreserved: AccountLimit?.UnreservedConcurrentExecutions ?? 0,
    };
  });
  const [buy, record] = await Promise.all([
    functionFacts(client, BuyFunctionArn, 'BuyFunctionArn'),
    functionFacts(client, RecordFunctionArn, 'RecordFunctionArn'),
  ]);
  return { account: await account, buy, record };
}

async function functionFacts(
  client: LambdaClient,
  arn: string | undefined,
  output: string,
): Promise<FunctionFacts> {
  const of = <T>(action: string, run: (alias: Alias) => Promise<T>) =>
    withOutput(arn, output, (value) => ask(action, () => run(aliasIn(value))));
  const [reserved, version, provisioned] = await Promise.all([
    of('lambda:GetFunctionConcurrency', ({ FunctionName }) => reservedFor(client, FunctionName)),
    of('lambda:GetAlias, lambda:GetFunctionConfiguration', (alias) => versionOf(client, alias)),
    of('lambda:GetProvisionedConcurrencyConfig', (alias) => provisionedFor(client, alias)),
  ]);
  return { reserved, version, provisioned };
}

/** `arn:aws:lambda:<Region>:<account>:function:<name>:<alias>` */
function aliasIn(arn: string): Alias {
  const end = arn.lastIndexOf(':');
  return { FunctionName: arn.slice(0, end), Name: arn.slice(end + 1) };
}

async function reservedFor(client: LambdaClient, FunctionName: string) {
  const { ReservedConcurrentExecutions } = await client.send(
    new GetFunctionConcurrencyCommand({ FunctionName }),
  );
  return ReservedConcurrentExecutions ?? ('unreserved' as const);
}

async function versionOf(client: LambdaClient, { FunctionName, Name }: Alias) {
  const alias = await client.send(new GetAliasCommand({ FunctionName, Name }));
  const { FunctionVersion: number = '', RoutingConfig } = alias;
  const { State = 'unknown' } = await client.send(
    new GetFunctionConfigurationCommand({ FunctionName, Qualifier: number }),
  );
  const [other] = Object.keys(RoutingConfig?.AdditionalVersionWeights ?? {});
  return { number, state: State as string, ...(other !== undefined && { other }) };
}

async function provisionedFor(
  client: LambdaClient,
  { FunctionName, Name }: Alias,
): Promise<Provisioned | 'none'> {
  try {
    const found = await client.send(
      new GetProvisionedConcurrencyConfigCommand({ FunctionName, Qualifier: Name }),
    );
    return {
      requested: found.RequestedProvisionedConcurrentExecutions ?? 0,
      available: found.AvailableProvisionedConcurrentExecutions ?? 0,
      status: found.Status ?? 'unknown',
      ...(found.StatusReason && { reason: found.StatusReason }),
    };
  } catch (error) {
    if (error instanceof ProvisionedConcurrencyConfigNotFoundException) return 'none';
    throw error;
  }
}
