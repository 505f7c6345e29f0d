/** @module Builds the gate as CloudFront takes it: one file, imports at the top, a top-level `handler`, no exports. */

import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

/** CloudFront takes no larger function, and raises this for nobody. */
export const MAX_GATE_BYTES = 10_240;

/**
 * What runtime 2.0 has beyond ES5. Everything newer is rewritten, or refused at build when it cannot be. Syntax is not
 * minified: esbuild would move an `await` into an argument, which the runtime refuses.
 *
 * @see https://github.com/nginx/njs/issues/419
 */
const RUNTIME = {
  target: 'es5',
  supported: {
    arrow: true,
    'async-await': true,
    'const-and-let': true,
    'template-literal': true,
  },
} as const;

/**
 * Names that never leave the function: made short, for each byte of the function is counted. `keys` is not among them,
 * because of `Object.keys`.
 */
const INNER =
  /^(entry|saleId|session|nowMs|shopperId|transactionId|membership|createdAt|points|shows|countries|listed|pace|device|agent)$/;

const IMPORT = /import [\w$]+ from"\w+";/g;

/**
 * The gate's code.
 *
 * @throws {Error} when it is larger than CloudFront takes
 */
export async function buildGate(): Promise<string> {
  const result = await build({
    entryPoints: [fileURLToPath(new URL('gate.ts', import.meta.url))],
    bundle: true,
    format: 'esm',
    external: ['cloudfront', 'crypto'],
    minifyWhitespace: true,
    minifyIdentifiers: true,
    mangleProps: INNER,
    legalComments: 'none',
    write: false,
    ...RUNTIME,
  });
  const code = withHandler(result.outputFiles[0]?.text ?? '');
  const bytes = Buffer.byteLength(code);
  if (bytes > MAX_GATE_BYTES) {
    throw new Error(
      `Cannot build the gate: it has ${bytes} bytes, CloudFront takes ${MAX_GATE_BYTES}`,
    );
  }
  return code;
}

/** CloudFront finds the handler by its name among the top-level functions, and knows no exports. */
function withHandler(code: string): string {
  const exported = /export\{([\w$]+) as handler\};?\s*$/;
  const name = exported.exec(code)?.[1];
  if (name === undefined) throw new Error('Cannot build the gate: "gate.ts" exports no "handler"');
  const imports = code.match(IMPORT) ?? [];
  const rest = code.replace(IMPORT, '').replace(exported, '');
  return `${imports.join('')}${rest}async function handler(event){return ${name}(event)}\n`;
}
