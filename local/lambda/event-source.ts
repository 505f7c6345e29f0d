/** @module A queue that feeds a function: pollers, batches, partial failures. */

import type { VirtualClock } from '../clock.ts';
import type { EngineClient } from '../engines/engine-client.ts';
import type { Faults } from '../faults.ts';
import type { SourceSpec } from '../inventory.ts';
import { textOf } from '../services/aws-http.ts';
import type { LambdaFunction } from './lambda-function.ts';
import type { Outcome } from './outcome.ts';
import { type ReceivedMessage, recordOf } from './queue-record.ts';

export type EventSourceOptions = {
  readonly spec: SourceSpec;
  readonly fn: LambdaFunction;
  readonly queues: EngineClient;
  readonly queueUrl: string;
  readonly visibilityMs: number;
  readonly clock: VirtualClock;
  readonly faults: Faults;
  /** Returns when the queue has given out what is due by now. */
  readonly deliverDue: () => Promise<void>;
};

/** Lambda starts with 5 and adds more; 5 of ours fall behind a busy queue, 10 do not. */
const POLLERS = 10;

/** Messages that one call to SQS gives at most. */
const RECEIVE_LIMIT = 10;

export class EventSource {
  readonly queueUrl: string;
  private readonly options: EventSourceOptions;
  private readonly stopping = new AbortController();
  /** Messages that failed and are not visible yet, or are with the function, or wait for virtual time. */
  hidden = 0;
  private working = 0;
  private pollers: Promise<void>[] = [];

  constructor(options: EventSourceOptions) {
    this.options = options;
    this.queueUrl = options.queueUrl;
  }

  /** Whether a batch is being handled. */
  get isBusy(): boolean {
    return this.working > 0;
  }

  start() {
    const { maxConcurrency = POLLERS } = this.options.spec;
    const count = Math.min(POLLERS, maxConcurrency);
    this.pollers = Array.from({ length: count }, () => this.poll());
  }

  async stop() {
    this.stopping.abort();
    await Promise.all(this.pollers);
  }

  private async poll() {
    while (!this.stopping.signal.aborted) {
      const messages = await this.receive(this.options.spec.batchSize, 20);
      if (messages.length === 0) continue;
      this.working += 1;
      await this.work(messages).catch(() => {});
      this.working -= 1;
    }
  }

  private async work(first: readonly ReceivedMessage[]) {
    const batch = await this.fill(first);
    const { faults, clock, spec } = this.options;
    const fault = faults.forPoll(spec.queueArn.split(':').at(-1) ?? '', batch.length);
    if (fault?.action === 'delay') {
      // The virtual clock stops where they become visible again, should that be before they are delivered.
      clock.after(this.options.visibilityMs, this.options.deliverDue);
      const ms = fault.ms ?? 1000;
      await this.aside(batch, () => new Promise<void>((resolve) => clock.after(ms, resolve)));
    }
    const messages = fault?.action === 'reverse' ? [...batch].reverse() : batch;
    if (fault?.action === 'duplicate') await this.deliver(messages);
    const failed = await this.deliver(messages);
    await this.settle(messages, failed);
  }

  /** Waits for more messages, as long as the batching window says. */
  private async fill(first: readonly ReceivedMessage[]): Promise<ReceivedMessage[]> {
    const { batchSize, windowMs } = this.options.spec;
    const batch = [...first];
    const deadline = this.options.clock.now() + windowMs;
    while (batch.length < batchSize && this.options.clock.now() < deadline) {
      const more = await this.receive(batchSize - batch.length, 1);
      batch.push(...more);
    }
    return batch;
  }

  /** Waits for what says itself whether it is busy: meanwhile these messages keep the source from nothing. */
  private async aside<T>(messages: readonly ReceivedMessage[], run: () => Promise<T>): Promise<T> {
    this.working -= 1;
    this.hidden += messages.length;
    try {
      return await run();
    } finally {
      this.hidden -= messages.length;
      this.working += 1;
    }
  }

  /** Returns the ids of the messages that failed. */
  private async deliver(messages: readonly ReceivedMessage[]): Promise<ReadonlySet<string>> {
    const { fn, spec } = this.options;
    const event = { Records: messages.map((one) => recordOf(one, spec.queueArn)) };
    const outcome = await this.aside(messages, () => fn.invoke(event));
    return failuresOf(outcome, messages, spec.partialFailures);
  }

  private async settle(messages: readonly ReceivedMessage[], failed: ReadonlySet<string>) {
    const done = messages.filter(({ MessageId }) => !failed.has(MessageId));
    for (let at = 0; at < done.length; at += RECEIVE_LIMIT) {
      await this.delete(done.slice(at, at + RECEIVE_LIMIT));
    }
    const hidden = messages.length - done.length;
    if (hidden === 0) return;
    this.hidden += hidden;
    // The virtual clock stops where they become visible again.
    this.options.clock.after(this.options.visibilityMs, async () => {
      this.hidden -= hidden;
      await this.options.deliverDue();
    });
  }

  private async delete(messages: readonly ReceivedMessage[]) {
    const Entries = messages.map(({ ReceiptHandle }, at) => ({ Id: `${at}`, ReceiptHandle }));
    await this.call('DeleteMessageBatch', { QueueUrl: this.queueUrl, Entries });
  }

  private async receive(wanted: number, WaitTimeSeconds: number): Promise<ReceivedMessage[]> {
    const request = {
      QueueUrl: this.queueUrl,
      MaxNumberOfMessages: Math.min(wanted, RECEIVE_LIMIT),
      WaitTimeSeconds,
      MessageSystemAttributeNames: ['All'],
      MessageAttributeNames: ['All'],
    };
    try {
      const { Messages = [] } = await this.call<{ Messages?: ReceivedMessage[] }>(
        'ReceiveMessage',
        request,
      );
      return Messages;
    } catch (error) {
      if (this.stopping.signal.aborted) return [];
      throw error;
    }
  }

  private async call<T>(operation: string, request: object): Promise<T> {
    const { queues } = this.options;
    const { signal } = this.stopping;
    const { body } = await queues.json(`AmazonSQS.${operation}`, JSON.stringify(request), signal);
    return JSON.parse(textOf(body) || '{}') as T;
  }
}

type BatchResponse = {
  readonly batchItemFailures?: readonly { readonly itemIdentifier: string }[];
};

function failuresOf(
  outcome: Outcome,
  messages: readonly ReceivedMessage[],
  partialFailures: boolean,
): ReadonlySet<string> {
  const all = new Set(messages.map(({ MessageId }) => MessageId));
  if (outcome.kind !== 'returned') return all;
  if (!partialFailures) return new Set();
  const { batchItemFailures = [] } = (outcome.value ?? {}) as BatchResponse;
  const failed = new Set(batchItemFailures.map(({ itemIdentifier }) => itemIdentifier));
  // Lambda takes an id that it does not know for a failure of the whole batch.
  return [...failed].every((id) => all.has(id)) ? failed : all;
}
