/** @module What a claim that stands already means for a buy: resume it, answer its order, or begin another attempt. */

import type { Step } from './buy-state.ts';
import {
  type Ask,
  attempt,
  attemptOf,
  isCertain,
  isOverdue,
  isSameAttempt,
  isUnlimited,
  orderNumber,
} from './claim.ts';
import type { Claim } from './items.ts';
import { LAST_ATTEMPT } from './order-id.ts';
import { end, go } from './process.ts';
import { release } from './release.ts';

/** How many shards one request looks at before it asks the shopper to come again. */
export const PROBES_PER_REQUEST = 4;

/** What a claim that stands already means for this buy. */
export function standing(ask: Ask, claim: Claim | undefined, n: number): Step {
  if (claim === undefined) return claimed(ask, n, 0, undefined);
  switch (claim.state) {
    case 'PENDING':
      return go({ ask, at: 'hold', claim, probes: 0 });
    case 'RESERVED':
      return reserved(ask, claim);
    case 'PAID':
      return nextOrder(ask, claim);
    case 'RELEASING':
      return go({ ask, at: 'release', release: release(ask.item, claim, 'expired', ask.now) });
    case 'RELEASED':
      return again(ask, claim);
  }
}

function reserved(ask: Ask, claim: Claim): Step {
  if (isOverdue(claim, ask.now)) {
    return go({ ask, at: 'release', release: release(ask.item, claim, 'expired', ask.now) });
  }
  return answered(ask, claim);
}

/** No sweep sees an order of unlimited stock, so its message is sent again by whoever looks at it. */
const answered = (ask: Ask, claim: Claim): Step =>
  isUnlimited(claim)
    ? go({ ask, at: 'send', claim, fresh: false, last: false })
    : end({ kind: 'order', claim, fresh: false, sent: true });

/**
 * How a claim goes on where no new attempt may begin, or nothing where it does not. A free order is paid before its
 * shopper hears of it; who paid with money has heard.
 */
export function resumed(ask: Ask, claim: Claim, isOpen: boolean): Step | undefined {
  switch (claim.state) {
    case 'PENDING':
      return isOpen ? go({ ask, at: 'hold', claim, probes: 0 }) : undefined;
    case 'RESERVED':
      return isOverdue(claim, ask.now) ? undefined : answered(ask, claim);
    case 'PAID':
      return claim.payment === 'free' ? answered(ask, claim) : undefined;
    case 'RELEASING':
    case 'RELEASED':
      return undefined;
  }
}

/** A paid claim is final: a further purchase is the next claim. */
function nextOrder(ask: Ask, claim: Claim): Step {
  if (ask.payment !== undefined && claim.payment === ask.payment) {
    return end({ kind: 'order', claim, fresh: false, sent: true });
  }
  const before = claim.before + claim.quantity;
  if (before + ask.quantity > ask.limit) {
    return isUnlimited(claim)
      ? go({ ask, at: 'send-again', claim })
      : end({ kind: 'limit-reached' });
  }
  return claimed(ask, orderNumber(claim) + 1, before, undefined);
}

/** A released claim is taken over by the next attempt. */
function again(ask: Ask, old: Claim): Step {
  const isBarred = ask.afterExpiry === 'refuse' && old.reason === 'expired';
  if (isBarred || attemptOf(old) === LAST_ATTEMPT) return end({ kind: 'not-eligible' });
  return claimed(ask, orderNumber(old), old.before, old);
}

/** Begins an attempt. */
export function claimed(ask: Ask, n: number, before: number, old: Claim | undefined): Step {
  const claim = attempt(ask, n, before, old === undefined ? 1 : attemptOf(old) + 1);
  return claim === undefined ? end({ kind: 'exhausted' }) : go({ ask, at: 'claim', claim, old });
}

/** A twin changed the claim: where is the order now? */
export function follow(
  { ask, claim, probes }: { ask: Ask; claim: Claim; probes: number },
  now: Claim | undefined,
): Step {
  if (now === undefined || !isSameAttempt(now, claim.holder))
    return end({ kind: 'busy', looked: false });
  if (isCertain(now)) return end({ kind: 'order', claim: now, fresh: true, sent: true });
  const hasMovedOn = now.state === 'PENDING' && now.probe > claim.probe;
  return hasMovedOn ? probeOn(ask, now, probes) : end({ kind: 'busy', looked: false });
}

/** Looks at the next shard, if the request has a look left. */
export const probeOn = (ask: Ask, claim: Claim, probes: number): Step =>
  probes < PROBES_PER_REQUEST
    ? go({ ask, at: 'hold', claim, probes })
    : end({ kind: 'busy', looked: true });
