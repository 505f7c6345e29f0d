/** @module What goes wrong, and which alarms must notice: every alarm of the stack has a scenario here. */

import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { shardKey } from '../../domain/items.ts';
import { orderOf } from '../../domain/order-id.ts';
import { recordKey } from '../../domain/order-record.ts';
import { claimKeyOf } from '../../domain/steps.ts';
import { set } from '../../domain/write.ts';
import { awaiting, bought, lampOf, poison, press, type Scenario, scenario } from './alarm-acts.ts';
import { TROUBLE } from './alarm-troubles.ts';
import { MINUTE_MS } from './scene.ts';

/** Past a payment window and its grace. */
const EXPIRED_MINUTES = 17;

const STOCK: readonly Scenario[] = [
  scenario('a shard has a unit too many', ['ShardDrift'], async (ground) => {
    const sale = await ground.sale();
    await ground.spoil(shardKey(lampOf(sale), 0), set('avail', 11));
    await ground.scene.sweep(sale.id);
    await ground.pass(1);
  }),

  scenario('a unit is sold that there never was', ['Oversold', 'ShardDrift'], async (ground) => {
    const sale = await ground.sale();
    await bought(ground, sale);
    await ground.spoil(shardKey(lampOf(sale), 0), set('cap', 0), set('avail', 0));
    await ground.scene.sweep(sale.id);
    await ground.pass(1);
  }),

  scenario('a claim is lost', ['ClaimsMissing'], async (ground) => {
    const sale = await ground.sale();
    const order = orderOf(await bought(ground, sale))!;
    await ground.pass(1);
    await ground.remove(claimKeyOf(order, order.holder));
    await ground.scene.sweep(sale.id);
    await ground.pass(1);
  }),
];

const SWEEPS: readonly Scenario[] = [
  scenario('nobody sweeps a sale that sells', ['SweepOverdue'], async (ground) => {
    const sale = await ground.sale({ items: [{ units: 40 }] });
    for (let minute = 0; minute < 10; minute++) {
      await press(ground, sale);
      await ground.pass(1);
    }
  }),

  scenario('sweeps stop after everybody has gone', ['SweepMissing'], async (ground) => {
    const { scene } = ground;
    await scene.publish({ id: 'left-alone' });
    await scene.open();
    await scene.order(await scene.enter(), 'left-alone');
    await ground.pass(3);
    scene.stack.faults.add({ schedule: 'sweep', action: 'never' });
    await ground.pass(8);
  }),

  scenario('the second range of an item fails', ['SweepLag', 'SweepsWaiting'], async (ground) => {
    const { stack } = ground.scene;
    // 40 units are a shard, 200 shards a range.
    const sale = await ground.sale({ items: [{ units: 16_000 }] });
    await ground.scene.sweep(sale.id);
    stack.faults.add({
      ...{ function: 'Sweep', operation: 'BatchGetItem', action: 'error-before' },
      when: ({ body }) => body.includes(`${sale.id}#lamp#200"`),
    });
    for (let minute = 0; minute < 6; minute++) {
      await ground.scene.sweep(sale.id);
      await ground.pass(1);
    }
    stack.faults.clear();
    await ground.pass(7);
  }),
];

const MONEY: readonly Scenario[] = [
  scenario('three payments come after their orders expired', ['LatePayments'], async (ground) => {
    const sale = await ground.sale();
    const { scene } = ground;
    // The shop does not hear of them in time.
    const deaf = { function: 'Payment', service: 'dynamodb', action: 'error-before' } as const;
    const silence = scene.stack.faults.add(deaf);
    const references: string[] = [];
    for (const token of await awaiting(ground, sale, 3)) {
      references.push((await scene.pay(token)).reference);
    }
    await ground.pass(EXPIRED_MINUTES);
    await scene.sweep(sale.id);
    silence.remove();
    for (const reference of references) await scene.sandbox.redeliver(reference, 1);
    await ground.pass(1);
  }),

  scenario('the provider takes no refund', ['PaymentsPutOff'], async (ground) => {
    const sale = await ground.sale();
    const tokens = await awaiting(ground, sale, 2);
    for (const token of tokens) {
      ground.scene.failRefunds(100, 'not-executed');
      await ground.scene.pay(token, { amountMinor: 1 });
      await ground.pass(1);
    }
    ground.scene.failRefunds(0, 'not-executed');
  }),
];

/** After that long a statement must have a payment; see `domain/statement.ts`. */
const STATED_MINUTES = 31;

/** What a provider drops in: a row that is well, and one without a name. */
const PRODUCTS = 'sku,name,price,currency,units\nlamp,Lamp,19.99,EUR,5\nvase,,1.00,EUR,5\n';

const BOOKS: readonly Scenario[] = [
  scenario('a record says another amount', ['ReconciliationFindings'], async (ground) => {
    const { scene } = ground;
    const sale = await ground.sale();
    const shopper = await scene.enter();
    const id = await scene.order(shopper, sale.id, { doorKey: sale.doorKey });
    await scene.pay(await shopper.token(id));
    const order = orderOf(id)!;
    await ground.spoil(recordKey(order, order.holder), set('amount', 1));
    await ground.pass(STATED_MINUTES);
    await scene.stack.invoke('Reconcile', { saleId: sale.id });
    await ground.pass(1);
  }),

  scenario('a refund waits for an operator', ['RefundsToApprove'], async (ground) => {
    const sale = await ground.sale({ refunds: 'approval' });
    const [token = ''] = await awaiting(ground, sale, 1);
    await ground.scene.pay(token, { amountMinor: 1 });
    await ground.pass(1);
  }),

  scenario('a provider drops in half a product', ['ImportRowsRefused'], async (ground) => {
    const { stack } = ground.scene;
    const s3 = new S3Client({ ...stack.clientOverrides, forcePathStyle: true });
    const Bucket = stack.outputs['ImportsBucket'] ?? '';
    const Key = 'incoming/products.csv';
    await s3.send(new PutObjectCommand({ Bucket, Key, Body: PRODUCTS }));
    await ground.pass(1);
  }),
];

const QUEUES: readonly Scenario[] = [
  scenario(
    'orders are recorded minutes late',
    ['OrdersWaiting', 'RecordFailing', 'RecordLag'],
    async (ground) => {
      const { faults } = ground.scene.stack;
      const sale = await ground.sale();
      faults.add({ function: 'Record', service: 'dynamodb', action: 'error-before' });
      await bought(ground, sale);
      await ground.pass(1);
      await bought(ground, sale);
      await ground.pass(4);
      faults.clear();
      await ground.pass(4);
    },
  ),

  scenario('a message that nobody can read', ['OrdersDeadLetters'], async (ground) => {
    await poison(ground, 'OrdersQueueUrl');
    await ground.pass(17);
  }),

  scenario('a range that nobody can read', ['SweepsDeadLetters'], async (ground) => {
    await poison(ground, 'SweepsQueueUrl');
    await ground.pass(32);
  }),

  scenario(
    'a closing fails three times',
    ['CloseFailing', 'ScheduleDeadLetters'],
    async (ground) => {
      const { scene } = ground;
      const closesAt = scene.stack.clock.now() + 2 * MINUTE_MS;
      await scene.publish({ id: 'shut', closesAt });
      scene.stack.faults.add({ function: 'Close', service: 'dynamodb', action: 'error-before' });
      await ground.pass(8);
    },
  ),
];

/** Where a scenario of its own would show nothing new: the function gets what no caller sends, in two minutes. */
const broken = (name: string): Scenario =>
  scenario(`${name} is called with nothing`, [`${name}Failing`], async ({ scene, pass }) => {
    for (let minute = 0; minute < 2; minute++) {
      await scene.stack.invoke(name, null).catch(() => {});
      await pass(1);
    }
  });

export const SCENARIOS: readonly Scenario[] = [
  ...STOCK,
  ...SWEEPS,
  ...MONEY,
  ...BOOKS,
  ...QUEUES,
  ...TROUBLE,
  ...['Session', 'Order', 'Payment', 'Open', 'Sweep'].map(broken),
  ...['Operate', 'Note', 'Warm', 'Import', 'Reconcile'].map(broken),
];
