/** @module CloudFront's keys for the API, and everything else that must never be told. */

import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { Running } from '../../local/running.ts';
import type { Onward } from './desk.ts';
import type { FuzzScene } from './scene.ts';

type ApiKeys = Readonly<Record<'Buy' | 'Browse' | 'Operate', string>>;

/** Reads the keys of the three usage plans. */
export async function apiKeysOf({ local: { stack } }: FuzzScene): Promise<ApiKeys> {
  const client = new SecretsManagerClient({ ...stack.clientOverrides, region: 'us-east-1' });
  const read = async (name: string) => {
    const [, SecretId] =
      Object.entries(stack.outputs).find(([output]) => output.includes(`RefSecrets${name}Key`)) ??
      [];
    if (SecretId === undefined) throw new Error(`Cannot find the key "${name}": no output has it`);
    const { SecretString = '' } = await client.send(new GetSecretValueCommand({ SecretId }));
    return SecretString;
  };
  return { Buy: await read('Buy'), Browse: await read('Browse'), Operate: await read('Operate') };
}

/** Straight at the API, with the key that CloudFront has for the path. */
export function toApi({ local: { stack } }: FuzzScene, keys: ApiKeys): Onward {
  const [api] = (stack as Running).apis.values();
  if (api === undefined) throw new Error('Cannot go around the gate: the stack has no API');
  return (request) => {
    const key = request.path.endsWith('/orders') ? keys.Buy : keys.Browse;
    return api.handle({ ...request, headers: { ...request.headers, 'x-api-key': key } });
  };
}

/** What no answer and no log line may have in it, by name. The door keys of open sales are told to everybody. */
export async function secretsOf(
  { local: { deployment }, sales }: FuzzScene,
  keys: ApiKeys,
): Promise<Readonly<Record<string, string>>> {
  const signing = await deployment.signingKeys();
  const payment = await deployment.paymentKeys();
  const named = (kind: string, values: Readonly<Record<string, string>>) =>
    Object.entries(values).map(([name, value]) => [`${kind} ${name}`, value] as const);
  const all = [
    ...named('signing key', signing),
    ...named('payment key', payment),
    ...named('API key', keys),
    ...sales.flatMap(({ id, slotSeed, salt, doorKey, opensAt }) => [
      [`slot seed of ${id}`, slotSeed] as const,
      [`salt of ${id}`, salt] as const,
      ...(opensAt > deployment.clock() ? [[`door key of ${id}`, doorKey] as const] : []),
    ]),
  ];
  // The name of the active key is among the values, and is no secret.
  return Object.fromEntries(all.filter(([, value]) => value.length >= 16));
}
