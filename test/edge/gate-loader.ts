/** @module Runs the gate's built code, the very text that CloudFront gets, with a store and a clock of the test's own. */

import crypto from 'node:crypto';
import type { GateEvent, GateRequest, GateResponse } from '../../edge/event.ts';

export type Store = Record<string, unknown>;

export type Gate = (event: GateEvent) => Promise<GateRequest | GateResponse>;

const IMPORT = /import ([\w$]+) from"(\w+)";/g;

/** The gate over a store; keys that the store lacks throw, as CloudFront's do. */
export function loadGate(code: string, store: Store, now: () => number): Gate {
  const cf = {
    kvs: () => ({
      async get(key: string) {
        if (!Object.hasOwn(store, key)) throw new Error('KeyNotFound');
        return structuredClone(store[key]);
      },
    }),
  };
  const modules: Record<string, unknown> = { cloudfront: cf, crypto };
  const names: string[] = [];
  const values: unknown[] = [];
  const body = code.replace(IMPORT, (_all, name: string, module: string) => {
    names.push(name);
    values.push(modules[module]);
    return '';
  });
  const make = new Function(...names, 'Date', `"use strict";${body};return handler;`);
  return make(...values, { now });
}
