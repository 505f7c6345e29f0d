/** @module Builds what is deployed into `dist/`: a bundle for each function, the gate, the site. Prints nothing when good. */

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { buildGate } from '../edge/build.ts';
import { type AwsClient, bundlesOf } from '../lib/aws-client.ts';
import { bundleFunctions } from './bundle-functions.ts';
import { writeIfChanged } from './write-if-changed.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** Builds everything at the same time. `cdk` runs it before each synth, so that a stale bundle is never deployed. */
export async function build(
  client: AwsClient = 'lean',
  outdir = join(ROOT, 'dist'),
): Promise<void> {
  await Promise.all([
    bundleFunctions(join(ROOT, 'lambdas'), join(outdir, bundlesOf(client)), client),
    buildGate().then((code) => writeIfChanged(join(outdir, 'gate.js'), code)),
    buildSite(join(outdir, 'site')),
  ]);
}

async function buildSite(outdir: string): Promise<void> {
  const builder = join(ROOT, 'site/build.ts');
  if (!existsSync(builder)) {
    await writeIfChanged(join(outdir, 'index.html'), '<!doctype html><title>Flash sale</title>\n');
    return;
  }
  const site = (await import(pathToFileURL(builder).href)) as {
    buildSite(outdir: string): Promise<void>;
  };
  await site.buildSite(outdir);
}

if (import.meta.main) await build();
