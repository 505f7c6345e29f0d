/** @module Processes that run one bundle each, in the environment of a function. */

import type { HandlerProcess, Order, Report } from './handler-process.ts';
import { startRemote } from './remote.ts';

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
  const module = new URL('handler-process.ts', import.meta.url);
  const remote = await startRemote<HandlerProcess>(module, { args: [bundle], env });
  return {
    pid: remote.pid,
    loadMicros: await remote.call('loadMicros'),
    run: (order) => remote.call('run', order),
    stop: remote.stop,
  };
}
