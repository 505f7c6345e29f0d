/** @module Functions as `esbuild --bundle --platform=node` makes it, with the SDK's clients as they come. */

import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type Plugin } from 'esbuild';

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));

const plainClients: Plugin = {
  name: 'plain-clients',
  setup({ onResolve }) {
    onResolve({ filter: /\/lean-clients\.ts$/ }, () => ({ path: at('plain-clients.ts') }));
  },
};

export type Bundle = { readonly path: string; readonly bytes: number };

/** Bundles a function of `lambdas/`. */
export const bundlePlain = (name: string, outfile: string): Promise<unknown> =>
  build({
    entryPoints: [at(`../lambdas/${name}/handler.ts`)],
    bundle: true,
    platform: 'node',
    outfile,
    allowOverwrite: true,
    logLevel: 'silent',
    // The local stack evaluates bundles where there is no `import()`.
    supported: { 'dynamic-import': false },
    plugins: [plainClients],
  });

/** Builds the buy function's into a folder of its own, lends it, and takes it away. */
export async function withPlainBundle<T>(use: (bundle: Bundle) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'flash-sale-bench-'));
  try {
    const path = join(folder, 'index.js');
    await bundlePlain('buy', path);
    return await use({ path, bytes: (await stat(path)).size });
  } finally {
    await rm(folder, { recursive: true });
  }
}
