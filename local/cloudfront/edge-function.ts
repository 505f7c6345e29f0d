/**
 * @module
 * A CloudFront Function (runtime 2.0), run as it is written in the template. It sees no Node: no `process`, no network,
 * no timers; only what the runtime gives it.
 */

import { createHash, createHmac, createSecretKey, type KeyObject } from 'node:crypto';
import * as querystring from 'node:querystring';
import { compileFunction } from 'node:vm';
import type { VirtualClock } from '../clock.ts';
import type { KeyValueStore } from '../services/key-value-store.ts';
import type { EdgeFunctionPart } from './edge-parts.ts';

/** Header, query string or cookie as functions see it. */
export type EdgeValue = {
  value: string;
  multiValue?: { value: string }[];
  attributes?: string;
};

export type EdgeRequest = {
  method: string;
  uri: string;
  querystring: Record<string, EdgeValue>;
  headers: Record<string, EdgeValue>;
  cookies: Record<string, EdgeValue>;
};

export type EdgeResponse = {
  statusCode: number;
  statusDescription?: string;
  headers?: Record<string, EdgeValue>;
  cookies?: Record<string, EdgeValue>;
  body?: string | { encoding: 'text' | 'base64'; data: string };
};

export type EdgeEvent = {
  readonly version: '1.0';
  readonly context: {
    readonly distributionDomainName: string;
    readonly distributionId: string;
    readonly eventType: 'viewer-request' | 'viewer-response';
    readonly requestId: string;
  };
  readonly viewer: { readonly ip: string };
  readonly request: EdgeRequest;
  readonly response?: EdgeResponse;
};

export type EdgeHandler = (
  event: EdgeEvent,
) => EdgeRequest | EdgeResponse | Promise<EdgeRequest | EdgeResponse>;

/** Globals of Node that the runtime does not have. */
const HIDDEN = [
  'process',
  'global',
  'globalThis',
  'fetch',
  'setTimeout',
  'setInterval',
  'setImmediate',
  'queueMicrotask',
  'WebAssembly',
  'Function',
];

const IMPORT = /import\s*(?:([\w$]+)|(\{[^}]*\}))\s*from\s*["']([\w:]+)["'];?/g;

/** Compiles the code; its `import` lines become look-ups of the modules that the runtime has. */
export function edgeFunction(
  { name, code }: EdgeFunctionPart,
  store: KeyValueStore | undefined,
  clock: VirtualClock,
): EdgeHandler {
  const script = code.replaceAll(IMPORT, (_, plain, braces, module) => {
    const names = plain ?? braces.replaceAll(/\s+as\s+/g, ': ');
    return `const ${names} = require(${JSON.stringify(module)});`;
  });
  const shadowed = [...HIDDEN, 'Date', 'require', 'console'];
  const compiled = compileFunction(`'use strict';${script}\n;return handler;`, shadowed, {
    filename: `cloudfront-function/${name}.js`,
  });
  const values: Readonly<Record<string, unknown>> = {
    Date: dateOf(clock),
    require: (module: string) => moduleOf(module, store),
    console: { log: () => {}, error: () => {} },
  };
  return compiled(...shadowed.map((one) => values[one])) as EdgeHandler;
}

function moduleOf(name: string, store: KeyValueStore | undefined): unknown {
  if (name === 'cloudfront') return { kvs: () => kvsOf(store) };
  if (name === 'crypto') return { createHash, createHmac: hmac };
  if (name === 'querystring') return querystring;
  throw new Error(`Cannot import "${name}": CloudFront Functions do not have it`);
}

/** Keys, by their text: to import one costs more than the HMAC. */
const keys = new Map<string, KeyObject>();

/** More than a function has of its own; those that it derives for each viewer come and go. */
const MOST_KEYS = 1000;

const hmac = (algorithm: string, key: string | Uint8Array) =>
  createHmac(algorithm, typeof key === 'string' ? keyOf(key) : key);

function keyOf(text: string): KeyObject {
  const known = keys.get(text);
  if (known !== undefined) return known;
  const key = createSecretKey(Buffer.from(text));
  if (keys.size >= MOST_KEYS) keys.clear();
  keys.set(text, key);
  return key;
}

/** One for all: a stack trace for each missing key would be most of a refusal's cost. */
const KEY_NOT_FOUND = new Error('KeyNotFound');

function kvsOf(store: KeyValueStore | undefined): object {
  if (store === undefined) throw new Error('Cannot read a key: no KeyValueStore is associated');
  const read = (key: string): string => {
    const value = store.edge.get(key);
    if (value === undefined) throw KEY_NOT_FOUND;
    return value;
  };
  return {
    get: async (key: string, { format = 'string' }: { format?: string } = {}) => {
      const value = read(key);
      if (format === 'json') return JSON.parse(value);
      return format === 'bytes' ? Buffer.from(value) : value;
    },
    exists: async (key: string) => store.edge.has(key),
    count: async () => store.edge.size,
    meta: async () => ({
      creationDateTime: new Date(store.created).toISOString(),
      lastUpdatedDateTime: new Date(store.modified).toISOString(),
      keyCount: store.edge.size,
    }),
  };
}

/** `Date` on the virtual clock. */
const dateOf = (clock: VirtualClock): DateConstructor =>
  new Proxy(Date, {
    construct: (target, values) =>
      values.length === 0 ? new target(clock.now()) : Reflect.construct(target, values),
    get: (target, property) =>
      property === 'now' ? () => clock.now() : Reflect.get(target, property),
  });
