/** @module Every way that money can go. */

import { MINUTE_MS, type SaleChanges } from '../stack/scene.ts';
import { buys, dying, type Flow, ordered, paid, saleOf, tell, unlimited } from './flow.ts';
import { type Ground, insist, type Selling } from './ground.ts';

type Order = Awaited<ReturnType<typeof ordered>>;

/** A payment of an order to which something happened before. */
const paying = (
  name: string,
  open: (ground: Ground) => Promise<Selling>,
  before: (ground: Ground, order: Order, sale: Selling, token: string) => Promise<unknown>,
  options: object = {},
): Flow => ({
  name,
  async prepare(ground) {
    const sale = await open(ground);
    const order = await ordered(ground, sale);
    const token = await order.shopper.token(order.orderId);
    await before(ground, order, sale, token);
    return { act: paid(ground, token, options) };
  },
});

const nothing = async () => {};
const common = (ground: Ground) => ground.common();
const own = (changes: SaleChanges) => (ground: Ground) => ground.sale(changes);

const cancelled = (ground: Ground, { shopper, orderId }: Order) =>
  insist(ground, () => shopper.cancel(orderId), 200);

async function cancelledAndGone(ground: Ground, order: Order, sale: Selling) {
  await cancelled(ground, order);
  await insist(ground, buys(await ground.enter(), sale), 201);
}

async function cancelledAndOrderedAgain(ground: Ground, order: Order, sale: Selling) {
  await cancelled(ground, order);
  await insist(ground, buys(order.shopper, sale), 201);
}

/** Paid in time, and nobody heard of it before order and sale were over. */
const afterTheSale: Flow = {
  name: 'a payment that is told after the sale',
  ripenMs: 70 * MINUTE_MS,
  async prepare(ground) {
    const closesAt = ground.scene.stack.clock.now() + 10 * MINUTE_MS;
    const sale = await ground.sale({ closesAt, items: [{ units: 3 }] });
    const order = await ordered(ground, sale);
    const token = await order.shopper.token(order.orderId);
    await cancelled(ground, order);
    return { act: await unheard(ground, token) };
  },
};

/** Pays while the shop is deaf; what it answers brings the news. */
async function unheard({ scene: { sandbox, stack } }: Ground, token: string) {
  const deaf = stack.faults.add({ function: 'Payment', action: 'kill-before' });
  const { reference } = sandbox.pay(token);
  await sandbox.settled();
  deaf.remove();
  return () => tell(sandbox, reference);
}

export const PAYMENT_FLOWS: readonly Flow[] = [
  paying('a payment', common, nothing),
  unlimited(
    paying('a payment of unlimited stock', own({ items: [{ units: 'unlimited' }] }), nothing),
  ),
  paying('a late payment that buys again', common, cancelled),
  paying(
    'a late payment of what is being released',
    own({ items: [{ units: 3 }] }),
    (ground, { shopper, orderId }) =>
      dying(ground, 'Order', ['"RELEASING"', saleOf(orderId)], () => shopper.cancel(orderId)),
  ),
  paying('a late payment that goes back', own({ items: [{ units: 1 }] }), cancelledAndGone),
  paying(
    'a late payment that pays the order made since',
    own({ items: [{ units: 3 }] }),
    cancelledAndOrderedAgain,
  ),
  paying('a second payment', common, (ground, _, __, token) => paid(ground, token)(), {
    forceNew: true,
  }),
  paying('a payment of another amount', common, nothing, { amountMinor: 1 }),
  afterTheSale,
];
