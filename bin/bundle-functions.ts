/**
 * @module
 * Bundles the functions with esbuild, one CommonJS file each. The AWS SDK is bundled too: the copy in the runtime is
 * neither the version that was tested nor, unbundled, as quick to load.
 */

import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import type { AwsClient } from '../lib/aws-client.ts';
import { leanCommands, refuseClients } from './lean-commands.ts';
import { leanSdk } from './lean-sdk.ts';
import { sdkClients } from './sdk-clients.ts';
import { writeIfChanged } from './write-if-changed.ts';

/** Writes `<outdir>/<folder>/index.js`, loadable from anywhere, for each folder that holds a `handler.ts`. */
export async function bundleFunctions(
  lambdas: string,
  outdir: string,
  client: AwsClient = 'lean',
): Promise<void> {
  const entries = await readdir(lambdas, { withFileTypes: true });
  const folders = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  await Promise.all(
    folders.map(async (folder) => {
      const code = await bundle(join(lambdas, folder, 'handler.ts'), client);
      await writeIfChanged(join(outdir, folder, 'index.js'), code);
      // Inside this repository, whose own package.json says "module", `require` would read the bundle as one.
      await writeIfChanged(join(outdir, folder, 'package.json'), '{"type":"commonjs"}\n');
    }),
  );
}

async function bundle(entryPoint: string, client: AwsClient): Promise<Uint8Array> {
  const isLean = client === 'lean' && (await hasLeanClients(entryPoint));
  const { outputFiles, metafile } = await build({
    entryPoints: [entryPoint],
    bundle: true,
    write: false,
    platform: 'node',
    target: 'node24',
    // An ESM bundle of the SDK fails at load: "Dynamic require of node:https is not supported".
    format: 'cjs',
    // The SDK's ES modules let unused commands be dropped: 354 KB in place of 553 KB.
    mainFields: ['module', 'main'],
    // The SDK imports some of Node's modules when it first needs them: `require` does the same anywhere.
    supported: { 'dynamic-import': false },
    minify: true,
    legalComments: 'none',
    // What is bundled must not depend on where the repository stands: the asset's hash is the deployment's identity.
    absWorkingDir: fileURLToPath(new URL('..', import.meta.url)),
    logLevel: 'silent',
    metafile: true,
    plugins: [
      leanSdk,
      ...(client === 'sdk' ? [sdkClients] : []),
      ...(isLean ? [leanCommands] : []),
    ],
  });
  if (isLean) refuseClients(entryPoint, metafile);
  const [file] = outputFiles;
  if (file === undefined) throw new Error(`Cannot bundle "${entryPoint}": esbuild wrote nothing`);
  return file.contents;
}

/** Handlers make their own clients. */
const hasLeanClients = async (handler: string): Promise<boolean> =>
  (await readFile(handler, 'utf8')).includes("/lean-clients.ts'");
