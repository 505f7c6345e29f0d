/**
 * @module
 * The order of a shopper whose answer got lost, found when nobody can buy any more: sold out, paused, or closed. It costs
 * one strongly consistent read, and one more for each order that the shopper has paid; whoever says without need that an
 * answer was lost costs that read each time, within what their tickets and the throttles allow, and gains nothing.
 */

import { buying } from './buy.ts';
import type { BuyOutcome } from './buy-state.ts';
import type { Ask } from './claim.ts';
import { type Claim, claimKey } from './items.ts';
import type { Store } from './ports.ts';
import { run, type World } from './process.ts';
import { resumed } from './standing.ts';

/**
 * Finds the order, and finishes what is left of making it.
 *
 * @param isOpen Whether an attempt that stopped before it was certain may go on
 * @returns nothing where no order stands
 */
export async function earlierOrder(
  world: World,
  ask: Ask,
  isOpen: boolean,
): Promise<BuyOutcome | undefined> {
  const claim = await lastClaim(world.store, ask);
  const step = claim && resumed(ask, claim, isOpen);
  if (step === undefined) return undefined;
  return 'end' in step ? step.end : run(buying, step.go, world);
}

/** A claim has a next one only once it is paid, and pays for a unit at least: so there are as many as the limit at most. */
async function lastClaim(store: Store, { item, buyerKey, limit }: Ask): Promise<Claim | undefined> {
  let last: Claim | undefined;
  for (let n = 0; n < limit; n++) {
    const [found] = await store.read([claimKey(item, buyerKey, n)]);
    if (found === undefined) return last;
    last = found as unknown as Claim;
    if (last.state !== 'PAID') return last;
  }
  return last;
}
