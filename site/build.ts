/** @module Builds the static site: pages with their references filled in, and assets whose names carry their hash. */

import { readFile, rm, writeFile } from 'node:fs/promises';
import { basename, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type Metafile } from 'esbuild';
import { texts as de } from './texts.de.ts';
import { texts as en } from './texts.en.ts';

const SOURCE = fileURLToPath(new URL('.', import.meta.url));

/** Pages, by where they are written to, and the assets that they refer to. */
type Part = {
  readonly pages: Readonly<Record<string, string>>;
  readonly entries: readonly string[];
};

const SHOP: Part = {
  pages: { 'index.html': 'index.html', 'sale.html': 'sale.html' },
  entries: ['pages.ts', 'solve-worker.ts', 'style.css', 'icon.svg'],
};

/** Built apart: what operators need must not be cut into pieces that shoppers would load. */
const OFFICE: Part = {
  pages: { 'operator.html': 'operator/operator.html' },
  entries: ['operator/operator.ts', 'operator/operator.css', 'icon.svg'],
};

/** What a page says before its script does, or instead of it: `{en.noScript}` is a text of that language. */
const SAID = new Map(
  Object.entries({ en, de }).flatMap(([language, { fixed }]) =>
    Object.entries(fixed).map(([name, text]) => [`{${language}.${name}}`, text]),
  ),
);

/** Browsers with modules, `AbortSignal.timeout` and CSS `color-scheme`: since spring 2023. */
const TARGET = ['chrome111', 'firefox115', 'safari16.4'];

/**
 * Writes the site: `index.html`, `sale.html`, `operator.html`, `assets/*`. Assets of an earlier build go; what else is in
 * the folder stays.
 */
export async function buildSite(outdir: string): Promise<void> {
  await rm(join(outdir, 'assets'), { recursive: true, force: true });
  for (const part of [SHOP, OFFICE]) await buildPart(part, outdir);
}

async function buildPart({ pages, entries }: Part, outdir: string): Promise<void> {
  const { metafile } = await build({
    entryPoints: entries.map((name) => join(SOURCE, name)),
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
    // An umlaut takes two bytes, its escape four to six.
    charset: 'utf8',
    legalComments: 'none',
    metafile: true,
  });
  const names = assetNames(metafile, outdir);
  for (const [page, source] of Object.entries(pages)) {
    const html = await readFile(join(SOURCE, source), 'utf8');
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

/** Fills in references like `./style.css` and texts like `{en.shop}`, and takes out the indentation. */
function withReferences(html: string, names: ReadonlyMap<string, string>): string {
  const filled = html.replace(/"\.\/([\w.-]+)"/g, (_reference, name: string) => {
    const path = names.get(name);
    if (path === undefined) throw new Error(`Cannot build the site: no asset "${name}"`);
    return `"${path}"`;
  });
  const said = filled.replace(/\{\w\w\.\w+\}/g, (name) => {
    const text = SAID.get(name);
    if (text === undefined) throw new Error(`Cannot build the site: no text "${name}"`);
    return text;
  });
  // Between tags a line break says nothing: no two that stand in lines of their own belong to one text.
  return said
    .replace(/<!-- [\s\S]*? -->/g, '')
    .replace(/>\n\s*</g, '><')
    .replace(/\n\s*/g, '\n');
}
