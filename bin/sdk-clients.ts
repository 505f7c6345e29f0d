/** @module Bundles the SDK's own clients in place of the lean ones: `-c awsClient=sdk`. */

import { fileURLToPath } from 'node:url';
import type { Plugin } from 'esbuild';

const SDK_CLIENTS = fileURLToPath(new URL('../adapters/sdk-clients.ts', import.meta.url));

export const sdkClients: Plugin = {
  name: 'sdk-clients',
  setup({ onResolve }) {
    onResolve({ filter: /\/lean-clients\.ts$/ }, () => ({ path: SDK_CLIENTS }));
  },
};
