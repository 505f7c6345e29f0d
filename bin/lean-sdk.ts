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
  },
};
