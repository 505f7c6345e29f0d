/** @module Queues and buckets, called by messages to their thread: without sockets between, which cost more than they do. */

import { Worker } from 'node:worker_threads';
import type { AwsRequest, AwsResponse } from '../services/aws-http.ts';
import { textOf } from '../services/aws-http.ts';
import { type EngineClient, forwardedHeaders } from './engine-client.ts';
import { gathered } from './gathered.ts';

type Body = string | Uint8Array;

/** A call of the JSON protocol, or of a bucket. */
export type QueueCall = { readonly id: number } & (
  | { readonly target: string; readonly body: Body }
  | {
      readonly method: string;
      readonly path: string;
      readonly headers: Readonly<Record<string, string>>;
      readonly body: Body;
    }
);

/** Or that the clock has moved; with `look`, answered after every message that is due has been given out. */
export type ToQueues =
  | QueueCall
  | { readonly id: number; readonly offset: number; readonly look: boolean };

export type FromQueues = {
  readonly id: number;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Body;
};

/** What comes back: an answer, that the clock was moved, or why not. */
export type Answer =
  | FromQueues
  | { readonly id: number }
  | { readonly id: number; readonly error: string };

type Unnumbered<T> = T extends unknown ? Omit<T, 'id'> : never;

type Waiting = { resolve(answer: never): void; reject(error: Error): void };

const encoder = new TextEncoder();

export class QueuesThread implements EngineClient {
  /** Where it answers HTTP. */
  readonly url: string;
  private readonly worker: Worker;
  private readonly waiting = new Map<number, Waiting>();
  private readonly post: (message: ToQueues) => void;
  private ended: Error | undefined;
  private last = 0;

  private constructor(worker: Worker, url: string) {
    this.worker = worker;
    this.url = url;
    this.post = gathered((messages) => worker.postMessage(messages));
    worker.on('message', (answers: readonly Answer[]) => {
      for (const answer of answers) this.take(answer);
    });
    worker.on('error', (error) => this.end(error as Error));
    worker.on('exit', () => this.end(new Error('the queues have ended')));
  }

  static start(): Promise<QueuesThread> {
    const worker = new Worker(new URL('queues-worker.ts', import.meta.url), { execArgv: [] });
    return new Promise((resolve, reject) => {
      worker.once('message', ({ url }: { url: string }) => resolve(new QueuesThread(worker, url)));
      worker.once('error', reject);
    });
  }

  json(target: string, body: Body, signal?: AbortSignal): Promise<AwsResponse> {
    return this.send({ target, body: textOf(body) }, signal);
  }

  forward({ method, path, headers, body }: AwsRequest): Promise<AwsResponse> {
    return this.send({ method, path, headers: forwardedHeaders(headers), body });
  }

  /** Moves the queues' clock. With `look`, returns when whoever waits for a message that is due has been given it. */
  async follow(offset: number, look = false): Promise<void> {
    await this.call({ offset, look });
  }

  async close(): Promise<void> {
    await this.worker.terminate();
  }

  private take(answer: Answer) {
    const waiter = this.waiting.get(answer.id);
    this.waiting.delete(answer.id);
    if ('error' in answer) waiter?.reject(new Error(answer.error));
    else waiter?.resolve(answer as never);
  }

  private async send(call: Unnumbered<QueueCall>, signal?: AbortSignal): Promise<AwsResponse> {
    const { status, headers, body } = await this.call<FromQueues>(call, signal);
    return { status, headers, body: typeof body === 'string' ? encoder.encode(body) : body };
  }

  private call<T>(message: Unnumbered<ToQueues>, signal?: AbortSignal): Promise<T> {
    this.last += 1;
    const id = this.last;
    return new Promise<T>((resolve, reject) => {
      const waiter = {
        resolve: (answer: T) => {
          signal?.removeEventListener('abort', giveUp);
          resolve(answer);
        },
        reject,
      };
      const giveUp = () => {
        this.waiting.delete(id);
        reject(new Error('the request was given up'));
      };
      if (this.ended !== undefined) return reject(this.ended);
      if (signal?.aborted) return giveUp();
      signal?.addEventListener('abort', giveUp);
      this.waiting.set(id, waiter);
      this.post({ id, ...message } as ToQueues);
    });
  }

  private end(error: Error) {
    this.ended = error;
    for (const { reject } of this.waiting.values()) reject(error);
    this.waiting.clear();
  }
}
