/** @module Which deployment a command is about. */

import { existsSync, readFileSync } from 'node:fs';
import { Option } from 'commander';
import { type Deployment, deployment, outputsFrom, type Place } from '../adapters/deployment.ts';

/** What `npm start` writes, as long as it runs. */
export const LOCAL_OUTPUTS = '.local/outputs.json';

/** What the deploy command of the README writes. */
export const DEPLOYED_OUTPUTS = 'cdk-outputs.json';

export type Reach = { readonly outputs?: string };

export const outputsOption = () =>
  new Option(
    '--outputs <file>',
    `outputs of the stacks (default: ${LOCAL_OUTPUTS} while npm start runs, else ${DEPLOYED_OUTPUTS})`,
  );

type Texts = Readonly<Record<string, string>>;

/** Reaches a deployment. @throws {Error} naming the file that is missing, or what it lacks */
export function reach({ outputs: file }: Reach): Deployment {
  const path = file ?? (existsSync(LOCAL_OUTPUTS) ? LOCAL_OUTPUTS : DEPLOYED_OUTPUTS);
  if (!existsSync(path)) {
    throw new Error(`Cannot reach a deployment: there is no file "${path}"; see --outputs`);
  }
  const content = JSON.parse(readFileSync(path, 'utf8')) as { endpoint?: string } & Record<
    string,
    Texts
  >;
  const { endpoint, ...stacks } = content;
  const outputs = outputsFrom(Object.assign({}, ...Object.values(stacks)) as Texts);
  return deployment(outputs, placeOf(endpoint));
}

/** A place that is not AWS: `npm start` writes down where it is, for an emulator the environment says it. */
function placeOf(written: string | undefined): Place {
  if (written !== undefined) return { endpoint: written };
  const { AWS_ENDPOINT_URL: endpoint } = process.env;
  return endpoint ? { endpoint, credentials: 'environment' } : {};
}
