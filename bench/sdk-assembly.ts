/** @module The stack with the SDK as it comes in the functions that a buy takes, to be measured beside the lean ones. */

import { readFileSync } from 'node:fs';
import { cp, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundlePlain } from './plain-bundle.ts';

const at = (path: string) => fileURLToPath(new URL(`../${path}`, import.meta.url));

/** Who presses Buy, and who writes the record. */
const FUNCTIONS = ['buy', 'record'];

export type SdkAssembly = { readonly folder: string; remove(): Promise<void> };

/** The assembly that `npm run synth` wrote, in a folder of its own, with other bundles in two functions. */
export async function sdkAssembly(): Promise<SdkAssembly> {
  const folder = await mkdtemp(join(tmpdir(), 'flash-sale-bench-'));
  await cp(at('cdk.out'), folder, { recursive: true });
  const entries = await readdir(folder);
  const assets = entries.filter((name) => name.startsWith('asset.') && !name.includes('.', 6));
  for (const name of FUNCTIONS) {
    const deployed = readFileSync(at(`dist/functions/${name}/index.js`), 'utf8');
    const asset = assets.find((one) => codeIn(join(folder, one)) === deployed);
    if (asset === undefined) throw new Error(`Cannot measure: no asset is the bundle of "${name}"`);
    await bundlePlain(name, join(folder, asset, 'index.js'));
  }
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) };
}

function codeIn(asset: string): string | undefined {
  try {
    return readFileSync(join(asset, 'index.js'), 'utf8');
  } catch {
    return undefined;
  }
}
