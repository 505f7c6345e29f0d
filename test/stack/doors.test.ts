/** The opening and the closing, killed at each of their AWS calls: Scheduler tries again, and the sale is as it should be. */

import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Status, statusKey } from '../../domain/items.ts';
import { MINUTE_MS, type Scene, startScene } from './scene.ts';

let scene: Scene;

beforeAll(async () => {
  scene = await startScene({}, { requestsPerEnvironment: 1 });
}, 30_000);

afterAll(() => scene?.stop());

const flagOf = async (saleId: string) =>
  (await fetch(`${scene.stack.siteUrl}/sales/${saleId}/sale.js?v=1`)).text();

const eventsOf = (saleId: string) =>
  scene.stack.events
    .filter(({ detail }) => (detail as { saleId?: string }).saleId === saleId)
    .map(({ detailType }) => detailType);

const phaseOf = async (saleId: string) => {
  const [status] = await scene.deployment.store.read([statusKey({ saleId, sku: 'lamp' })]);
  return (status as unknown as Status).phase;
};

/** Cuts a function short at one call, once, while the hours of a short sale pass. */
async function cutShort(fn: string, action: 'kill-before' | 'kill-after', nth: number) {
  const saleId = `${fn}-${action}-${nth}`.toLowerCase();
  const now = scene.stack.clock.now();
  await scene.publish({ id: saleId, opensAt: now + 5000, closesAt: now + 8 * MINUTE_MS });
  const fault = scene.stack.faults.add({ function: fn, action, nth });
  await scene.stack.clock.advance(5 * MINUTE_MS);
  const opened = await flagOf(saleId);
  await scene.stack.clock.advance(8 * MINUTE_MS);
  fault.remove();
  return { saleId, opened, hits: fault.hits };
}

const CALLS = { Open: 3, Close: 6 } as const;

const CASES = Object.entries(CALLS).flatMap(([fn, calls]) =>
  Array.from({ length: calls }, (_, index) =>
    (['kill-before', 'kill-after'] as const).map((action) => [fn, action, index + 1] as const),
  ).flat(),
);

describe('the doors of a sale', () => {
  test.each(CASES)('open and close although %s meets %s at call %d', async (fn, action, nth) => {
    const { saleId, opened, hits } = await cutShort(fn, action, nth);
    expect(hits).toBe(1);
    expect(opened).toContain('"saleStarted":true');
    expect(await flagOf(saleId)).toContain('"saleEnded":true');
    expect(await phaseOf(saleId)).toBe('CLOSED');
    const types = new Set(eventsOf(saleId));
    expect(types).toEqual(new Set(['sale.opened.v1', 'sale.closed.v1']));
  });

  test('make as many calls as are cut short here', async () => {
    const { calls, clock } = scene.stack;
    const now = clock.now();
    await scene.publish({ id: 'whole', opensAt: now + 5000, closesAt: now + 3 * MINUTE_MS });
    calls.records.length = 0;
    calls.recording = true;
    await clock.advance(5 * MINUTE_MS);
    calls.recording = false;
    const count = (fn: string) => calls.records.filter((one) => one.function === fn).length;
    expect({ Open: count('Open'), Close: count('Close') }).toEqual(CALLS);
  });
});
