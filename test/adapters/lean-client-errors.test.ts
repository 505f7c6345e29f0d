/** @module What AWS refuses is thrown by the lean client as the SDK's client throws it, after as many attempts. */

import { ConditionalCheckFailedException, ScanCommand } from '@aws-sdk/client-dynamodb';
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { CASES, caseOf } from './lean-cases.ts';
import { FAILURES } from './lean-failures.ts';
import {
  clientOf,
  ENVIRONMENT,
  inEnvironment,
  type Kind,
  outcomeOf,
  sendBoth,
} from './lean-pair.ts';
import { OTHER_FAILURES, QUEUE_FAILURES } from './lean-service-failures.ts';
import { type Answer, ok, scriptedAws } from './scripted-aws.ts';

const update = caseOf('UpdateItemCommand');

beforeEach(() => {
  // Retries wait for a random part of their delay.
  jest.spyOn(Math, 'random').mockReturnValue(0);
});
afterEach(() => {
  jest.restoreAllMocks();
});

async function expectAlike(of: typeof update, answer: Answer, asked: number) {
  const { sdk, lean } = await sendBoth(of.service, of.command, [answer]);
  expect(sdk.error).toBeDefined();
  expect(lean.error).toStrictEqual(sdk.error);
  expect([sdk.asked.length, lean.asked.length]).toEqual([asked, asked]);
}

describe('leanClient(), refused', () => {
  test.each(FAILURES)('throws what the SDK throws: $name, asked $asked times', async (failure) => {
    await expectAlike(update, failure.answer, failure.asked);
  });

  test.each(QUEUE_FAILURES)('throws what the SDK throws of SQS: $name', async (failure) => {
    await expectAlike(caseOf('SendMessageCommand'), failure.answer, failure.asked);
  });

  test.each(OTHER_FAILURES)('throws what the SDK throws: $service, $name', async (failure) => {
    const of = CASES.find(({ name }) => name === failure.service);
    await expectAlike(of ?? update, failure.answer, failure.asked);
  });

  test('throws a failed condition as its class, with the item as it was', async () => {
    const failed = FAILURES[0]!.answer;
    const { lean } = await sendBoth(update.service, update.command, [failed]);
    expect(lean.error).toMatchObject({
      class: ConditionalCheckFailedException,
      name: 'ConditionalCheckFailedException',
      members: {
        $fault: 'client',
        $metadata: { httpStatusCode: 400, requestId: 'R9', attempts: 1 },
        Item: { holder: { B: new Uint8Array([0, 1, 254, 255]) } },
      },
    });
  });

  test.each(FAILURES.filter(({ asked }) => asked === 2))(
    'answers at the second attempt: $name',
    async ({ answer }) => {
      const { sdk, lean } = await sendBoth(update.service, update.command, [answer, ok()]);
      expect(lean.output).toStrictEqual(sdk.output);
      expect(lean.output).toMatchObject({ $metadata: { attempts: 2, httpStatusCode: 200 } });
    },
  );

  test.each([
    ['Retry-After', { 'retry-after': '1' }, 1000],
    ['X-Amz-Retry-After', { 'x-amz-retry-after': '400' }, 400],
  ])('waits as long as %s says before it asks again, as the SDK does', async (_, headers, ms) => {
    const throttled = { status: 503, headers, body: '{}' };
    const { sdk, lean } = await sendBoth(update.service, update.command, [throttled, ok()]);
    for (const { asked } of [sdk, lean]) {
      const [first, second] = asked;
      // A timer may come a millisecond early by another clock.
      expect(second!.at - first!.at).toBeGreaterThan(ms - 50);
    }
  });

  test.each(CASES)('waits as long as the SDK before it sends $name again', async (one) => {
    jest.spyOn(Math, 'random').mockReturnValue(0.5);
    const { sdk, lean } = await sendBoth(one.service, one.command, [{ status: 500 }, ok()]);
    expect(lean.waitedMs).toBe(sdk.waitedMs);
    expect(lean.waitedMs).toBeGreaterThan(0);
  });

  test('has no more attempts than the bucket of retries gives, and refills it as the SDK does', async () => {
    const attemptsOf = async (kind: Kind) => {
      const aws = await scriptedAws(({ body }) => (body.includes('good') ? ok() : { status: 500 }));
      try {
        return await inEnvironment({ ...ENVIRONMENT, AWS_ENDPOINT_URL: aws.url }, async () => {
          const client = clientOf(kind, 'dynamoDb');
          const attempts: number[] = [];
          // 500 tokens, 14 for each retry: the bucket is empty after 35.
          for (const table of [...Array(40).fill('bad'), ...Array(10).fill('good'), 'bad', 'bad']) {
            const before = aws.asked.length;
            await outcomeOf(client.send(new ScanCommand({ TableName: table })));
            attempts.push(aws.asked.length - before);
          }
          return attempts;
        });
      } finally {
        await aws.close();
      }
    };
    const lean = await attemptsOf('lean');
    expect(lean).toEqual(await attemptsOf('sdk'));
    expect(lean.slice(33, 37)).toEqual([2, 2, 1, 1]);
    expect(lean.slice(-2)).toEqual([2, 1]);
  });
});
