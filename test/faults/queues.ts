/** @module Messages that come twice, late, in another order, or cannot be read. */

import { SendMessageCommand } from '@aws-sdk/client-sqs';
import type { QueueFault } from '../../local/faults.ts';
import { MINUTE_MS, type SaleChanges } from '../stack/scene.ts';
import { ordered } from './flow.ts';
import { type Ground, insist, type Selling } from './ground.ts';
import { queuesOf } from './messages-left.ts';
import type { Scenario } from './scenarios.ts';

/** Orders that stand, are paid, and are cancelled: two messages each but for the first. */
async function crowd(ground: Ground, sale: Selling): Promise<void> {
  const { scene } = ground;
  for (let three = 0; three < 2; three++) {
    await ordered(ground, sale);
    const payer = await ordered(ground, sale);
    scene.sandbox.pay(await payer.shopper.token(payer.orderId));
    const canceller = await ordered(ground, sale);
    await insist(ground, () => canceller.shopper.cancel(canceller.orderId), 200);
  }
  await scene.sandbox.settled();
}

/** Past the longest time that a message is hidden from others. */
const HIDDEN_MS = 7 * MINUTE_MS;

/** One unit a shard, in as many shards as make four ranges. */
const WIDE: SaleChanges = {
  items: [{ units: 602 }],
  admission: { expectedShoppers: 0, perSecond: 150_500, difficulty: 0, ticketSeconds: 10 },
};

/** The orders queue, while a crowd buys. */
const orders = (name: string, fault: Omit<QueueFault, 'queue'>): Scenario => ({
  name: `the orders queue ${name}`,
  async run(ground) {
    const { faults, clock } = ground.scene.stack;
    const sale = await ground.sale();
    const armed = faults.add({ queue: 'Orders', ...fault });
    await crowd(ground, sale);
    await clock.advance(HIDDEN_MS);
    return armed.hits;
  },
});

/** Messages of the same orders wait for each other, and come in one batch, the last first. */
const reordered: Scenario = {
  name: 'the orders queue gives out many messages at once, the last first',
  async run(ground) {
    const { faults, clock } = ground.scene.stack;
    const sale = await ground.sale();
    const failing = faults.add({ function: 'Record', action: 'kill-before' });
    await crowd(ground, sale);
    await ground.scene.stack.settle();
    failing.remove();
    const armed = faults.add({ queue: 'Orders', action: 'reverse' });
    await clock.advance(HIDDEN_MS);
    return armed.hits;
  },
};

/** The sweeps queue, while a sale is swept whose stock is in four ranges. */
const sweeps = (name: string, fault: Omit<QueueFault, 'queue'>): Scenario => ({
  name: `the sweeps queue ${name}`,
  async run(ground) {
    const { faults, clock } = ground.scene.stack;
    const sale = await ground.sale(WIDE);
    await crowd(ground, sale);
    await clock.advance(17 * MINUTE_MS);
    const armed = faults.add({ queue: 'Sweeps', ...fault });
    await ground.scene.sweep(sale.id);
    await clock.advance(HIDDEN_MS);
    return armed.hits;
  },
});

/** What nobody can read lies among what must be worked on. */
function poisoned(queue: 'orders' | 'sweeps', changes: SaleChanges): Scenario {
  const poison = [`no JSON for ${queue}`, 'null', ...(queue === 'orders' ? ['{"v":9}'] : [])];
  return {
    name: `the ${queue} queue is poisoned`,
    poison,
    async run(ground) {
      const { client, work } = queuesOf(ground.scene);
      const sale = await ground.sale(changes);
      for (const MessageBody of poison) {
        const QueueUrl = work[queue === 'orders' ? 0 : 1];
        await client.send(new SendMessageCommand({ QueueUrl, MessageBody }));
      }
      await crowd(ground, sale);
      await ground.scene.sweep(sale.id);
      // Tries are as far apart as a message is hidden.
      await ground.scene.stack.clock.advance(6 * HIDDEN_MS);
      return poison.length;
    },
  };
}

const LATE = { action: 'delay', ms: HIDDEN_MS } as const;

export const QUEUE_SCENARIOS: readonly Scenario[] = [
  orders('gives everything out twice', { action: 'duplicate' }),
  orders('is late with some', { action: 'delay', ms: 20_000, times: 3 }),
  orders('is so late with some that others get them too', { ...LATE, times: 3 }),
  reordered,
  poisoned('orders', {}),
  sweeps('gives everything out twice', { action: 'duplicate' }),
  // Of two pollers: where both wait nobody is left to get the messages.
  sweeps('is so late with one that another gets it too', { ...LATE, times: 1 }),
  poisoned('sweeps', WIDE),
];
