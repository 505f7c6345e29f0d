import { describe, expect, test } from '@jest/globals';
import { http } from '../../lambdas/http.ts';
import { problem } from '../../lambdas/problem.ts';
import { answer, aRequest, written } from './requests.ts';

const fails = http(async () => {
  throw Object.assign(new Error('no answer'), { name: 'TimeoutError' });
});

describe('http()', () => {
  test('counts what fails, and why AWS throttles', async () => {
    const throttled = http(async () => {
      throw Object.assign(new Error('slow down'), { name: 'ThrottlingException' });
    });
    const lines = await written('stdout', async () => {
      await written('error', () => answer(fails, aRequest()));
      await written('error', () => answer(throttled, aRequest()));
    });
    expect(lines).toMatchObject([
      { Failed: 1 },
      { Failed: 1 },
      { Throttled: 1, Reason: 'ThrottlingException' },
    ]);
  });

  test('answers a reply as JSON that no cache keeps', async () => {
    const handler = http(async () => ({ statusCode: 201, body: { a: 1 } }));
    expect(await answer(handler, aRequest())).toEqual({
      statusCode: 201,
      headers: { 'cache-control': 'no-store', 'content-type': 'application/json' },
      body: '{"a":1}',
    });
  });

  test('answers without a body, and with headers of its own', async () => {
    const headers = { 'set-cookie': 'a=b', 'cache-control': 'max-age=1' };
    const handler = http(async () => ({ statusCode: 204, headers }));
    expect(await answer(handler, aRequest())).toEqual({ statusCode: 204, headers, body: '' });
  });

  test('answers a problem as a problem document', async () => {
    const handler = http(async () => problem('sold-out', 'Gone'));
    expect(await answer(handler, aRequest())).toMatchObject({
      statusCode: 409,
      headers: { 'content-type': 'application/problem+json' },
    });
  });

  test('hands over header names in lower case', async () => {
    const handler = http(async ({ headers }) => ({ statusCode: 200, body: headers }));
    const { body } = await answer(handler, aRequest({ headers: { 'X-Ticket': 't', COOKIE: 'c' } }));
    expect(JSON.parse(body)).toEqual({ 'x-ticket': 't', cookie: 'c' });
  });

  test('gives the id of the transaction back with each answer, whatever it is', async () => {
    const headers = { 'X-Transaction-Id': 't-1' };
    const right = http(async () => ({ statusCode: 204 }));
    const refused = http(async () => problem('busy', 'x'));
    for (const handler of [right, refused]) {
      const named = { 'x-transaction-id': 't-1' };
      expect((await answer(handler, aRequest({ headers }))).headers).toMatchObject(named);
      expect((await answer(handler, aRequest())).headers).not.toHaveProperty('x-transaction-id');
    }
    await written('error', async () => {
      const { headers: named } = await answer(fails, aRequest({ headers }));
      expect(named).toMatchObject({ 'x-transaction-id': 't-1' });
    });
  });

  test('answers unavailable where something is thrown, and says nothing of it', async () => {
    await written('error', async () => {
      const { statusCode, headers, body } = await answer(fails, aRequest());
      expect(statusCode).toBe(503);
      expect(JSON.parse(body)).toMatchObject({ code: 'unavailable', status: 503 });
      expect(body).not.toContain('no answer');
      // Once each: a second content-type under another case would win at API Gateway.
      const names = Object.entries(headers ?? {}).map(([name, value]) => `${name}: ${value}`);
      expect(names.map((line) => line.toLowerCase()).toSorted()).toEqual([
        ...['cache-control: no-store', 'content-type: application/problem+json', 'retry-after: 1'],
      ]);
    });
  });

  test('logs what is thrown once, and neither cookies, tickets nor bodies', async () => {
    const headers = {
      cookie: 'fs_session=secret',
      'x-ticket': 'secret',
      'x-transaction-id': 't-1',
    };
    const lines = await written('error', () =>
      answer(fails, aRequest({ headers, body: 'secret', queryStringParameters: { a: 'secret' } })),
    );
    expect(lines).toEqual([
      {
        ...{ message: 'Cannot answer a request', error: 'TimeoutError', why: 'no answer' },
        ...{ stack: expect.stringContaining('http.test.ts'), transaction: 't-1' },
        route: '/api/orders/{orderId}',
      },
    ]);
    expect(JSON.stringify(lines)).not.toContain('secret');
  });

  test('bears a request without headers', async () => {
    const handler = http(async () => ({ statusCode: 204 }));
    const response = await answer(handler, aRequest({ headers: null as never }));
    expect(response.statusCode).toBe(204);
  });
});
