/**
 * @module
 * Commands for lean clients alone. The SDK's commands bring the middlewares, endpoint rules, configuration files and
 * profiles that its own clients ask them for: 12 KB of a bundle, and a class builder that runs for each at load.
 */

import { fileURLToPath } from 'node:url';
import type { Metafile, Plugin } from 'esbuild';

const LEAN_COMMAND = fileURLToPath(new URL('lean-command.ts', import.meta.url));

/** Services that have a lean client. */
const SERVICES = 'dynamodb|eventbridge|secrets-manager|sqs';

const BUILDER = new RegExp(`client-(${SERVICES})[\\\\/]dist-es[\\\\/]commandBuilder\\.js$`);
const CLIENT = new RegExp(`client-(${SERVICES})/dist-es/\\w+Client\\.js$`);

export const leanCommands: Plugin = {
  name: 'lean-commands',
  setup({ onResolve }) {
    // Where the SDK imports something else there, esbuild says that this module does not export it.
    onResolve({ filter: /^@smithy\/core\/(client|endpoints)$/ }, ({ importer }) =>
      BUILDER.test(importer) ? { path: LEAN_COMMAND } : undefined,
    );
  },
};

/** @throws {Error} where a bundle has a client of the SDK that could not send such commands */
export function refuseClients(entryPoint: string, { outputs }: Metafile): void {
  const inputs = Object.values(outputs).flatMap((output) => Object.entries(output.inputs));
  const found = inputs.find(([path, { bytesInOutput }]) => CLIENT.test(path) && bytesInOutput > 0);
  if (found === undefined) return;
  throw new Error(
    `Cannot bundle "${entryPoint}": it has lean clients, and beside them "${found[0]}", which cannot send their commands`,
  );
}
