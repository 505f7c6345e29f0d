/** @module Builds the static site: pages with their references filled in, and assets whose names carry their hash. */

import { readFile, rm, writeFile } from 'node:fs/promises';
import { basename, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type Metafile } from 'esbuild';

const SOURCE = fileURLToPath(new URL('.', import.meta.url));
const PAGES = ['index.html', 'sale.html'];
const ENTRIES = ['index-page.ts', 'sale-page.ts', 'style.css', 'icon.svg'];

/** Browsers with modules, `AbortSignal.timeout` and CSS `color-scheme`: since spring 2023. */
const TARGET = ['chrome111', 'firefox115', 'safari16.4'];

/** Writes the site: `index.html`, `sale.html`, `assets/*`. Assets of an earlier build go; what else is in the folder stays. */
export async function buildSite(outdir: string): Promise<void> {
  await rm(join(outdir, 'assets'), { recursive: true, force: true });
  const { metafile } = await build({
    entryPoints: ENTRIES.map((name) => join(SOURCE, name)),
    absWorkingDir: SOURCE,
    outdir,
    entryNames: 'assets/[name]-[hash]',
    chunkNames: 'assets/[name]-[hash]',
    loader: { '.svg': 'copy' },
    bundle: true,
    splitting: true,
    format: 'esm',
    target: TARGET,
    minify: true,
    metafile: true,
  });
  const names = assetNames(metafile, outdir);
  for (const page of PAGES) {
    const html = await readFile(join(SOURCE, page), 'utf8');
    await writeFile(join(outdir, page), withReferences(html, names));
  }
}

/** The path of each entry below the site. */
function assetNames(metafile: Metafile, outdir: string): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  for (const [path, { entryPoint }] of Object.entries(metafile.outputs)) {
    const file = relative(outdir, join(SOURCE, path)).replaceAll('\\', '/');
    if (entryPoint !== undefined) names.set(basename(entryPoint), `/${file}`);
  }
  return names;
}

/** Fills in references like `./style.css`, and takes out the indentation. */
function withReferences(html: string, names: ReadonlyMap<string, string>): string {
  const filled = html.replace(/"\.\/([\w.-]+)"/g, (_reference, name: string) => {
    const path = names.get(name);
    if (path === undefined) throw new Error(`Cannot build the site: no asset "${name}"`);
    return `"${path}"`;
  });
  return filled.replace(/<!-- [\s\S]*? -->/g, '').replace(/\n\s*/g, '\n');
}
