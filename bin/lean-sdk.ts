/** @module Leaves out of the bundled AWS SDK what a Lambda function never uses: less to load at each cold start. */

import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'esbuild';

const beside = (name: string) => fileURLToPath(new URL(name, import.meta.url));

/** What takes whose place. */
const REPLACED: Readonly<Record<string, string>> = {
  // The default chain carries clients for SSO, STS, profiles, containers and EC2: a third of a bundle.
  '@aws-sdk/credential-provider-node': beside('environment-credentials.ts'),
  // The cache of discovered endpoints brings a library of data structures for a feature that is off.
  '@aws-sdk/endpoint-cache': beside('no-endpoint-cache.ts'),
};

export const leanSdk: Plugin = {
  name: 'lean-sdk',
  setup({ onLoad, onResolve }) {
    // A protocol fetches it when an operation streams events. None of ours does: 9 KB of a bundle for nothing.
    onResolve({ filter: /^@smithy\/core\/event-streams$/ }, ({ kind }) =>
      kind === 'dynamic-import' ? { path: beside('no-event-streams.ts') } : undefined,
    );
    onResolve({ filter: /^@aws-sdk\/(credential-provider-node|endpoint-cache)$/ }, ({ path }) => ({
      path: REPLACED[path] ?? path,
    }));
    // A client reads its version from its package.json, of which esbuild would bundle all.
    onLoad({ filter: /@aws-sdk[\\/][^\\/]+[\\/]package\.json$/ }, async ({ path }) => {
      const { version } = JSON.parse(await readFile(path, 'utf8')) as { version: string };
      return { contents: JSON.stringify({ version }), loader: 'json' };
    });
    onLoad({ filter: /util-endpoints[\\/]lib[\\/]aws[\\/]partitions\.js$/ }, async ({ path }) => ({
      contents: withoutRegions(await readFile(path, 'utf8')),
    }));
    onLoad({ filter: /[\\/]dist-es[\\/].*(index|clock-skew-defaults)\.js$/ }, async ({ path }) => ({
      contents: markedPure(await readFile(path, 'utf8')),
    }));
  },
};

type Partition = { readonly regionRegex: string; regions: Readonly<Record<string, object>> };

/**
 * Partitions list their Regions with a description for people, and a pattern that finds them as well: 3 KB less. What no
 * pattern finds stays.
 */
export function withoutRegions(code: string): string {
  const [, head, json, tail] = /^(export const partitionsInfo = )(\{.*\})(;\s*)$/s.exec(code) ?? [];
  if (json === undefined) {
    throw new Error('Cannot shorten the list of partitions: the SDK writes it in another way');
  }
  const info = JSON.parse(json) as { readonly partitions: readonly Partition[] };
  for (const partition of info.partitions) {
    const unfound = Object.entries(partition.regions).filter(
      ([name]) => !new RegExp(partition.regionRegex).test(name),
    );
    partition.regions = Object.fromEntries(unfound);
  }
  return `${head}${JSON.stringify(info)}${tail}`;
}

/**
 * The SDK joins functions at the top of its modules: `const a = bindA(b)`. Nobody but its authors knows that this changes
 * nothing, and so everything that they lead to would stay: the readers of configuration files among it.
 */
export const markedPure = (code: string): string =>
  code.replaceAll(
    /^(export const \w+ = )((?:bind[A-Z]\w*|loadConfig)\()/gm,
    '$1/* @__PURE__ */ $2',
  );
