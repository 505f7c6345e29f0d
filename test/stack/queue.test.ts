import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { QueueFault } from '../../local/faults.ts';
import { type Scene, SWEPT_MS, startScene } from './scene.ts';

const ORDERS = { queue: 'Orders' } as const;

let scene: Scene;

beforeAll(async () => {
  scene = await startScene({ id: 'queue', items: [{ units: 400 }] });
  await scene.open();
}, 30_000);

afterAll(() => scene?.stop());

beforeEach(() => scene.stack.faults.clear());

type Detail = { readonly id: string; readonly orderId?: string };

/** The ids of the events of an order, in the order in which they were published. */
const eventsOf = (orderId: string): string[] =>
  scene.stack.events
    .map(({ detail }) => detail as Detail)
    .filter((detail) => detail.orderId === orderId)
    .map(({ id }) => id.replace(`${orderId}/`, ''));

const distinct = <T>(values: readonly T[]): T[] => [...new Set(values)];

async function bought(count: number): Promise<string[]> {
  const shoppers = await Promise.all(Array.from({ length: count }, () => scene.enter()));
  return Promise.all(shoppers.map((shopper) => shopper.order('queue')));
}

/** An order that is cancelled at once: its messages are on the queue at the same time. */
async function cancelledAtOnce(): Promise<string> {
  const shopper = await scene.enter();
  const orderId = await shopper.order('queue');
  await shopper.cancel(orderId);
  return orderId;
}

describe('the orders queue', () => {
  const faults: QueueFault[] = [
    { ...ORDERS, action: 'duplicate' },
    // Fewer than there are pollers: one that waits takes no other message.
    { ...ORDERS, action: 'delay', ms: 20_000, times: 3 },
    { ...ORDERS, action: 'reverse' },
  ];

  test.each(faults)('that does this makes the same records and events: %j', async (fault) => {
    const armed = scene.stack.faults.add(fault);
    const orders = await bought(12);
    const cancelled = await Promise.all([cancelledAtOnce(), cancelledAtOnce(), cancelledAtOnce()]);
    await scene.stack.clock.advance(30_000);
    expect(armed.hits).toBeGreaterThan(0);
    for (const orderId of orders) {
      expect((await scene.record(orderId))?.state).toBe('RESERVED');
      expect(distinct(eventsOf(orderId))).toEqual(['RESERVED']);
    }
    for (const orderId of cancelled) {
      expect(await scene.record(orderId)).toMatchObject({ state: 'RELEASED', reason: 'cancelled' });
      expect(distinct(eventsOf(orderId))).toEqual(['RESERVED', 'RELEASED']);
    }
  });

  test('that is not there does not cost an order: the sweep sends its message', async () => {
    const fault = { function: 'Buy', service: 'sqs', action: 'error-before' } as const;
    const armed = scene.stack.faults.add(fault);
    const buying = bought(3);
    while (armed.hits < 3) await new Promise((resolve) => setTimeout(resolve, 5));
    const orders = await buying;
    armed.remove();
    await scene.stack.settle();
    expect(await scene.record(orders[0] ?? '')).toBeUndefined();
    await scene.stack.clock.advance(120_000);
    for (const orderId of orders) {
      expect((await scene.record(orderId))?.state).toBe('RESERVED');
      expect(eventsOf(orderId)).toEqual(['RESERVED']);
    }
  });

  test('that loses the message of a cancel leaves a release that the sweep completes', async () => {
    const shopper = await scene.enter();
    const orderId = await shopper.order('queue');
    const fault = { function: 'Order', service: 'sqs', action: 'error-before' } as const;
    const armed = scene.stack.faults.add(fault);
    expect((await shopper.cancel(orderId)).status).toBe(503);
    armed.remove();
    // As far as the shopper can see it is over already.
    expect((await shopper.look(orderId)).body['status']).toBe('RELEASED');
    await scene.stack.clock.advance(120_000);
    expect((await scene.record(orderId))?.state).toBe('RELEASED');
    expect(distinct(eventsOf(orderId))).toEqual(['RESERVED', 'RELEASED']);
    expect((await shopper.buy('queue')).status).toBe(201);
  });

  test('keeps what cannot be recorded, and records the rest of its batch', async () => {
    const { events } = scene.stack;
    await scene.stack.settle();
    const before = events.length;
    await scene.deployment.queue.send({ v: 2, kind: 'order' } as never);
    const [orderId = ''] = await bought(1);
    await scene.stack.settle();
    expect((await scene.record(orderId))?.state).toBe('RESERVED');
    expect(events.length).toBe(before + 1);
  });

  test('a bus that fails once costs no event', async () => {
    const fault = {
      function: 'Record',
      service: 'events',
      nth: 1,
      action: 'error-before',
    } as const;
    scene.stack.faults.add({ ...fault, times: 2 });
    const [orderId = ''] = await bought(1);
    await scene.stack.clock.advance(120_000);
    expect(eventsOf(orderId)).toEqual(['RESERVED']);
    expect((await scene.record(orderId))?.state).toBe('RESERVED');
  });

  test('promises are kept after all of it', async () => {
    await scene.stack.clock.advance(SWEPT_MS);
    expect(await scene.broken('queue', true)).toEqual({});
  });
});
