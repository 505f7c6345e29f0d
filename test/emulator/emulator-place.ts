/** @module The stacks on an emulator: deployed, repaired, and its doors found. */

import { S3Client } from '@aws-sdk/client-s3';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { deployment, outputsFrom } from '../../adapters/deployment.ts';
import { freePort } from '../support/free-port.ts';
import type { StackOutputs } from './cdk.ts';
import { clientsOf } from './clients.ts';
import { Deploying } from './deploying.ts';
import { destroy } from './destroying.ts';
import { apiDoor, edgeDoor, findApi, type PlanKeys } from './doors.ts';
import { ailmentOf, type EdgeProbe, remedyFor } from './edge-probe.ts';
import type { Front } from './front.ts';
import type { Place, Run } from './place.ts';
import type { Steps } from './report.ts';
import { checkSettings } from './settings.ts';

export type EmulatorPlace = Place & { close(): Promise<void> };

/** Bootstraps, deploys, and finds the doors. */
export async function openEmulator(
  run: Run,
  steps: Steps,
  endpoint: string,
): Promise<EmulatorPlace> {
  const port = await freePort();
  const provider = { port, url: `http://127.0.0.1:${port}` };
  const deploying = new Deploying(run, steps, endpoint, provider);
  await steps.step('bootstrap', 150, () => deploying.bootstrap());
  const stacks = await steps.step('deploy', 600, () => deploying.deploy());
  const outputs = flat(stacks);
  const reached = deployment(outputsFrom(outputs), { endpoint });
  await steps.step('read settings back', 120, () =>
    checkSettings({ endpoint, db: reached.db }, deploying.assembly, steps),
  );
  const keys = await planKeys(endpoint, outputs);
  run.report.hide(...Object.values(keys));
  const prefix = await steps.step('find the API', 60, () => apiPrefix(endpoint, outputs));
  const api = await apiDoor(endpoint, prefix, keys, reached.outputs.SiteBucket);
  const edge = await findEdge(deploying, steps, endpoint, prefix, outputs);
  return {
    ...{ steps, endpoint, deployment: reached, stacks, provider, api: api.url },
    ...(edge && { edge: edge.url }),
    async close() {
      await edge?.stop();
      await api.stop();
      await steps.step('destroy', 300, () => destroy(deploying, endpoint, reached));
    },
  };
}

const flat = (stacks: StackOutputs): Readonly<Record<string, string>> =>
  Object.assign({}, ...Object.values(stacks));

/** The secrets of the usage plans have no outputs of their own; stacks hand their names on as exports. */
async function planKeys(
  endpoint: string,
  outputs: Readonly<Record<string, string>>,
): Promise<PlanKeys> {
  const client = new SecretsManagerClient(clientsOf(endpoint));
  const read = async (name: string): Promise<string> => {
    const found = Object.entries(outputs).find(([id]) =>
      id.startsWith(`ExportsOutputRefSecrets${name}Key`),
    );
    if (found === undefined) throw new Error(`Cannot read the ${name} key: no stack exports it`);
    const { SecretString = '' } = await client.send(
      new GetSecretValueCommand({ SecretId: found[1] }),
    );
    return SecretString;
  };
  return {
    buy: await read('Buy'),
    browse: await read('Browse'),
    operate: await read('Operate'),
  };
}

async function apiPrefix(
  endpoint: string,
  { ApiId = '', ApiStage = '' }: Readonly<Record<string, string>>,
): Promise<string> {
  const prefix = await findApi(endpoint, ApiId, ApiStage);
  if (prefix !== undefined) return prefix;
  throw new Error('nowhere is there an API that refuses who has no key');
}

/** CloudFront, repaired as far as it takes; nothing where it does not work all the same. */
async function findEdge(
  deploying: Deploying,
  steps: Steps,
  endpoint: string,
  prefix: string,
  outputs: Readonly<Record<string, string>>,
): Promise<Front | undefined> {
  const { SiteUrl: siteUrl, SiteBucket: bucket = '' } = outputs;
  if (siteUrl === undefined) return undefined;
  const door = await edgeDoor(endpoint, siteUrl);
  const s3 = new S3Client({ ...clientsOf(endpoint), forcePathStyle: true });
  const why = await cure({ url: door.url, s3, bucket }, deploying, steps, endpoint, prefix);
  if (why === undefined) return door;
  steps.skipped(
    'CloudFront',
    `${why}; shoppers come with sessions and tickets that the suite mints`,
  );
  await door.stop();
  return undefined;
}

/** @returns what cannot be cured */
async function cure(
  probe: EdgeProbe,
  deploying: Deploying,
  steps: Steps,
  endpoint: string,
  prefix: string,
): Promise<string | undefined> {
  const tried = new Set<string>();
  for (;;) {
    const ailment = await ailmentOf(probe);
    if (ailment === undefined) return undefined;
    const remedy = remedyFor(ailment, endpoint, prefix);
    if (remedy === undefined || tried.has(ailment.name)) return ailment.symptom;
    tried.add(ailment.name);
    if (!(await deploying.repair(remedy))) return ailment.symptom;
    await steps.step(`deploy again, for ${ailment.symptom}`, 300, async () => {
      await deploying.deploy();
    });
  }
}
