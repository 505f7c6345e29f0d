/** The stack synthesised with the clients of the SDK: `-c awsClient=sdk`. */

import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

export type Synthesised = { readonly folder: string; remove(): Promise<void> };

/** Synthesises into a folder of its own. */
export async function synthWithSdk(): Promise<Synthesised> {
  const folder = await mkdtemp(join(tmpdir(), 'flash-sale-sdk-'));
  const cdk = join(ROOT, 'node_modules/.bin/cdk');
  const how = ['--quiet', '--exclusively', '*-Edge', '--output', folder, '-c', 'awsClient=sdk'];
  await promisify(execFile)(cdk, ['synth', ...how], { cwd: ROOT });
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) };
}
