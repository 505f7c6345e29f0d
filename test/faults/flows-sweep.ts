/** @module Every way through a sweep: healing, expiring, settling, fanning out, and its end. */

import {
  CreateScheduleCommand,
  ListSchedulesCommand,
  SchedulerClient,
} from '@aws-sdk/client-scheduler';
import { MINUTE_MS, type SaleChanges } from '../stack/scene.ts';
import {
  buys,
  type Deed,
  dumb,
  dying,
  expected,
  type Flow,
  ordered,
  paid,
  unlimited,
} from './flow.ts';
import { type Ground, insist, type Selling } from './ground.ts';
import { hurried } from './hurried.ts';

/** What is not done is left to the next sweeps. */
const sweep = ({ scene: { stack } }: Ground, saleId: string): Deed => ({
  async act() {
    await stack.invoke('Sweep', { saleId }).catch(() => {});
    await stack.settle();
  },
});

const EXPIRED_MS = 17 * MINUTE_MS;

const sweeping = (
  name: string,
  prepare: (ground: Ground) => Promise<Selling>,
  ripenMs = EXPIRED_MS,
): Flow => ({
  name,
  ripenMs,
  prepare: async (ground) => sweep(ground, (await prepare(ground)).id),
});

const own =
  (changes: SaleChanges, act: (ground: Ground, sale: Selling) => Promise<unknown>) =>
  async (ground: Ground) => {
    const sale = await ground.sale(changes);
    await act(ground, sale);
    return sale;
  };

/** Dies after a write of this sale. */
const half = (
  ground: Ground,
  { id }: Selling,
  fn: string,
  write: string,
  act: () => Promise<unknown>,
) => dying(ground, fn, [write, `#${id}#`], act);

const lapsed = async (ground: Ground, sale: Selling) =>
  half(ground, sale, 'Buy', 'STOCK#', buys(await ground.enter(), sale));

async function halfCancelled(ground: Ground, sale: Selling) {
  const { shopper, orderId } = await ordered(ground, sale);
  await half(ground, sale, 'Order', '"RELEASING"', () => shopper.cancel(orderId));
}

async function halfReturned(ground: Ground, sale: Selling) {
  const { shopper, orderId } = await ordered(ground, sale);
  await half(ground, sale, 'Order', 'STOCK#', () => shopper.cancel(orderId));
}

async function paidOrder(ground: Ground, sale: Selling) {
  const { shopper, orderId } = await ordered(ground, sale);
  await ground.scene.pay(await shopper.token(orderId));
}

/** An order of which no message was sent. */
const untold = async (ground: Ground, sale: Selling) =>
  dumb(ground, [sale.id, 'RESERVED'], buys(await ground.enter(), sale));

/** A payment of which no message was sent. */
async function paidUntold(ground: Ground, sale: Selling) {
  const { shopper, orderId } = await ordered(ground, sale);
  const token = await shopper.token(orderId);
  await dumb(ground, [sale.id, 'PAID'], paid(ground, token));
}

/** A unit that was taken for an order after the order was over: one of two clicks was slow, and died. */
async function deadHold(ground: Ground, sale: Selling) {
  const { scene } = ground;
  const shopper = await ground.enter();
  const isHold = ({ body }: { body: string }) => body.includes(`STOCK#${sale.id}#`);
  const slow = { function: 'Buy', nth: 1, when: isHold } as const;
  const delayed = scene.stack.faults.add({ ...slow, action: 'delay', ms: 20_000 });
  const slowly = buys(shopper, sale)();
  while (delayed.hits === 0) await new Promise((resolve) => setTimeout(resolve, 2));
  delayed.remove();
  const { body } = await buys(shopper, sale)();
  await insist(ground, () => shopper.cancel(body['orderId']), 200);
  const isConfirm = ({ body }: { body: string }) =>
    body.includes(`CLAIM#${sale.id}#`) && body.includes('"payBy"');
  scene.stack.faults.add({ function: 'Buy', nth: 1, when: isConfirm, action: 'kill-before' });
  await hurried(scene, () => slowly);
}

const everything = own({ items: [{ units: 9 }] }, async (ground, sale) => {
  await ordered(ground, sale);
  await paidOrder(ground, sale);
  for (const one of [lapsed, halfCancelled, halfReturned, deadHold]) await one(ground, sale);
});

/** What nobody was told of, while it is still to be paid. */
const untoldOnes = own({ items: [{ units: 9 }] }, async (ground, sale) => {
  for (const one of [untold, paidUntold]) await one(ground, sale);
});

/** Sold out, and nobody has looked yet. */
const emptied = own({ items: [{ units: 1 }] }, ordered);

/** One unit a shard, and more shards than one sweep looks at. */
const WIDE: SaleChanges = {
  items: [{ units: 202 }],
  admission: { expectedShoppers: 0, perSecond: 50_500, difficulty: 0, ticketSeconds: 10 },
};

const wide = own(WIDE, async (ground, sale) => {
  for (let order = 0; order < 3; order++) await ordered(ground, sale);
  await lapsed(ground, sale);
});

/** Unlimited stock whose sale is over: one order was never paid, of one the payment was not told. */
const endless = async (ground: Ground) => {
  const closesAt = ground.scene.stack.clock.now() + 10 * MINUTE_MS;
  const sale = await ground.sale({ closesAt, items: [{ units: 'unlimited' }] });
  await ordered(ground, sale);
  await ground.scene.stack.settle();
  return sale;
};

/** A sale that is over for good, swept once: this sweep ends it, and its schedule. */
const ending: Flow = {
  name: 'a last sweep',
  ripenMs: 60 * MINUTE_MS,
  async prepare(ground) {
    const { scene } = ground;
    const closesAt = scene.stack.clock.now() + 10 * MINUTE_MS;
    const { id } = await ground.sale({ closesAt, items: [{ units: 1 }] });
    const client = await scheduled(ground, id);
    return {
      async act() {
        await scene.stack.invoke('Sweep', { saleId: id }).catch(() => {});
        await scene.stack.invoke('Sweep', { saleId: id }).catch(() => {});
      },
      async check() {
        const { Schedules = [] } = await client.send(
          new ListSchedulesCommand({ NamePrefix: `${id}-` }),
        );
        expected(Schedules.length === 0, `no schedule of "${id}" is left`);
      },
    };
  },
};

/** Gives a sale the schedule of its sweeps, as publishing does; it fires long after all this. */
async function scheduled({ scene: { stack, deployment } }: Ground, id: string) {
  const { ScheduleGroup, SweepFunctionArn, SchedulerRoleArn } = deployment.outputs;
  const client = new SchedulerClient(stack.clientOverrides);
  const start = stack.clock.now() + 30 * 24 * 60 * MINUTE_MS;
  await client.send(
    new CreateScheduleCommand({
      ...{ Name: `${id}-sweep`, GroupName: ScheduleGroup, FlexibleTimeWindow: { Mode: 'OFF' } },
      ...{ ScheduleExpression: 'rate(1 minute)', StartDate: new Date(start) },
      Target: { Arn: SweepFunctionArn, RoleArn: SchedulerRoleArn },
    }),
  );
  return client;
}

export const SWEEP_FLOWS: readonly Flow[] = [
  sweeping('a sweep of everything that can be left', everything),
  sweeping('a sweep that sends messages again', untoldOnes, 2 * MINUTE_MS),
  sweeping('a sweep that finds the item sold out', emptied, MINUTE_MS),
  sweeping('a sweep in several ranges', wide, MINUTE_MS),
  unlimited(sweeping('a sweep of unlimited stock after the sale', endless, 40 * MINUTE_MS)),
  ending,
];
