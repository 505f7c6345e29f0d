/** @module Where the DynamoDB engine is found. */

import { accessSync, constants } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, join } from 'node:path';

/**
 * The path of dynoxide: from its package for this platform, else from the PATH.
 *
 * @throws {Error} that says how to give an endpoint in its place
 */
export function findDynoxide(): string {
  const name = `${process.platform}-${process.arch}`;
  for (const candidate of [fromPackage(name), ...fromPath()]) {
    if (candidate !== undefined && isExecutable(candidate)) return candidate;
  }
  throw new Error(
    `Cannot start DynamoDB: neither "@dynoxide/${name}" nor "dynoxide" on the PATH is installed; ` +
      'install it, or give the endpoint of any DynamoDB-compatible server (DYNAMODB_ENDPOINT)',
  );
}

function fromPackage(name: string): string | undefined {
  try {
    const manifest = createRequire(import.meta.url).resolve(`@dynoxide/${name}/package.json`);
    return join(manifest, '..', 'dynoxide');
  } catch {
    return undefined;
  }
}

const fromPath = (): string[] =>
  (process.env['PATH'] ?? '').split(delimiter).map((folder) => join(folder, 'dynoxide'));

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
