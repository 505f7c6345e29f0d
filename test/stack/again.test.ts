/** A shopper whose answer got lost, and who presses Buy again after everything is sold. */

import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Status, statusKey } from '../../domain/items.ts';
import { set } from '../../domain/write.ts';
import type { CallFault } from '../../local/faults.ts';
import type { Shopper } from '../support/shopper.ts';
import { type Scene, startScene } from './scene.ts';

const SALE = { id: 'lost', items: [{ units: 2 }] };

let scene: Scene;
/** Their order stands, and nobody told them. */
let lost: Shopper;
/** They hold a unit that no order stands for. */
let half: Shopper;
let late: Shopper;

beforeAll(async () => {
  scene = await startScene(SALE, { requestsPerEnvironment: 1 });
  await scene.open();
  [lost, half, late] = await Promise.all([scene.enter(), scene.enter(), scene.enter()]);
  // Hold is the first update, confirm the second.
  await cutShort(lost, 2);
  await cutShort(half, 1);
  expect((await late.buy('lost')).body['code']).toBe('sold-out');
  await scene.stack.clock.advance(1000);
}, 30_000);

afterAll(() => scene?.stop());

async function cutShort(shopper: Shopper, nth: number) {
  const action: CallFault['action'] = 'kill-after';
  const fault = scene.stack.faults.add({ function: 'Buy', operation: 'UpdateItem', nth, action });
  expect((await shopper.buy('lost')).status).toBe(503);
  fault.remove();
  expect(fault.hits).toBe(1);
}

const press = (shopper: Shopper, again: boolean) => shopper.buy('lost', { again });

/** DynamoDB calls of the buy function meanwhile. */
async function callsOf(run: () => Promise<unknown>): Promise<string[]> {
  const { calls } = scene.stack;
  calls.records.length = 0;
  calls.recording = true;
  await run();
  calls.recording = false;
  return calls.records
    .filter((one) => one.function === 'Buy' && one.service === 'dynamodb')
    .map(({ operation }) => operation);
}

describe('pressing Buy again after sold out', () => {
  test('says sold-out without a call where nobody says that an answer was lost', async () => {
    // The status is read once a second.
    await press(late, false);
    const calls = await callsOf(async () => {
      for (const shopper of [lost, late]) {
        expect((await press(shopper, false)).body['code']).toBe('sold-out');
      }
    });
    expect(calls).toEqual([]);
  });

  test('costs one read where it is said in vain', async () => {
    await press(late, false);
    const calls = await callsOf(async () => {
      expect((await press(late, true)).body['code']).toBe('sold-out');
    });
    expect(calls).toEqual(['BatchGetItem']);
  });

  test('answers the order that stands, each time', async () => {
    const { status, body } = await press(lost, true);
    expect([status, body['status']]).toEqual([200, 'RESERVED']);
    expect((await press(lost, true)).body).toEqual(body);
    expect((await lost.look(body['orderId'])).body['status']).toBe('RESERVED');
  });

  test('finishes the order whose unit is held already', async () => {
    const { status, body } = await press(half, true);
    expect([status, body['status']]).toEqual([201, 'RESERVED']);
    expect((await press(half, true)).status).toBe(200);
  });

  test.each([
    ['PAUSED', 503, 'paused'],
    ['CLOSED', 410, 'closed'],
  ] as const)('answers it also in a sale that is %s', async (phase, status, code) => {
    const tell = async (value: Status['phase']) => {
      const item = statusKey({ saleId: 'lost', sku: 'lamp' });
      await scene.deployment.store.write({ item, change: [set('phase', value)] });
      await scene.stack.clock.advance(1000);
    };
    await tell(phase);
    const refused = await press(lost, false);
    expect([refused.status, refused.body['code']]).toEqual([status, code]);
    expect((await press(late, true)).body['code']).toBe(code);
    expect((await press(lost, true)).status).toBe(200);
    await tell('OPEN');
  });

  test('breaks no promise', async () => {
    expect(await scene.broken('lost', true)).toEqual({});
  });
});
