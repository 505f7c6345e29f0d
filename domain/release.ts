/**
 * @module
 * The release of an order: R1 decides it, R2 gives the units back, R3 completes it. Whoever finds one that stopped half
 * way goes on where it stopped.
 */

import { isSameAttempt, messageOf } from './claim.ts';
import type { Claim, ItemKey, ReleaseReason } from './items.ts';
import {
  type Answer,
  type Command,
  end,
  go,
  type Next,
  type Process,
  send,
  write,
} from './process.ts';
import { countRelease, finishRelease, giveBack, markReleasing } from './steps.ts';
import type { EpochMs } from './units.ts';

/** A release in progress. */
export type Release = {
  readonly at: 'mark' | 'tell' | 'return' | 'count' | 'finish';
  readonly item: ItemKey;
  readonly claim: Claim;
  readonly reason: ReleaseReason;
  readonly now: EpochMs;
};

/** How it ended. */
export type ReleaseOutcome =
  | { readonly kind: 'released'; readonly claim: Claim }
  /** The order was paid first, or is not over yet: it stands. */
  | { readonly kind: 'stands'; readonly claim: Claim | undefined }
  /** The message could not be sent: the sweep goes on with it. */
  | { readonly kind: 'unsent' };

/** Begins a release, or goes on with one that is RELEASING already. */
export const release = (
  item: ItemKey,
  claim: Claim,
  reason: ReleaseReason,
  now: EpochMs,
): Release =>
  claim.state === 'RELEASING'
    ? { at: firstAfterMark(claim), item, claim, reason: claim.reason ?? reason, now }
    : { at: 'mark', item, claim, reason, now };

/**
 * The message goes out before the units go back: as long as a holder stands in its shard the sweep finds the release
 * and repeats it, so that no order is released without a record. An attempt that nobody heard of needs no message.
 */
const firstAfterMark = ({ reservedAt }: Claim) => (reservedAt === undefined ? 'return' : 'tell');

export const releasing: Process<Release, ReleaseOutcome> = {
  command(state): Command {
    const { item, claim, reason, now } = state;
    switch (state.at) {
      case 'mark':
        return write(markReleasing(item, claim, reason, now));
      case 'tell':
        return send(messageOf(item, claim, 'RELEASED'));
      case 'return':
        return write(giveBack(item, claim.shard, claim.holder));
      case 'count':
        return write(countRelease(item));
      case 'finish':
        return write(finishRelease(item, claim, now));
    }
  },

  next(state, answer): Next<Release, ReleaseOutcome> {
    switch (state.at) {
      case 'mark':
        return marked(state, answer);
      case 'tell':
        if (answer.kind !== 'sent') return end({ kind: 'unsent' });
        // Unlimited stock has no shard to give anything back to.
        return go({ ...state, at: state.claim.shards === 0 ? 'finish' : 'return' });
      case 'return':
        return go({ ...state, at: answer.kind === 'done' ? 'count' : 'finish' });
      case 'count':
        return go({ ...state, at: 'finish' });
      case 'finish':
        return finished(state, answer);
    }
  },
};

function marked(state: Release, answer: Answer): Next<Release, ReleaseOutcome> {
  const now = claimIn(answer);
  if (now === undefined || !isSameAttempt(now, state.claim.holder)) {
    return end({ kind: 'stands', claim: now });
  }
  if (now.state === 'RELEASING') return go({ ...state, claim: now, at: firstAfterMark(now) });
  return end(
    now.state === 'RELEASED' ? { kind: 'released', claim: now } : { kind: 'stands', claim: now },
  );
}

function finished({ claim }: Release, answer: Answer): Next<Release, ReleaseOutcome> {
  const now = claimIn(answer);
  const isReleased = now?.state === 'RELEASED' && isSameAttempt(now, claim.holder);
  return end(isReleased ? { kind: 'released', claim: now } : { kind: 'stands', claim: now });
}

/** The claim that an answer brings: as it is now, whether the write was done or refused. */
export const claimIn = (answer: Answer): Claim | undefined =>
  'item' in answer ? (answer.item as unknown as Claim | undefined) : undefined;
