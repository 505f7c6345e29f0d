import { describe, expect, test } from '@jest/globals';
import { releaseTime, stopTime } from '../support/still-time.ts';
import { startServiceStack } from './support/service-stack.ts';
import { startSiteStack } from './support/site-stack.ts';

describe('options of startLocalStack()', () => {
  test('requestsPerEnvironment 1: each request at the same time has an environment of its own', async () => {
    const stack = await startSiteStack({ requestsPerEnvironment: 1 });
    const slow = [1, 2, 3].map(() => fetch(`${stack.siteUrl}/api/slow`));
    const count = () => stack.requests.functions['Answer'];
    while (count()?.invocations !== 3) await new Promise((next) => setTimeout(next, 5));
    expect(count()).toMatchObject({ coldStarts: 3 });
    await stack.clock.advance(5000);
    await Promise.all(slow);
    await stack.stop();
  }, 30_000);

  test('dynamodbEndpoint: tables are made there', async () => {
    const other = await startServiceStack();
    await expect(startServiceStack({ dynamodbEndpoint: other.stack.awsUrl })).rejects.toThrow(
      'Cannot create table "things"',
    );
    await other.stack.stop();
  }, 30_000);

  test('keyValueStoreDelayMs: the edge sees a change later than the data API', async () => {
    const stack = await startSiteStack({ keyValueStoreDelayMs: 30_000 });
    const stored = async () => {
      const response = await fetch(`${stack.siteUrl}/api/time`);
      return ((await response.json()) as { stored: unknown }).stored;
    };
    const url = `${stack.awsUrl}/key-value-stores/${encodeURIComponent(stack.outputs['Store'] ?? '')}`;
    const etag = (await fetch(url)).headers.get('etag') ?? '';
    const put = await fetch(`${url}/keys/k`, {
      method: 'PUT',
      headers: { 'if-match': etag },
      body: JSON.stringify({ Value: '{"a":1}' }),
    });
    expect(put.status).toBe(200);
    expect(await stored()).toBeNull();
    await stack.clock.advance(30_000);
    expect(await stored()).toEqual({ a: 1 });
    await stack.stop();
  }, 30_000);

  test('viewer: what CloudFront says of the viewer', async () => {
    const stack = await startSiteStack({ viewer: { 'cloudfront-viewer-country': 'JP' } });
    const response = await fetch(`${stack.siteUrl}/api/time`);
    expect(await response.json()).toMatchObject({ country: 'JP' });
    await stack.stop();
  }, 30_000);

  test('throttles: without them a method is asked as often as somebody likes', async () => {
    const statuses = async (throttles?: boolean) => {
      const stack = await startSiteStack(throttles === undefined ? {} : { throttles });
      const asked = [1, 2, 3].map(() => fetch(`${stack.siteUrl}/api/a/deep`));
      const answers = await Promise.all(asked);
      await stack.stop();
      return answers.map(({ status }) => status).sort();
    };
    // On a machine that stalls, a second would pass between two requests.
    stopTime();
    try {
      expect(await statuses()).toEqual([200, 200, 429]);
      expect(await statuses(false)).toEqual([200, 200, 200]);
    } finally {
      releaseTime();
    }
  }, 30_000);

  test('the AWS endpoint refuses a service that nobody runs, by name', async () => {
    const { stack } = await startServiceStack();
    const response = await fetch(stack.awsUrl, {
      method: 'POST',
      headers: { 'x-amz-target': 'Kinesis_20131202.PutRecord' },
      body: '{}',
    });
    expect([response.status, await response.json()]).toEqual([
      400,
      expect.objectContaining({ message: expect.stringContaining('Kinesis_20131202.PutRecord') }),
    ]);
    await stack.stop();
  }, 30_000);
});
