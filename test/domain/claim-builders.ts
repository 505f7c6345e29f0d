/** @module Claims and stores for tests: claims in any state, stores that stop, or in which somebody comes between. */

import { type Claim, claimKey, shardKey } from '../../domain/items.ts';
import { type HolderParts, holderOf } from '../../domain/order-id.ts';
import type { Store } from '../../domain/ports.ts';
import type { Attributes, Write } from '../../domain/write.ts';
import { OPENS_AT } from '../support/sales.ts';
import { buyerKeyOf, type Shop } from '../support/shop.ts';

/** A holder of somebody's first attempt at the opening. */
export const aHolder = (name = 'ada', changes: Partial<HolderParts> = {}) =>
  holderOf({
    buyerKey: buyerKeyOf(name),
    n: 0,
    attempt: 1,
    quantity: 1,
    since: OPENS_AT / 1000,
    ...changes,
  });

/** A claim that waits for its unit in shard 0 of 1. */
export const aClaim = (changes: Partial<Claim> = {}): Claim => ({
  state: 'PENDING',
  holder: aHolder(),
  probe: 0,
  shard: 0,
  shards: 1,
  quantity: 1,
  price: 1999,
  amount: 1999,
  currency: 'EUR',
  before: 0,
  shopper: 'i-ada',
  transaction: 't-ada',
  claimedAt: OPENS_AT,
  leaseAt: OPENS_AT + 30_000,
  changedAt: OPENS_AT,
  eraseAt: 1,
  ...changes,
});

/** Puts somebody's first claim as it is to be. */
export async function putClaim(shop: Shop, name: string, claim: Claim): Promise<void> {
  const item = claimKey(shop.item(), buyerKeyOf(name), 0);
  await shop.store.write({ item, put: claim as unknown as Attributes });
}

/** Changes somebody's first claim behind everybody's back. */
export async function changeClaim(shop: Shop, name: string, changes: Partial<Claim>) {
  const claim = await shop.claim(name);
  if (claim === undefined) throw new TypeError(`there is no claim of "${name}"`);
  await putClaim(shop, name, { ...claim, ...changes });
}

/** Puts shard 0 with one unit held. */
export const putHeld = (shop: Shop, holder: string, cap = 10) =>
  shop.store.write({
    item: shardKey(shop.item(), 0),
    put: { cap, avail: cap - 1, held: new Set([holder]) },
  });

/** A store whose user stops for ever after some writes. */
export function stopsAfter(store: Store, writes: number): Store {
  let left = writes;
  return {
    read: (keys) => store.read(keys),
    async write(write) {
      if (left-- <= 0) throw new Error('the function stopped');
      return store.write(write);
    },
  };
}

/** A store in which something happens once, right before a write that a test waits for. */
export function meanwhile(
  store: Store,
  isIt: (write: Write) => boolean,
  act: () => Promise<unknown>,
): Store {
  let isDone = false;
  return {
    read: (keys) => store.read(keys),
    async write(write) {
      if (!isDone && isIt(write)) {
        isDone = true;
        await act();
      }
      return store.write(write);
    },
  };
}

/** Whether a write sets the state of a claim. */
export const setsState =
  (state: string) =>
  (write: Write): boolean =>
    'change' in write && write.change.some((one) => one.op === 'set' && one.value === state);
