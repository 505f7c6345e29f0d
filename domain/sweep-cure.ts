/** @module What the sweep does about what it saw: one short process for each holder, and one for the paid ones of a shard. */

import { messageOf } from './claim.ts';
import type { ItemKey } from './items.ts';
import type { OrderMessage, OrderState } from './messages.ts';
import type { Holder } from './order-id.ts';
import { type Command, end, go, type Process, send, write } from './process.ts';
import { type Release, release, releasing } from './release.ts';
import { countRelease, giveBack, settle } from './steps.ts';
import type { Judged } from './sweep-look.ts';
import type { EpochMs } from './units.ts';

/** A cure in progress. */
export type Cure = { readonly item: ItemKey } & (
  | { readonly at: 'return'; readonly shard: number; readonly holder: Holder }
  | { readonly at: 'count' }
  | { readonly at: 'release'; readonly release: Release }
  | { readonly at: 'resend'; readonly message: OrderMessage }
  | { readonly at: 'settle'; readonly shard: number; readonly holders: readonly Holder[] }
);

/** `unsent`: the queue did not take a message, and why; the next sweep sends it. */
export type CureOutcome = { readonly unsent: boolean; readonly why?: unknown };

const DONE = end<CureOutcome>({ unsent: false });

/** What is to be done about what a look judged; nothing about what is well, or beyond us. */
export function cures(item: ItemKey, judged: readonly Judged[], now: EpochMs): readonly Cure[] {
  const paid = judged.filter(({ verdict }) => verdict === 'settle');
  const settles = [...Map.groupBy(paid, ({ shard }) => shard)].map(
    ([shard, of]): Cure => ({ at: 'settle', item, shard, holders: of.map(({ holder }) => holder) }),
  );
  return [...judged.flatMap((one) => cureOf(item, one, now)), ...settles];
}

function cureOf(
  item: ItemKey,
  { verdict, claim, shard, holder }: Judged,
  now: EpochMs,
): readonly Cure[] {
  if (verdict === 'return') return [{ at: 'return', item, shard, holder }];
  if (claim === undefined) return [];
  switch (verdict) {
    case 'resend':
      return [{ at: 'resend', item, message: messageOf(item, claim, claim.state as OrderState) }];
    case 'lapse':
      return [{ at: 'release', item, release: release(item, claim, 'lapsed', now) }];
    case 'finish':
    case 'expire':
      return [{ at: 'release', item, release: release(item, claim, 'expired', now) }];
    default:
      return [];
  }
}

export const curing: Process<Cure, CureOutcome> = {
  command(state): Command {
    const { item } = state;
    switch (state.at) {
      case 'return':
        return write(giveBack(item, state.shard, state.holder));
      case 'count':
        return write(countRelease(item));
      case 'release':
        return releasing.command(state.release);
      case 'resend':
        return send(state.message);
      case 'settle':
        return write(settle(item, state.shard, state.holders));
    }
  },

  next(state, answer) {
    switch (state.at) {
      case 'return':
        return answer.kind === 'done' ? go({ at: 'count', item: state.item }) : DONE;
      case 'release': {
        const next = releasing.next(state.release, answer);
        // What a release could not tell is told by the next sweep: its holder still stands in its shard.
        return 'go' in next ? go({ ...state, release: next.go }) : DONE;
      }
      case 'resend':
        return answer.kind === 'unsent' ? end({ unsent: true, why: answer.why }) : DONE;
      case 'count':
      case 'settle':
        return DONE;
    }
  },
};
