/** A crowd that polls: whoever asks, with whatever cookie and query, the origin is asked once a second. */

import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { releaseTime, stopTime } from '../support/still-time.ts';
import { type Scene, startScene } from './scene.ts';

const HOUR_MS = 3_600_000;

const SECONDS = 3;

/** Instants at which some of the crowd ask, so far apart. */
const ROUNDS = 10;
const APART_MS = (1000 * SECONDS) / ROUNDS;

const AT_ONCE = 200;

let scene: Scene;

beforeAll(async () => {
  stopTime();
  scene = await startScene({ id: 'running' });
  await scene.open();
  const opensAt = scene.stack.clock.now() + HOUR_MS;
  await scene.publish({ id: 'waiting', opensAt, closesAt: opensAt + HOUR_MS });
}, 30_000);

afterAll(async () => {
  releaseTime();
  await scene?.stop();
});

/** 2,000 polls within 3 s, each of somebody else: how often the origin was asked. */
async function asked(pattern: string, pathOf: (poll: number) => string): Promise<number> {
  const { stack } = scene;
  const count = () => stack.requests.front[pattern];
  const before = count();
  for (let round = 0; round < ROUNDS; round++) {
    const polls = Array.from({ length: AT_ONCE }, async (_, index) => {
      const poll = round * AT_ONCE + index;
      const headers = { cookie: `fs_session=somebody-${poll}`, 'x-device': `${poll}` };
      const response = await fetch(`${stack.siteUrl}${pathOf(poll)}`, { headers });
      expect(response.status).toBe(200);
      await response.arrayBuffer();
    });
    await Promise.all(polls);
    await stack.clock.advance(APART_MS);
  }
  const after = count();
  expect((after?.requests ?? 0) - (before?.requests ?? 0)).toBe(ROUNDS * AT_ONCE);
  return (after?.origin ?? 0) - (before?.origin ?? 0);
}

describe.each(['waiting', 'running'])('2,000 polls within 3 s of a sale that is %s', (sale) => {
  test('ask the function for its status once a second at most', async () => {
    const runs = () => scene.stack.requests.functions['Status']?.invocations ?? 0;
    const before = runs();
    const origin = await asked('/api/sales/*', (poll) => `/api/sales/${sale}?now=${poll}`);
    expect(origin).toBeGreaterThan(0);
    expect(origin).toBeLessThanOrEqual(SECONDS);
    expect(runs() - before).toBe(origin);
  }, 20_000);

  test('ask the bucket for its flag once a second at most', async () => {
    const flag = `/sales/${sale}/sale.js?v=7`;
    const origin = await asked('/sales/*/sale.js', (poll) => `${flag}&now=${poll}`);
    expect(origin).toBeGreaterThan(0);
    expect(origin).toBeLessThanOrEqual(SECONDS);
  }, 20_000);
});

test('a status is a second old at most', async () => {
  const { stack } = scene;
  const get = () => fetch(`${stack.siteUrl}/api/sales/running`);
  stack.clearCache();
  await get();
  await stack.clock.advance(999);
  expect((await get()).headers.get('x-cache')).toBe('Hit from cloudfront');
  await stack.clock.advance(1);
  expect((await get()).headers.get('x-cache')).toBe('Miss from cloudfront');
});
