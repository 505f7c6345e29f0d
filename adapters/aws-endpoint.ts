/** @module Where an AWS service answers: in the partition of the Region, or where the SDK's variables say. */

import { partition } from '@aws-sdk/core/client';
import type { Endpoint } from '@smithy/types';
import { region, variableOr } from './env.ts';

/** Variables that lead the SDK to other host names, and the values that do not. */
const UNKNOWN: Readonly<Record<string, readonly string[]>> = {
  AWS_USE_FIPS_ENDPOINT: ['', 'false'],
  AWS_USE_DUALSTACK_ENDPOINT: ['', 'false'],
  AWS_ACCOUNT_ID_ENDPOINT_MODE: ['', 'preferred', 'disabled'],
};

/**
 * @param id as the SDK names the service: `Secrets Manager`
 * @param name what its host name begins with
 * @throws {Error} where a variable asks for host names that only the SDK's own client knows
 */
export function endpointOf(id: string, name: string): Endpoint {
  for (const [variable, known] of Object.entries(UNKNOWN)) refuse(variable, known);
  const { dnsSuffix } = partition(region());
  const { protocol, hostname, port, pathname } = new URL(
    configured(id) || `https://${name}.${region()}.${dnsSuffix}`,
  );
  return { protocol, hostname, path: pathname, ...(port && { port: Number(port) }) };
}

function refuse(variable: string, known: readonly string[]): void {
  const value = variableOr(variable, '');
  if (known.includes(value)) return;
  throw new Error(
    `Cannot call AWS: ${variable} is "${value}", which takes the SDK's own clients: deploy with -c awsClient=sdk`,
  );
}

/** An emulator's address, or nothing. */
function configured(id: string): string {
  if (variableOr('AWS_IGNORE_CONFIGURED_ENDPOINT_URLS', '') === 'true') return '';
  const own = variableOr(`AWS_ENDPOINT_URL_${id.toUpperCase().replaceAll(' ', '_')}`, '');
  return own || variableOr('AWS_ENDPOINT_URL', '');
}
