/** Environments that are kept ready for sales that overlap: the bundle, its schedules, and Lambda's own API. */

import { LambdaClient } from '@aws-sdk/client-lambda';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { lambdaWarmth } from '../../adapters/lambda-warmth.ts';
import { closeNow } from '../../domain/closing.ts';
import { environmentsFor } from '../../domain/warmth.ts';
import { MINUTE_MS, type Scene, startScene } from './scene.ts';

/** Two sales want more together. */
const MOST = 5;

let scene: Scene;

beforeAll(async () => {
  const idle = { id: 'idle', opensAt: Date.now() + 100 * 24 * 3_600_000 };
  const parameters = { MostWarm: String(MOST) };
  scene = await startScene({ ...idle, closesAt: idle.opensAt + 1 }, { parameters });
}, 60_000);

afterAll(() => scene?.stop());

const now = () => scene.stack.clock.now();
const until = (instant: number) => scene.stack.clock.advance(instant - now());

async function asked(): Promise<number> {
  const { settings, outputs } = scene.deployment;
  const client = new LambdaClient(settings);
  return (await lambdaWarmth(client, outputs.BuyFunctionArn ?? '').asked()).environments;
}

const admitting = (perSecond: number) => ({
  expectedShoppers: 0,
  ...{ perSecond, difficulty: 0, ticketSeconds: 10 },
});

describe('environments of the buy function', () => {
  test('stand ready from a quarter of an hour before an opening until a minute after the closing', async () => {
    const opensAt = now() + 30 * MINUTE_MS;
    const closesAt = opensAt + 30 * MINUTE_MS;
    await scene.publish({ id: 'first-sale', opensAt, closesAt, admission: admitting(30) });
    const laterAt = opensAt + 20 * MINUTE_MS;
    const later = { opensAt: laterAt, closesAt: laterAt + 30 * MINUTE_MS };
    await scene.publish({ id: 'second-sale', ...later, admission: admitting(40) });
    const [own, both] = [environmentsFor(30), Math.min(MOST, environmentsFor(70))];
    await until(opensAt - 16 * MINUTE_MS);
    expect(await asked()).toBe(0);
    await until(opensAt - 14 * MINUTE_MS);
    expect(await asked()).toBe(own);
    await until(laterAt - 14 * MINUTE_MS);
    expect(await asked()).toBe(both);
    // Nobody meets a cold start.
    await (await scene.enter()).order('first-sale');
    expect(scene.stack.requests.functions['Buy']).toMatchObject({ invocations: 1, coldStarts: 0 });
    // The end of the first takes nothing from the second.
    await until(closesAt + 2 * MINUTE_MS);
    expect(await asked()).toBe(environmentsFor(40));
    await until(later.closesAt + 2 * MINUTE_MS);
    expect(await asked()).toBe(0);
  }, 60_000);

  test('are let go when a sale is closed early, and nothing is asked for twice', async () => {
    const opensAt = now() + 10 * MINUTE_MS;
    const closesAt = opensAt + 120 * MINUTE_MS;
    await scene.publish({ id: 'third-sale', opensAt, closesAt, admission: admitting(10) });
    await until(opensAt);
    expect(await asked()).toBe(environmentsFor(10));
    const input = { saleId: 'third-sale' };
    const outcome = await scene.stack.invoke('Warm', input);
    expect(outcome).toMatchObject({ kind: 'unchanged', now: environmentsFor(10) });
    await closeNow(scene.deployment, 'third-sale');
    await scene.stack.clock.advance(2 * MINUTE_MS);
    expect(await asked()).toBe(0);
  }, 60_000);

  test('a cooling down that never came is made up for by the next call', async () => {
    const opensAt = now() + 5000;
    const closesAt = opensAt + 10 * MINUTE_MS;
    await scene.publish({ id: 'fourth-sale', opensAt, closesAt, admission: admitting(10) });
    const armed = scene.stack.faults.add({ schedule: 'fourth-sale-cool', action: 'never' });
    await until(closesAt + 5 * MINUTE_MS);
    expect([armed.hits, await asked()]).toEqual([1, environmentsFor(10)]);
    expect(await scene.stack.invoke('Warm', { saleId: 'any' })).toMatchObject({ now: 0 });
    expect(await asked()).toBe(0);
  }, 60_000);

  test('are asked for again where a call is killed', async () => {
    const opensAt = now() + 5000;
    const closesAt = opensAt + 60 * MINUTE_MS;
    const fault = scene.stack.faults.add({ function: 'Warm', action: 'kill-before', nth: 3 });
    await scene.publish({ id: 'fifth-sale', opensAt, closesAt, admission: admitting(10) });
    await until(opensAt);
    expect([fault.hits, await asked()]).toEqual([1, 0]);
    await scene.stack.clock.advance(2 * MINUTE_MS);
    expect(await asked()).toBe(environmentsFor(10));
  }, 60_000);
});
