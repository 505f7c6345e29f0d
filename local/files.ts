/** @module Copies the files of a deployment into their bucket, as `aws s3 sync` does for CDK. */

import { readdirSync, readFileSync, statSync } from 'node:fs';
import { extname, join } from 'node:path';
import type { EngineClient } from './engines/engine-client.ts';
import type { FilesSpec } from './inventory.ts';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'application/javascript',
  '.mjs': 'application/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
  '.map': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.webp': 'image/webp',
  '.ico': 'image/vnd.microsoft.icon',
  '.txt': 'text/plain',
  '.xml': 'application/xml',
  '.wasm': 'application/wasm',
  '.webmanifest': 'application/manifest+json',
  '.woff2': 'font/woff2',
};

/** @throws {Error} naming the file that the bucket refused */
export async function copyFiles(spec: FilesSpec, buckets: EngineClient): Promise<void> {
  for (const [at, source] of spec.sources.entries()) {
    if (!statSync(source).isDirectory()) {
      throw new Error(`Cannot copy "${source}" to bucket "${spec.bucket}": it is no folder`);
    }
    for (const name of filesIn(source).filter((file) => isWanted(file, spec))) {
      const body = filled(readFileSync(join(source, name)), spec.markers[at] ?? {});
      await put(spec, name, body, buckets);
    }
  }
}

async function put(spec: FilesSpec, name: string, body: Uint8Array, buckets: EngineClient) {
  const key = `${spec.prefix}${name}`.split('/').map(encodeURIComponent).join('/');
  const { status } = await buckets.forward({
    method: 'PUT',
    path: `/${spec.bucket}/${key}`,
    headers: { 'content-type': TYPES[extname(name)] ?? 'binary/octet-stream', ...spec.headers },
    body,
  });
  if (status >= 300)
    throw new Error(`Cannot copy "${name}" to bucket "${spec.bucket}": status ${status}`);
}

const filesIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .map((path) => path.replaceAll('\\', '/'));

/** The last filter that matches decides, and includes come after excludes. */
const isWanted = (name: string, { exclude, include }: FilesSpec): boolean =>
  !exclude.some((glob) => matches(glob, name)) || include.some((glob) => matches(glob, name));

const matches = (glob: string, name: string): boolean =>
  new RegExp(
    `^${glob
      .replaceAll(/[.+^${}()|[\]\\]/g, '\\$&')
      .replaceAll('*', '.*')
      .replaceAll('?', '.')}$`,
  ).test(name);

function filled(body: Uint8Array, markers: Readonly<Record<string, string>>): Uint8Array {
  const entries = Object.entries(markers);
  if (entries.length === 0) return body;
  let text = Buffer.from(body).toString('utf8');
  for (const [marker, value] of entries) text = text.replaceAll(marker, value);
  return Buffer.from(text);
}
