/** @module The crowd, from outside its thread. */

import { Worker } from 'node:worker_threads';
import type { Act, CrowdLog, CrowdPlan, Progress } from './crowd.ts';

/** A crowd in a thread of its own. One act at a time. */
export type CrowdThread = {
  act(act: Act): Promise<void>;
  log(): Promise<CrowdLog>;
  close(): Promise<void>;
};

/** What the thread says. */
export type Message =
  | { readonly kind: 'progress'; readonly progress: Progress }
  | { readonly kind: 'done' }
  | { readonly kind: 'log'; readonly log: CrowdLog }
  | { readonly kind: 'failed'; readonly why: string };

/** @param onProgress Called several times a second while an act lasts, and at its end. */
export function startCrowd(
  plan: CrowdPlan,
  onProgress: (progress: Progress) => void = () => {},
): CrowdThread {
  const worker = new Worker(new URL('crowd-worker.ts', import.meta.url), { workerData: plan });
  const ended = new Promise((resolve) => worker.once('exit', resolve));
  let waiting = Promise.withResolvers<CrowdLog | undefined>();
  worker.on('error', (cause) =>
    waiting.reject(new Error('Cannot go on with the crowd: its thread failed', { cause })),
  );
  worker.on('message', (message: Message) => {
    switch (message.kind) {
      case 'progress':
        return onProgress(message.progress);
      case 'failed':
        return waiting.reject(new Error(message.why));
      case 'done':
        return waiting.resolve(undefined);
      case 'log':
        return waiting.resolve(message.log);
    }
  });
  const ask = (question: Act | 'log') => {
    waiting = Promise.withResolvers();
    worker.postMessage(question);
    return waiting.promise;
  };
  return {
    act: async (act) => void (await ask(act)),
    log: async () => (await ask('log')) as CrowdLog,
    close: async () => {
      worker.postMessage('close');
      await ended;
    },
  };
}
