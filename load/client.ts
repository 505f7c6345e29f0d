/** @module HTTP as a crowd of browsers does it: many connections that stay open, no more than so many at once. */

import { Agent } from 'undici';
import { BROWSER } from './browser.ts';

/** What a request is for: the cost of each kind is different. */
export type Purpose =
  | 'time'
  | 'session'
  | 'challenge'
  | 'ticket'
  | 'flag'
  | 'buy'
  | 'order'
  | 'checkout'
  | 'provider';

/** What came back. */
export type Reply = {
  /** 0 when nothing came. */
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** The JSON object of the body; empty when it is none. */
  readonly body: Readonly<Record<string, unknown>>;
  readonly text: string;
  /** `performance.now()` when the request was written, not when it was decided on. */
  readonly askedMs: number;
  readonly tookMs: number;
  /** Whether it was asked at all. */
  readonly wasSent: boolean;
};

/** No answer. */
const SILENCE = { status: 0, headers: {}, body: {}, text: '', wasSent: true } as const;

type Ask = {
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Asked once its turn has come: a request that became pointless in line is not sent. */
  readonly isStale?: () => boolean;
};

export type Traffic = {
  readonly requests: Readonly<Record<Purpose, number>>;
  /** Bytes of bodies that came back. */
  readonly bytes: number;
};

export type Client = {
  /** Asks the site, or another origin when the path is a whole address. Never throws: no answer is status 0. */
  ask(purpose: Purpose, method: 'GET' | 'POST', path: string, ask?: Ask): Promise<Reply>;
  traffic(): Traffic;
  close(): Promise<void>;
};

/** Longer than the API's own limit of 29 s would only keep a dead connection. */
const TIMEOUT_MS = 30_000;

/** @param connections How many requests may be under way at once. */
export function openClient(site: string, connections: number): Client {
  const agent = new Agent({
    connections,
    pipelining: 1,
    headersTimeout: TIMEOUT_MS,
    bodyTimeout: TIMEOUT_MS,
  });
  const turn = turnstile(connections);
  const requests = {
    time: 0,
    session: 0,
    challenge: 0,
    ticket: 0,
    flag: 0,
    buy: 0,
    order: 0,
    checkout: 0,
    provider: 0,
  };
  let bytes = 0;
  const send: Client['ask'] = async (purpose, method, path, ask = {}) => {
    const askedMs = performance.now();
    const took = () => performance.now() - askedMs;
    if (ask.isStale?.()) return { ...SILENCE, wasSent: false, askedMs, tookMs: 0 };
    requests[purpose] += 1;
    try {
      const url = new URL(path, site);
      const answer = await agent.request({
        origin: url.origin,
        path: url.pathname + url.search,
        method,
        headers: { 'user-agent': BROWSER, ...ask.headers },
        ...(ask.body !== undefined && { body: ask.body }),
      });
      const text = await answer.body.text();
      bytes += text.length;
      const { statusCode: status, headers } = answer;
      const body = objectIn(text);
      return { status, headers, body, text, askedMs, tookMs: took(), wasSent: true };
    } catch {
      return { ...SILENCE, askedMs, tookMs: took() };
    }
  };
  return {
    ask: (...asked) => turn(() => send(...asked)),
    traffic: () => ({ requests: { ...requests }, bytes }),
    close: () => agent.close(),
  };
}

/** Lets so many through at once; the others wait in line. */
function turnstile(places: number) {
  let free = places;
  const line: (() => void)[] = [];
  return async <T>(run: () => Promise<T>): Promise<T> => {
    if (free > 0) free -= 1;
    else await new Promise<void>((come) => line.push(come));
    try {
      return await run();
    } finally {
      const next = line.shift();
      if (next === undefined) free += 1;
      else next();
    }
  };
}

function objectIn(text: string): Readonly<Record<string, unknown>> {
  if (!text.startsWith('{')) return {};
  try {
    return JSON.parse(text) as Readonly<Record<string, unknown>>;
  } catch {
    return {};
  }
}
