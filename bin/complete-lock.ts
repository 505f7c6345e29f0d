/**
 * @module
 * Completes `package-lock.json` after `npm install`, so that `npm ci` accepts it everywhere (`npm run lock`).
 *
 * Packages with binaries have one optional dependency for each platform. A registry that lacks some of them makes
 * `npm install` leave them out of the lock file in silence, and `npm ci` then calls the file incomplete. The entries
 * that this adds say for which platform they are: npm skips them elsewhere without asking a registry.
 *
 * @see https://github.com/npm/cli/issues/4828
 */

import { readFile, writeFile } from 'node:fs/promises';

type Entry = {
  readonly version?: string;
  readonly dev?: boolean;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
};
type Platform = { readonly os?: string[]; readonly cpu?: string[]; readonly libc?: string[] };

const LOCK = 'package-lock.json';

const SYSTEMS =
  /\b(aix|android|darwin|freebsd|linux|netbsd|openbsd|openharmony|sunos|win32)(?:-|$)/;
const PROCESSORS =
  /\b(arm64|armv7|arm|ia32|loong64|mips64el|ppc64|riscv64|s390x|wasm32|x64)(?:-|$)/;

/** The platform that a package's name says it is for. @throws {Error} where it says none */
function platformOf(name: string): Platform {
  if (name === 'fsevents') return { os: ['darwin'] };
  const [, os] = SYSTEMS.exec(name) ?? [];
  const [, cpu] = PROCESSORS.exec(name) ?? [];
  if (cpu === undefined) {
    throw new Error(`Cannot complete the lock file: for which platform is "${name}"?`);
  }
  return {
    ...(os && { os: [os] }),
    cpu: [cpu === 'armv7' ? 'arm' : cpu],
    ...(name.endsWith('musl') && { libc: ['musl'] }),
  };
}

const lock = JSON.parse(await readFile(LOCK, 'utf8')) as { packages: Record<string, Entry> };

for (const [path, { dev, optionalDependencies = {} }] of Object.entries(lock.packages)) {
  for (const [name, range] of Object.entries(optionalDependencies)) {
    const isThere = [`${path}/node_modules/${name}`, `node_modules/${name}`].some(
      (place) => place in lock.packages,
    );
    if (isThere) continue;
    lock.packages[`node_modules/${name}`] = {
      version: range.replace(/^[^0-9]*/, ''),
      ...platformOf(name),
      ...(dev && { dev }),
      optional: true,
    } as Entry;
  }
}

const sorted = Object.entries(lock.packages).sort(([a], [b]) => (a < b ? -1 : 1));
await writeFile(
  LOCK,
  `${JSON.stringify({ ...lock, packages: Object.fromEntries(sorted) }, null, 2)}\n`,
);
