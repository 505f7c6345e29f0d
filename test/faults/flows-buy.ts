/** @module Every way through a buy. */

import { restock } from '../../domain/grant.ts';
import type { PendingCall } from '../../local/faults.ts';
import { MINUTE_MS, type SaleChanges } from '../stack/scene.ts';
import type { Shopper } from '../support/shopper.ts';
import { buys, dying, type Flow, ordered, paid, saleOf, unlimited } from './flow.ts';
import { type Ground, insist, type Selling } from './ground.ts';

/** Somebody new buys in a sale; what they then insist on. */
async function newcomer(ground: Ground, sale: Selling, wanted: readonly number[], quantity = 1) {
  const shopper = await ground.enter();
  await shopper.ticket(sale.id);
  const again = buys(shopper, sale, quantity, true);
  return {
    act: buys(shopper, sale, quantity),
    again: () => insist(ground, again, ...wanted),
  };
}

/** A newcomer's buy in a sale of their own. */
const first = (name: string, changes: SaleChanges, wanted = [200, 201], quantity = 1): Flow => ({
  name,
  prepare: async (ground) => newcomer(ground, await ground.sale(changes), wanted, quantity),
});

/** A sale of one unit that somebody has. */
async function gone(ground: Ground) {
  const sale = await ground.sale({ items: [{ units: 1 }] });
  return { sale, owner: await ordered(ground, sale) };
}

/** A sale of one unit that somebody has, of which it is said. */
async function soldOut(ground: Ground) {
  const { sale, owner } = await gone(ground);
  await insist(ground, buys(await ground.enter(), sale), 409);
  return { sale, owner };
}

const another = (name: string, prepare: (ground: Ground) => Promise<Selling>): Flow => ({
  name,
  prepare: async (ground) => newcomer(ground, await prepare(ground), [200, 201]),
});

/** A buy of somebody whose earlier one died after a write. */
const resumed = (name: string, write: string): Flow => ({
  name,
  async prepare(ground) {
    const sale = await ground.sale({ items: [{ units: 3 }] });
    const shopper = await ground.enter();
    const act = buys(shopper, sale);
    await dying(ground, 'Buy', [write, `#${sale.id}#`], act);
    return { act, again: () => insist(ground, buys(shopper, sale, 1, true), 200, 201) };
  },
});

/** A buy of somebody whose earlier order is over in some way. */
const after = (
  name: string,
  end: (ground: Ground, order: Awaited<ReturnType<typeof ordered>>) => Promise<unknown>,
  changes: SaleChanges = { items: [{ units: 3, limit: 2 }] },
  ripenMs?: number,
): Flow => ({
  name,
  ...(ripenMs && { ripenMs }),
  async prepare(ground) {
    const sale = await ground.sale(changes);
    const order = await ordered(ground, sale);
    await end(ground, order);
    const act = buys(order.shopper, sale);
    return { act, again: () => insist(ground, buys(order.shopper, sale, 1, true), 200, 201) };
  },
});

const leftAlone: Flow = {
  name: 'a buy that is left',
  async prepare(ground) {
    const sale = await ground.common();
    const shopper = await ground.enter();
    return { act: buys(shopper, sale) };
  },
};

const leftUnlimited: Flow = {
  name: 'a buy of unlimited stock that is left',
  async prepare(ground) {
    const sale = await ground.sale({ items: [{ units: 'unlimited' }] });
    return { act: buys(await ground.enter(), sale) };
  },
};

const lookedFor: Flow = {
  name: 'a buy again of an order whose item is sold out since',
  async prepare(ground) {
    const { sale, owner } = await soldOut(ground);
    const act = buys(owner.shopper, sale, 1, true);
    return { act, again: () => insist(ground, act, 200) };
  },
};

const tooMany: Flow = {
  name: 'a buy of more than a shard has',
  prepare: async (ground) =>
    newcomer(ground, await ground.sale({ items: [{ units: 1, limit: 3 }] }), [409], 2),
};

const vain: Flow = {
  name: 'a buy that finds the item sold out',
  reaches: 'scannedAt',
  prepare: async (ground) => newcomer(ground, (await gone(ground)).sale, [409]),
};

async function restocked(ground: Ground): Promise<Selling> {
  const { sale } = await soldOut(ground);
  const { deployment, stack } = ground.scene;
  const item = { saleId: sale.id, sku: 'lamp' };
  await restock(deployment, item, 1, 1, stack.clock.now());
  await stack.clock.advance(1000);
  return sale;
}

/** Three shards of one unit, two of which somebody has. */
const oneShardLeft: Flow = {
  ...another('a buy that looks at several shards', async (ground) => {
    const admission = { expectedShoppers: 0, perSecond: 750, difficulty: 0, ticketSeconds: 10 };
    const sale = await ground.sale({ items: [{ units: 3 }], admission });
    for (let order = 0; order < 2; order++) await ordered(ground, sale);
    return sale;
  }),
  reaches: 'probe',
};

/** Two clicks, of which one is slow: the order is made by the other, and cancelled. */
export const SLOW_TWIN: Flow = {
  name: 'a buy whose order another click has made, and its shopper cancelled',
  reaches: 'STOCK',
  async prepare(ground) {
    const sale = await ground.sale({ items: [{ units: 3 }] });
    const shopper = await ground.enter();
    await shopper.ticket(sale.id);
    const again = buys(shopper, sale, 1, true);
    return {
      act: () => twins(ground, sale, shopper),
      again: () => insist(ground, again, 200, 201),
    };
  },
};

async function twins({ scene: { stack } }: Ground, sale: Selling, shopper: Shopper) {
  const isHold = ({ body }: PendingCall) => body.includes(`STOCK#${sale.id}#`);
  const slow = { function: 'Buy', nth: 1, when: isHold } as const;
  const delayed = stack.faults.add({ ...slow, action: 'delay', ms: 20_000 });
  let isOver = false;
  const slowly = buys(shopper, sale)().then(() => {
    isOver = true;
  });
  while (delayed.hits === 0 && !isOver) await new Promise((resolve) => setTimeout(resolve, 2));
  delayed.remove();
  const { body } = await buys(shopper, sale)();
  if (body['orderId']) await shopper.cancel(body['orderId']);
  await slowly;
}

const FREE_UNLIMITED: SaleChanges = { items: [{ units: 'unlimited', price: 0 }] };

export const BUY_FLOWS: readonly Flow[] = [
  another('a buy that is tried again', (ground) => ground.common()),
  leftAlone,
  first('a buy of the last unit', { items: [{ units: 1 }] }),
  first('a buy of several units', { items: [{ units: 5, limit: 3 }] }, [200, 201], 3),
  first('a buy of a free item', { items: [{ units: 3, price: 0 }] }, [200, 201, 409]),
  unlimited(leftUnlimited),
  unlimited(first('a buy of unlimited stock', { items: [{ units: 'unlimited' }] })),
  unlimited(first('a buy of unlimited stock that is free', FREE_UNLIMITED, [200, 201, 409])),
  vain,
  tooMany,
  lookedFor,
  another('a buy after a restock', restocked),
  oneShardLeft,
  resumed('a buy that goes on after its claim', '"PENDING"'),
  resumed('a buy that goes on after its hold', 'STOCK#'),
  after('a buy after a cancel', (_, { shopper, orderId }) => shopper.cancel(orderId)),
  after('a buy after a cancel that stopped half way', (ground, { shopper, orderId }) =>
    dying(ground, 'Order', ['"RELEASING"', saleOf(orderId)], () => shopper.cancel(orderId)),
  ),
  after('a buy after a paid one', async (ground, { shopper, orderId }) =>
    paid(ground, await shopper.token(orderId))(),
  ),
  after(
    'a buy after an order that expired and was not swept',
    async () => {},
    undefined,
    17 * MINUTE_MS,
  ),
  unlimited(
    after(
      'a buy after an order of unlimited stock that expired',
      async () => {},
      { items: [{ units: 'unlimited' }] },
      17 * MINUTE_MS,
    ),
  ),
];
