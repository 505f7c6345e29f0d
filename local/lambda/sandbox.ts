/** @module What a bundle takes for its process: its own variables, clock, timers, output and globals. */

import { setTimeout as realSleep } from 'node:timers/promises';
import type { Shadows } from './bundle.ts';
import type { Timers } from './timers.ts';

export type SandboxOptions = {
  readonly variables: Readonly<Record<string, string>>;
  readonly now: () => number;
  readonly timers: Timers;
  /** A piece of output, as the function wrote it. */
  readonly write: (text: string) => void;
  readonly exit: (code: unknown) => void;
  readonly fetch: typeof fetch;
  /** What `globalThis[Symbol.for('aws.client.overrides')]` is; nothing where clients call over the network. */
  readonly awsOverrides: object | undefined;
};

export type Sandbox = {
  readonly shadows: Shadows;
  /** Modules that must not reach around the shadows, by their name without `node:`. */
  readonly modules: Readonly<Record<string, unknown>>;
};

export function sandbox(options: SandboxOptions): Sandbox {
  const { timers } = options;
  const process = processOf(options);
  const own = {
    process,
    console: consoleOf(options.write),
    Date: dateOf(options.now),
    setTimeout: timers.setTimeout,
    clearTimeout: timers.clear,
    setInterval: timers.setInterval,
    clearInterval: timers.clear,
    fetch: options.fetch,
  };
  const globals = globalsWith({
    ...own,
    [Symbol.for('aws.client.overrides')]: options.awsOverrides,
  });
  const promises = {
    setTimeout: timers.sleep,
    setImmediate: (value: unknown) => realSleep(0, value),
  };
  return {
    shadows: { ...own, globalThis: globals, global: globals },
    modules: {
      process,
      console: own.console,
      timers: { ...own, setImmediate, clearImmediate, promises },
      'timers/promises': promises,
    },
  };
}

/** Globals that read through to the real ones, and that are written to in the environment alone. */
function globalsWith(own: Readonly<Record<PropertyKey, unknown>>): object {
  const globals = Object.create(READ_THROUGH);
  for (const key of Reflect.ownKeys(own)) {
    Object.defineProperty(globals, key, {
      value: own[key as string],
      writable: true,
      configurable: true,
    });
  }
  for (const key of ['globalThis', 'global']) {
    Object.defineProperty(globals, key, { value: globals, writable: true, configurable: true });
  }
  return globals;
}

/** Some globals are getters that refuse any receiver but the real global: each is read there. */
const READ_THROUGH: object = Object.defineProperties(
  Object.create(Object.prototype),
  Object.fromEntries(
    Reflect.ownKeys(globalThis).map((key) => [
      key,
      {
        configurable: true,
        get: () => Reflect.get(globalThis, key),
        set(this: object, value: unknown) {
          Object.defineProperty(this, key, { value, writable: true, configurable: true });
        },
      },
    ]),
  ),
);

function processOf({ variables, write, exit }: SandboxOptions): object {
  const stream = {
    isTTY: false,
    write: (text: unknown, ...rest: unknown[]) => {
      write(String(text));
      const done = rest.at(-1);
      if (typeof done === 'function') done();
      return true;
    },
    on: () => stream,
    once: () => stream,
    end: () => stream,
  };
  const listen = () => own;
  const own: object = Object.create(globalThis.process, {
    env: { value: { ...variables }, writable: true },
    stdout: { value: stream },
    stderr: { value: stream },
    exit: { value: exit },
    ...Object.fromEntries(
      [
        'on',
        'once',
        'off',
        'addListener',
        'removeListener',
        'removeAllListeners',
        'emitWarning',
      ].map((name) => [name, { value: listen, writable: true }]),
    ),
  });
  return own;
}

function consoleOf(write: (text: string) => void): object {
  const line = (...values: unknown[]) => write(`${values.map(shown).join(' ')}\n`);
  const names = ['log', 'info', 'warn', 'error', 'debug', 'trace', 'dir', 'table'];
  const silent = ['time', 'timeEnd', 'timeLog', 'group', 'groupEnd', 'assert', 'count'];
  return Object.fromEntries([
    ...names.map((name) => [name, line]),
    ...silent.map((name) => [name, () => {}]),
  ]);
}

function shown(value: unknown): string {
  if (typeof value === 'string') return value;
  if (value instanceof Error) return value.stack ?? value.message;
  try {
    return JSON.stringify(value) ?? String(value);
  } catch {
    return String(value);
  }
}

/** `Date` on the virtual clock; everything else is the real one. */
const dateOf = (now: () => number): DateConstructor =>
  new Proxy(Date, {
    construct: (target, values) =>
      values.length === 0 ? new target(now()) : Reflect.construct(target, values),
    apply: () => new Date(now()).toString(),
    get: (target, name) => (name === 'now' ? now : Reflect.get(target, name)),
  });
