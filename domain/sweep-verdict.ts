/**
 * @module
 * What the sweep does about one holder. The shard is read first, then the claim, both strongly consistent: a holder that
 * its claim does not stand for by then will never be stood for.
 */

import { hasLapsed, isOverdue, isSameAttempt } from './claim.ts';
import type { Claim } from './items.ts';
import type { OrderState } from './messages.ts';
import { type Holder, partsOf } from './order-id.ts';
import type { EpochMs } from './units.ts';

/** Younger holders are left alone: their buy is probably still on its way. */
const YOUNG_MS = 30_000;

export type Verdict =
  /** Nothing to do yet. */
  | 'leave'
  /** No claim stands for it: give its units back. */
  | 'return'
  /** Its release stopped half way: go on with it. */
  | 'finish'
  /** Never confirmed. */
  | 'lapse'
  /** Never paid. */
  | 'expire'
  /** Its record does not say what its claim says: send the message again. */
  | 'resend'
  /** Paid and recorded: out of the sweep's sight. */
  | 'settle'
  /** Its claim is missing: touch nothing, call somebody. */
  | 'alarm';

/** Judges a holder that stands in `held` of a shard. */
export function judge(
  holder: Holder,
  shard: number,
  claim: Claim | undefined,
  recorded: OrderState | undefined,
  now: EpochMs,
): Verdict {
  if (claim === undefined) return 'alarm';
  if (!isSameAttempt(claim, holder) || claim.shard !== shard) return 'return';
  switch (claim.state) {
    case 'RELEASED':
      return 'return';
    case 'RELEASING':
      return 'finish';
    case 'PENDING':
      return hasLapsed(claim, now) ? 'lapse' : 'leave';
    case 'RESERVED':
    case 'PAID':
      return judgeCertain(claim, recorded, now);
  }
}

function judgeCertain(claim: Claim, recorded: OrderState | undefined, now: EpochMs): Verdict {
  if (isOverdue(claim, now)) return 'expire';
  if (recorded !== claim.state) return 'resend';
  return claim.state === 'PAID' ? 'settle' : 'leave';
}

/** Whether a holder is old enough to be judged. */
export const isOfAge = (holder: Holder, now: EpochMs): boolean =>
  (partsOf(holder)?.since ?? 0) * 1000 <= now - YOUNG_MS;
