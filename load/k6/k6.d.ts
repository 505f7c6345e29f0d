/**
 * What the load scripts use of k6, and no more: modules of its runtime, not of npm.
 *
 * @see https://grafana.com/docs/k6/latest/javascript-api/
 */

declare module 'k6/http' {
  type Response = {
    /** 0 when no answer came. */
    readonly status: number;
    readonly headers: Readonly<Record<string, string>>;
    readonly body: string | null;
    /** In ms. */
    readonly timings: { readonly duration: number };
  };
  type Params = {
    readonly headers: Readonly<Record<string, string>>;
    readonly tags: Readonly<Record<string, string>>;
    readonly jar: CookieJar;
    /** In ms. */
    readonly timeout: number;
    readonly redirects: number;
  };
  export class CookieJar {}
  export function asyncRequest(
    method: string,
    url: string,
    body: string | null,
    params: Params,
  ): Promise<Response>;
  export function setResponseCallback(callback: null): void;
}

declare module 'k6/metrics' {
  class Metric {
    constructor(name: string, isTime?: boolean);
    add(value: number | boolean, tags?: Readonly<Record<string, string>>): void;
  }
  export class Counter extends Metric {}
  export class Rate extends Metric {}
  export class Trend extends Metric {}
}

declare module 'k6/execution' {
  export const scenario: {
    /** Epoch ms. */
    readonly startTime: number;
    /** From 0, unique among all machines of a run that is cut into segments. */
    readonly iterationInTest: number;
  };
  /** `idInTest`: from 1, unique likewise. */
  export const vu: { readonly idInTest: number };
  export const test: {
    /** What this machine plays of a run: `0:1/3`; nothing where it plays all. */
    readonly options: { readonly executionSegment: string | null };
    abort(message: string): never;
  };
}

declare module 'k6/crypto' {
  export function sha256(text: string, encoding: 'hex'): string;
}

declare module 'k6/encoding' {
  export function b64encode(text: string, encoding: 'std'): string;
}

declare module 'k6/data' {
  export class SharedArray<T> {
    constructor(name: string, make: () => readonly T[]);
    readonly length: number;
    readonly [index: number]: T;
  }
}

/** Environment variables, and what `-e` sets. */
declare const __ENV: Readonly<Record<string, string | undefined>>;

/** Reads a file when a script is loaded; relative to it. */
declare function open(path: string): string;
