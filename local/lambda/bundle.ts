/** @module A function's bundle: compiled once, evaluated afresh in each environment. */

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { compileFunction } from 'node:vm';
import type { FunctionSpec } from '../inventory.ts';

/** Names that the bundle sees as its own: the rest of the globals is shared by all environments. */
const SHADOWED = [
  'globalThis',
  'global',
  'process',
  'console',
  'Date',
  'setTimeout',
  'clearTimeout',
  'setInterval',
  'clearInterval',
  'fetch',
] as const;

export type Shadows = Readonly<Record<(typeof SHADOWED)[number], unknown>>;

export type Handler = (event: unknown, context: object) => unknown;

export class Bundle {
  private readonly spec: FunctionSpec;
  private readonly file: string;
  private readonly exportName: string;
  private compiled: ((...values: unknown[]) => void) | undefined;

  constructor(spec: FunctionSpec) {
    this.spec = spec;
    const [module = 'index', exportName = 'handler'] = spec.handler.split('.');
    this.file = join(spec.folder ?? '', `${module}.js`);
    this.exportName = exportName;
  }

  /** Runs the module and returns its handler. */
  evaluate(shadows: Shadows, modules: Readonly<Record<string, unknown>>): Handler {
    const module = { exports: {} as Record<string, unknown> };
    const fromDisk = createRequire(this.file);
    const require = (id: string) => modules[id.replace(/^node:/, '')] ?? fromDisk(id);
    this.compiled ??= this.compile();
    this.compiled.call(
      module.exports,
      module.exports,
      Object.assign(require, { resolve: fromDisk.resolve }),
      module,
      this.file,
      this.spec.folder,
      ...SHADOWED.map((name) => shadows[name]),
    );
    const handler = module.exports[this.exportName];
    if (typeof handler !== 'function') {
      throw new Error(`"${this.spec.handler}" is not exported`);
    }
    return handler as Handler;
  }

  private compile() {
    const { name, runtime, folder } = this.spec;
    if (folder === undefined || !runtime.startsWith('nodejs')) {
      throw new Error(`Cannot invoke "${name}": the local stack runs no ${runtime} code`);
    }
    return compileFunction(
      readFileSync(this.file, 'utf8'),
      ['exports', 'require', 'module', '__filename', '__dirname', ...SHADOWED],
      { filename: this.file },
    ) as (...values: unknown[]) => void;
  }
}
