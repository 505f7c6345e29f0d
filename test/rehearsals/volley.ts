/** @module Many requests at once, from a thread of their own: what attackers are made of. */

import { Worker } from 'node:worker_threads';

/** A request that is written beforehand. */
export type Shot = {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
};

/** What came of it. */
export type Hit = {
  /** 0 when nothing came. */
  readonly status: number;
  /** The problem's code, when it is one. */
  readonly code: string | undefined;
  readonly body: Readonly<Record<string, unknown>>;
  /** Seconds; 0 when nothing was said. */
  readonly retryAfter: number;
  /** The cookie that was set, as a request sends it. */
  readonly cookie: string;
  /** Whether the gate itself answered, so that no origin was asked. */
  readonly isFromGate: boolean;
  /** A script's text; empty for all else. */
  readonly text: string;
};

export type Volley = {
  /** Sends all of them, one volley after the other; answers come in the order of the shots. */
  fire(shots: readonly Shot[]): Promise<readonly Hit[]>;
  close(): Promise<void>;
};

/** @param connections How many requests may be under way at once. */
export function openVolley(site: string, connections = 64): Volley {
  const workerData = { site, connections };
  const worker = new Worker(new URL('volley-worker.ts', import.meta.url), { workerData });
  const ended = new Promise((resolve) => worker.once('exit', resolve));
  let waiting = Promise.withResolvers<readonly Hit[]>();
  let last: Promise<unknown> = Promise.resolve();
  worker.on('error', (cause) =>
    waiting.reject(new Error('Cannot fire: the thread failed', { cause })),
  );
  worker.on('message', (hits: readonly Hit[]) => waiting.resolve(hits));
  const fireAlone = (shots: readonly Shot[]) => {
    waiting = Promise.withResolvers();
    worker.postMessage(shots);
    return waiting.promise;
  };
  return {
    fire(shots) {
      const hits = last.then(() => fireAlone(shots));
      last = hits.catch(() => {});
      return hits;
    },
    close: async () => {
      worker.postMessage('close');
      await ended;
    },
  };
}
