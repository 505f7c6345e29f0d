/** @module What every function behind a queue has in common: what failed comes again, and nothing else does. */

import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { emit } from '../adapters/metrics.ts';
import { systemClock } from '../adapters/system-clock.ts';

/** A message that could not be read is a failure too: after some tries it lies in the dead-letter queue. */
type Parsed<M> = { readonly id: string; readonly message: M | undefined };

/**
 * Turns a use case into a function.
 *
 * @param run answers for each message, in order, why it failed, or nothing
 */
export const batch =
  <M>(run: (messages: readonly M[]) => Promise<readonly (Error | undefined)[]>) =>
  async ({ Records }: SQSEvent): Promise<SQSBatchResponse> => {
    const parsed = Records.map(({ messageId, body }) => ({
      id: messageId,
      message: parse<M>(body),
    }));
    const readable = parsed.filter(isReadable);
    const failures = await run(readable.map(({ message }) => message));
    const failed = [
      ...parsed
        .filter((one) => !isReadable(one))
        .map(({ id }) => [id, 'it is no JSON message'] as const),
      ...readable.flatMap(({ id }, index) => {
        const failure = failures[index];
        return failure === undefined ? [] : [[id, failure.message] as const];
      }),
    ];
    for (const [messageId, why] of failed) {
      console.error(JSON.stringify({ message: 'Cannot handle a message', messageId, why }));
    }
    // The invocation itself succeeds: Lambda counts no error.
    if (failed.length > 0) emit({}, { Failed: failed.length }, systemClock());
    return { batchItemFailures: failed.map(([itemIdentifier]) => ({ itemIdentifier })) };
  };

const isReadable = <M>(one: Parsed<M>): one is { id: string; message: M } =>
  one.message !== undefined;

function parse<M>(body: string): M | undefined {
  try {
    // `null` is JSON too, and no message.
    return (JSON.parse(body) as M | null) ?? undefined;
  } catch {
    return undefined;
  }
}
