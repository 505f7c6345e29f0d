/** @module The asking side of a measurement, in a thread of its own: requests that differ, and how long each one took. */

import { Worker } from 'node:worker_threads';

/** What is asked, and what has to come back. */
export type Asking = {
  /** Scheme, host and port. */
  readonly origin: string;
  /** Whole requests as they go over the wire. */
  readonly requests: readonly string[];
  /**
   * Whether each is sent once, or all of them again and again, for so many {@link ms}; or all of them once, as long as
   * that takes.
   */
  readonly each: 'once' | 'again' | 'all';
  readonly status: number;
  readonly connections: number;
  /**
   * Whether the asking thread never sleeps, where there is a core for it alone: to wake it costs the server's write more
   * than all else that a short answer takes (30 µs on a virtual machine), so that servers would be measured by how
   * seldom they wake it.
   *
   * @default false
   */
  readonly awake?: boolean;
  readonly ms: number;
};

export type Asked = {
  readonly answered: number;
  /** How long it took from the first question to the last answer. */
  readonly ms: number;
  /** Sorted, in ms. */
  readonly latencies: Float64Array;
};

/** @throws {Error} where another status comes back, a connection ends, or requests that are sent once run out */
export function ask(asking: Asking): Promise<Asked> {
  const worker = new Worker(new URL('asker-worker.ts', import.meta.url), { workerData: asking });
  return new Promise((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', reject);
  });
}

export const perSecond = ({ answered, ms }: Asked): number => (answered / ms) * 1000;

/** @param share 0.95: the latency that 95 of 100 answers did not exceed, in ms */
export const percentile = ({ latencies }: Asked, share: number): number =>
  latencies[Math.min(latencies.length - 1, Math.ceil(latencies.length * share) - 1)] ?? Number.NaN;

/** A request as it goes over the wire, without a body. */
export function requestText(
  method: string,
  path: string,
  headers: Readonly<Record<string, string>>,
): string {
  const length = method === 'POST' ? { 'content-length': '0' } : {};
  const lines = Object.entries({ host: 'shop.example', ...headers, ...length });
  return `${method} ${path} HTTP/1.1\r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`;
}
