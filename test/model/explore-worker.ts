/** @module One configuration, explored in a thread of its own. */

import { parentPort, workerData } from 'node:worker_threads';
import { CONFIGURATIONS } from './configurations.ts';
import { explore } from './explorer.ts';
import { traceOf } from './trace.ts';

/** What the thread answers. */
export type Reply = {
  readonly states: number;
  readonly stores: number;
  /** The way to a flaw, line by line; nothing where there is none. */
  readonly trace: readonly string[];
};

/** Far above what any configuration has; whoever adds a larger one sees it end. */
const MOST_STATES = 40_000_000;

const config = CONFIGURATIONS.find(({ name }) => name === workerData);
if (config === undefined) throw new RangeError(`Cannot explore "${workerData}": it is unknown`);
const { states, stores, flaw } = await explore(config, MOST_STATES);
const reply: Reply = { states, stores, trace: flaw ? traceOf(flaw) : [] };
parentPort?.postMessage(reply);
