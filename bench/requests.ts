/** @module Requests per second that a server answers, asked from a thread of their own. */

import { Worker } from 'node:worker_threads';

/** What is asked, and what has to come back. */
export type Question = {
  /** Scheme, host and port. */
  readonly origin: string;
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly status: number;
  readonly ms: number;
};

/** @throws {Error} where another status came back: a fast failure is no speed */
export function requestsPerSecond(question: Question): Promise<number> {
  const worker = new Worker(new URL('requests-worker.ts', import.meta.url), {
    workerData: question,
  });
  return new Promise((resolve, reject) => {
    worker.once('message', (perSecond: number) => resolve(perSecond));
    worker.once('error', reject);
  });
}
