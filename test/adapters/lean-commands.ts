/** @module Which commands functions send through a lean client, by their sources. */

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const LAMBDAS = fileURLToPath(new URL('../../lambdas', import.meta.url));
const LEAN = fileURLToPath(new URL('../../adapters/lean-clients.ts', import.meta.url));

/** `import { A, type B } from '…'`, over several lines or one. */
const IMPORTS = /^(?:import|export) (type )?(?:\{([^}]*)\}|[\w*{][^'{]*) from '([^']+)'/gm;

const SERVICES = /^@aws-sdk\/client-(dynamodb|sqs|secrets-manager|eventbridge)$/;

/** `dynamodb UpdateItemCommand`, … of every function that has a lean client. */
export function commandsOfFunctions(): ReadonlySet<string> {
  const handlers = readdirSync(LAMBDAS).map((folder) => resolve(LAMBDAS, folder, 'handler.ts'));
  const functions = handlers
    .filter((handler) => existsSync(handler))
    .map((handler) => filesFrom(handler));
  const lean = functions.filter((files) => files.has(LEAN));
  return new Set(lean.flatMap((files) => [...files].flatMap(commandsIn)));
}

/** A file and all that it imports of ours. */
function filesFrom(file: string, seen = new Set<string>()): ReadonlySet<string> {
  if (seen.has(file)) return seen;
  seen.add(file);
  for (const [, isType, , from = ''] of importsOf(file)) {
    if (!isType && from.startsWith('.')) filesFrom(resolve(dirname(file), from), seen);
  }
  return seen;
}

const importsOf = (file: string) => readFileSync(file, 'utf8').matchAll(IMPORTS);

function commandsIn(file: string): string[] {
  return [...importsOf(file)].flatMap(([, isType, names = '', from = '']) => {
    const [, service] = SERVICES.exec(from) ?? [];
    if (isType || service === undefined) return [];
    const imported = names.split(',').map((name) => name.trim());
    return imported.filter((name) => /^\w+Command$/.test(name)).map((name) => `${service} ${name}`);
  });
}
