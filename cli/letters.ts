/** @module The dead letters of a deployment, each with what it is and why it is there. */

import type { SQSClient } from '@aws-sdk/client-sqs';
import { type ReceivedLetter, readLetters } from '../adapters/dead-letters.ts';
import type { Outputs } from '../adapters/deployment.ts';
import { type QueueName, queueUrls } from '../adapters/queue-depths.ts';
import { type Diagnosis, diagnose, type Source } from '../domain/dead-letters.ts';

export type Found = ReceivedLetter & Diagnosis & { readonly source: Source };

export const SOURCES: readonly Source[] = ['orders', 'sweeps', 'scheduler'];

export const DLQ_OF: Readonly<Record<Source, QueueName>> = {
  orders: 'ordersDlq',
  sweeps: 'sweepsDlq',
  scheduler: 'schedulerDlq',
};

/** Those that are called without somebody waiting for an answer. */
const CALLED = ['warm', 'open', 'sweep', 'close', 'reconcile', 'import', 'note'];

/** The functions that schedules and buses call, by name: the ARNs that the outputs say, such as `OpenFunctionArn`. */
export function functionsOf(outputs: Outputs): Readonly<Record<string, string>> {
  const given: Readonly<Record<string, string | undefined>> = outputs;
  const found = CALLED.map((name) => {
    const output = `${name.charAt(0).toUpperCase()}${name.slice(1)}FunctionArn`;
    return [name, given[output]] as const;
  });
  return Object.fromEntries(
    found.filter((one): one is readonly [string, string] => one[1] !== undefined),
  );
}

type Wanted = { readonly queue?: Source; readonly as?: string; readonly most: number };

/** Looks into the queues, and leaves all as it is. @throws {Error} naming the output that a deployment lacks */
export async function findLetters(
  sqs: SQSClient,
  outputs: Outputs,
  { queue, as, most }: Wanted,
): Promise<readonly Found[]> {
  const told = { functions: functionsOf(outputs), ...(as !== undefined && { as }) };
  // At once: an empty queue is known to be one only after a second.
  const found = (queue === undefined ? SOURCES : [queue]).map(async (source) => {
    const url = queueUrls(outputs)[DLQ_OF[source]];
    if (url === undefined) {
      throw new Error(
        `Cannot look into the dead letters of ${source}: the outputs do not say where they are; deploy once more`,
      );
    }
    const letters = await readLetters(sqs, url, most);
    return letters.map(
      (letter): Found => ({ ...letter, ...diagnose(source, letter, told), source }),
    );
  });
  return (await Promise.all(found)).flat();
}
