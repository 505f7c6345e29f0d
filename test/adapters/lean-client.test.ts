/**
 * @module
 * The lean client is held to what the SDK's own client does with the same settings: the same request, to the byte, and the
 * same answer. What it calls of the SDK are inner interfaces. Where a version of the SDK moves them, it fails here.
 */

import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { CASES, caseOf } from './lean-cases.ts';
import { commandsOfFunctions } from './lean-commands.ts';
import { ENVIRONMENT, send, sendBoth } from './lean-pair.ts';
import { ok } from './scripted-aws.ts';

/**
 * Headers in which the two differ: the lean client names itself shortly, and tells of attempts only from the second on.
 * The signature covers the time, and is recomputed in `lean-client-signature.test.ts`.
 */
const OWN = ['user-agent', 'x-amz-user-agent', 'amz-sdk-invocation-id', 'amz-sdk-request'];
const OF_THE_TIME = ['authorization', 'x-amz-date'];

/** Each client has a connection of its own. */
const ELSEWHERE = { at: 0, from: '' };

const alike = (headers: Readonly<Record<string, string>>) =>
  Object.fromEntries(
    Object.entries(headers).filter(([name]) => ![...OWN, ...OF_THE_TIME].includes(name)),
  );

beforeEach(() => {
  // Retries wait for a random part of their delay.
  jest.spyOn(Math, 'random').mockReturnValue(0);
});
afterEach(() => {
  jest.restoreAllMocks();
});

describe('leanClient()', () => {
  test('has a case here for each command that a function sends through it', () => {
    expect([...commandsOfFunctions()].sort()).toEqual(CASES.map(({ name }) => name).sort());
  });

  test.each(CASES)(
    'sends and reads $name as the SDK does',
    async ({ service, command, answer }) => {
      const headers = { 'x-amzn-requestid': 'R1', 'x-amz-id-2': 'I2', 'x-amz-crc32': '1' };
      const { sdk, lean } = await sendBoth(service, command, [ok(answer, headers)]);
      expect(sdk.output).toMatchObject({ $metadata: { httpStatusCode: 200, requestId: 'R1' } });
      expect(lean.output).toStrictEqual(sdk.output);
      expect(
        lean.asked.map((one) => ({ ...one, ...ELSEWHERE, headers: alike(one.headers) })),
      ).toEqual(sdk.asked.map((one) => ({ ...one, ...ELSEWHERE, headers: alike(one.headers) })));
    },
  );

  test.each([
    ['an empty body', ''],
    ['an answer without members', '{}'],
    ['members that nobody knows', '{"New":{"B":"AQ=="},"Attributes":{"a":{"NEW":"1"}}}'],
    ['members that are null', '{"Attributes":null,"ConsumedCapacity":null}'],
  ])('reads %s as the SDK does', async (_, body) => {
    const { service, command } = caseOf('UpdateItemCommand');
    const { sdk, lean } = await sendBoth(service, command, [ok(body)]);
    expect(sdk.output).toBeDefined();
    expect(lean.output).toStrictEqual(sdk.output);
  });

  test('passes on the trace of an invocation, another one at each, and none outside of Lambda', async () => {
    const { service, command, answer } = caseOf('PutItemCommand');
    const traceOf = async (variables: Readonly<Record<string, string>>) => {
      const { sdk, lean } = await sendBoth(service, command, [ok(answer)], {
        ...ENVIRONMENT,
        ...variables,
      });
      return [sdk, lean].map(({ asked }) => asked[0]?.headers['x-amzn-trace-id']);
    };
    const inLambda = { AWS_LAMBDA_FUNCTION_NAME: 'Buy' };
    expect(await traceOf({ ...inLambda, _X_AMZN_TRACE_ID: 'Root=1-1' })).toEqual(
      Array(2).fill('Root=1-1'),
    );
    expect(await traceOf({ ...inLambda, _X_AMZN_TRACE_ID: 'Root=1-2' })).toEqual(
      Array(2).fill('Root=1-2'),
    );
    expect(await traceOf({ _X_AMZN_TRACE_ID: 'Root=1-3' })).toEqual([undefined, undefined]);
    expect(await traceOf({ ...inLambda, _X_AMZN_TRACE_ID: '' })).toEqual([undefined, undefined]);
  });

  test('names itself, and says which attempt it is from the second one on', async () => {
    const { service, command } = caseOf('PutItemCommand');
    const { asked } = await send('lean', service, command, [{ status: 500 }, ok()]);
    expect(asked.map(({ headers }) => [headers['user-agent'], headers['amz-sdk-request']])).toEqual(
      [
        ['flash-sale', undefined],
        ['flash-sale', 'attempt=2; max=2'],
      ],
    );
  });
});
