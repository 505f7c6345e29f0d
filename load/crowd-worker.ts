/** @module The crowd's own thread: it must not share an event loop with the sale that it measures. */

import { parentPort, workerData } from 'node:worker_threads';
import { type Act, type CrowdPlan, gatherCrowd } from './crowd.ts';
import type { Message } from './crowd-thread.ts';

/** How often the other side hears how far the crowd is. */
const TELL_EVERY_MS = 200;

const crowd = gatherCrowd(workerData as CrowdPlan);
const tell = (message: Message) => parentPort?.postMessage(message);
const tellProgress = () => tell({ kind: 'progress', progress: crowd.progress() });

async function perform(act: Act): Promise<void> {
  const telling = setInterval(tellProgress, TELL_EVERY_MS);
  try {
    await crowd.act(act);
    tellProgress();
    tell({ kind: 'done' });
  } catch (error) {
    tell({ kind: 'failed', why: (error as Error).message });
  } finally {
    clearInterval(telling);
  }
}

async function close(): Promise<void> {
  await crowd.close();
  parentPort?.close();
}

parentPort?.on('message', (message: Act | 'log' | 'close') => {
  if (message === 'log') tell({ kind: 'log', log: crowd.log() });
  else void (message === 'close' ? close() : perform(message));
});
