/** @module The lean client and the SDK's, asked the same of the same AWS. */

import { types } from 'node:util';
import type { DynamoDb } from '../../adapters/aws-clients.ts';
import * as lean from '../../adapters/lean-clients.ts';
import * as sdk from '../../adapters/sdk-clients.ts';
import { type Asked, type Meeting, scriptedAws } from './scripted-aws.ts';

export type ServiceName = keyof typeof lean;

/** What a client ended with: its answer, or what it threw. */
export type Outcome = {
  readonly output?: unknown;
  readonly error?: ErrorSeen;
  readonly asked: readonly Asked[];
  /** How long it waited between attempts, in ms; the rest of the outcome does not say so. */
  readonly waitedMs?: number | undefined;
};

/** All that a caller can see of an error. */
type ErrorSeen = {
  readonly class: unknown;
  readonly name: string;
  readonly message: string;
  readonly members: object;
  readonly status: unknown;
};

/** Region and credentials as Lambda gives them, and no file of the machine. */
export const ENVIRONMENT = {
  AWS_REGION: 'eu-west-1',
  AWS_ACCESS_KEY_ID: 'ASIAIOSFODNN7EXAMPLE',
  AWS_SECRET_ACCESS_KEY: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
  AWS_SESSION_TOKEN: 'IQoJb3JpZ2luX2VjEXAMPLE',
  AWS_CONFIG_FILE: '/nowhere/config',
  AWS_SHARED_CREDENTIALS_FILE: '/nowhere/credentials',
  AWS_EC2_METADATA_DISABLED: 'true',
};

/** What the variables of AWS are while something runs: these, and no others. */
export async function inEnvironment<T>(
  variables: Readonly<Record<string, string>>,
  run: () => Promise<T>,
): Promise<T> {
  const before = { ...process.env };
  for (const name of Object.keys(before))
    if (/^_?(AWS|X_AMZN)_/.test(name)) delete process.env[name];
  Object.assign(process.env, variables);
  try {
    return await run();
  } finally {
    for (const name of Object.keys(variables)) delete process.env[name];
    Object.assign(process.env, before);
  }
}

const CLIENTS = { lean, sdk };
export type Kind = keyof typeof CLIENTS;

/** Any client: a command of another service is a mistake of the test. */
export const clientOf = (kind: Kind, service: ServiceName): Pick<DynamoDb, 'send'> =>
  CLIENTS[kind][service]() as DynamoDb;

/**
 * Jest runs tests in a realm of their own, to which errors of Node's core are no `Error`: the SDK would wrap them as it
 * wraps what is none, and never does on AWS.
 */
Object.defineProperty(Error, Symbol.hasInstance, {
  value(this: unknown, value: unknown): boolean {
    if (this === Error) return types.isNativeError(value);
    return Function.prototype[Symbol.hasInstance].call(this as typeof Error, value);
  },
});

/** Sends a command with one of the clients to an AWS of its own. */
export async function send(
  kind: Kind,
  service: ServiceName,
  command: object,
  meetings: readonly Meeting[],
  variables: Readonly<Record<string, string>> = ENVIRONMENT,
): Promise<Outcome> {
  const aws = await scriptedAws(meetings);
  try {
    return await inEnvironment({ ...variables, AWS_ENDPOINT_URL: aws.url }, async () => {
      const outcome = await outcomeOf(clientOf(kind, service).send(command as never));
      return { ...outcome, asked: aws.asked.map((one) => withoutPort(one, aws.url)) };
    });
  } finally {
    await aws.close();
  }
}

/** Sends it with both, the SDK's client first. */
export async function sendBoth(
  ...[service, command, ...rest]: Parameters<typeof send> extends [unknown, ...infer R] ? R : never
): Promise<Readonly<Record<Kind, Outcome>>> {
  const sdkOutcome = await send('sdk', service, command, ...rest);
  return { sdk: sdkOutcome, lean: await send('lean', service, command, ...rest) };
}

export async function outcomeOf(sent: Promise<unknown>): Promise<Omit<Outcome, 'asked'>> {
  try {
    const output = (await sent) as Metered;
    return { output: withoutDelay(output), waitedMs: output.$metadata?.totalRetryDelay };
  } catch (error) {
    return { error: seenOf(error as Error & Metered) };
  }
}

type Metered = { readonly $metadata?: { readonly totalRetryDelay?: number } };

/** How long a client waited between two attempts is a matter of chance. */
function withoutDelay<T extends Metered>(value: T): object {
  const { totalRetryDelay: _, ...metadata } = (value.$metadata ?? {}) as Record<string, unknown>;
  return { ...value, ...(value.$metadata && { $metadata: metadata }) };
}

function seenOf(error: Error & Metered): ErrorSeen {
  const { $response } = error as { readonly $response?: { readonly statusCode: number } };
  return {
    class: error.constructor,
    name: error.name,
    message: error.message.replaceAll(/:\d{4,5}\b/g, ':<port>'),
    members: { ...withoutDelay(error), port: undefined },
    status: $response?.statusCode,
  };
}

/** Each has an AWS of its own, at a port of its own. */
function withoutPort(asked: Asked, url: string): Asked {
  const { host = '', ...headers } = asked.headers;
  return { ...asked, headers: { ...headers, host: host.replace(new URL(url).port, '<port>') } };
}
