import { describe, expect, test } from '@jest/globals';
import type { SQSEvent } from 'aws-lambda';
import { batch } from '../../lambdas/batch.ts';
import { scheduled } from '../../lambdas/scheduled.ts';
import { written } from './requests.ts';

const anEvent = (...bodies: string[]) =>
  ({ Records: bodies.map((body, index) => ({ messageId: `m${index}`, body })) }) as SQSEvent;

/** Fails messages that say so. */
const handler = batch<{ fails?: string }>(async (messages) =>
  messages.map(({ fails }) => (fails === undefined ? undefined : new Error(fails))),
);

const failedOf = async (event: SQSEvent) => {
  let failed: string[] = [];
  const lines = await written('error', async () => {
    const { batchItemFailures } = await handler(event);
    failed = batchItemFailures.map(({ itemIdentifier }) => itemIdentifier);
  });
  return { failed, lines };
};

describe('batch()', () => {
  test('fails nothing where all is well', async () => {
    expect(await failedOf(anEvent('{}', '{}'))).toEqual({ failed: [], lines: [] });
  });

  test('names the messages that failed and no others, and says why', async () => {
    const { failed, lines } = await failedOf(anEvent('{}', '{"fails":"no answer"}', '{}'));
    expect(failed).toEqual(['m1']);
    const line = { message: 'Cannot handle a message', messageId: 'm1', why: 'no answer' };
    expect(lines).toEqual([line]);
  });

  test('counts the messages that failed, for to Lambda the invocation went well', async () => {
    const run = (...bodies: string[]) =>
      written('stdout', () => written('error', () => handler(anEvent(...bodies))));
    expect(await run('{}', 'x', '{"fails":"no answer"}')).toMatchObject([{ Failed: 2 }]);
    expect(await run('{}')).toEqual([]);
  });

  test.each(['', 'not json', 'null'])('fails a message of %p alone', async (body) => {
    const { failed, lines } = await failedOf(anEvent('{"fails":"x"}', body, '{}'));
    expect(failed.toSorted()).toEqual(['m0', 'm1']);
    expect(lines).toHaveLength(2);
  });

  test('hands nothing but messages over, in their order', async () => {
    const seen: unknown[] = [];
    await written('error', () =>
      batch(async (messages) => {
        seen.push(...messages);
        return [];
      })(anEvent('{"a":1}', 'x', '{"a":2}')),
    );
    expect(seen).toEqual([{ a: 1 }, { a: 2 }]);
  });
});

describe('scheduled()', () => {
  const echo = scheduled(async ({ saleId }) => saleId);

  test('hands over what the schedule says', async () => {
    expect(await echo({ saleId: 'night' })).toBe('night');
  });

  test.each([undefined, null, {}, { saleId: 7 }])('refuses %p, naming it', async (input) => {
    await expect(echo(input as never)).rejects.toThrow(
      `Cannot run a schedule: its input ${JSON.stringify(input)} has no "saleId"`,
    );
  });
});
