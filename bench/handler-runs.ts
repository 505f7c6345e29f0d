/** @module Processes that run one bundle each, in the environment of a function. */

import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const PROCESS = fileURLToPath(new URL('handler-process.ts', import.meta.url));

/** Requests that are made again and again for so long, and at least once. All must be answered with the status. */
export type Order = {
  readonly events: readonly object[];
  readonly ms: number;
  readonly status: number;
};

/** How many calls there were, what all of them together took of the processor, in µs, and each of them by the clock, in ms. */
export type Report = {
  readonly calls: number;
  readonly micros: number;
  readonly tookMs: readonly number[];
};

export type Running = {
  readonly pid: number;
  /** What `require` took of the processor, in µs. */
  readonly loadMicros: number;
  /** @throws {Error} where a request is answered otherwise than ordered */
  run(order: Order): Promise<Report>;
  /** Ends the process, and waits until it is gone. */
  stop(): Promise<void>;
};

/** Starts a process, and loads a bundle in it. */
export async function runBundle(
  bundle: string,
  env: Readonly<Record<string, string>>,
): Promise<Running> {
  // Its log is nobody's business, unless it fails.
  const child = fork(PROCESS, [bundle], {
    env,
    execArgv: [],
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  const errors: string[] = [];
  child.stderr?.on('data', (chunk) => errors.push(String(chunk)));
  const next = () => nextReport(child, errors);
  const { micros: loadMicros } = await next();
  return {
    pid: child.pid ?? 0,
    loadMicros,
    run(order) {
      child.send(order);
      return next();
    },
    async stop() {
      const gone = once(child, 'close');
      if (child.kill()) await gone;
    },
  };
}

function nextReport(child: ChildProcess, errors: readonly string[]): Promise<Report> {
  return new Promise((resolve, reject) => {
    const ended = () => reject(new Error(`Cannot measure a bundle: ${errors.join('').trim()}`));
    child.once('close', ended);
    child.once('message', (report: Report) => {
      child.off('close', ended);
      resolve(report);
    });
  });
}
