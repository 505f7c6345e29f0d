/**
 * @module
 * A buy: claim, hold, confirm. Any number of twins of one shopper may run it at once, and each may stop anywhere: they
 * end with one order, or with none and nothing taken that the sweep does not give back.
 */

import type { At, Buy, BuyOutcome, Stage, Step } from './buy-state.ts';
import { type Ask, confirmed, isCertain, isSameAttempt, messageOf, orderNumber } from './claim.ts';
import { hintEmpty } from './hint.ts';
import type { Shard } from './items.ts';
import { nextProbe, shardAt } from './probe.ts';
import { type Answer, type Command, end, go, type Process, send, write } from './process.ts';
import { claimIn, releasing } from './release.ts';
import { claimed, follow, probeOn, standing } from './standing.ts';
import { claimIt, confirm, countRelease, giveBack, giveUp, hold, move } from './steps.ts';

/** The first step of a buy, or its end where no shard is worth a visit. */
export const buy = (ask: Ask): Step =>
  ask.quantity > ask.limit ? end({ kind: 'limit-reached' }) : claimed(ask, 0, 0, undefined);

export const buying: Process<Buy, BuyOutcome> = {
  command: commandOf,
  next: (state, answer) => NEXT[state.at](state as never, answer),
};

function commandOf(state: Buy): Command {
  const { item, now } = state.ask;
  switch (state.at) {
    case 'claim':
      return write(claimIt(item, state.claim, state.old));
    case 'hold':
      return write(hold(item, state.claim));
    case 'move':
      return write(move(item, state.claim, state.to));
    case 'give-up':
      return write(giveUp(item, state.claim, now));
    case 'confirm':
      return write(confirm(item, state.claim, confirmed(state.ask, state.claim)));
    case 'return':
      return write(giveBack(item, state.claim.shard, state.claim.holder));
    case 'count':
      return write(countRelease(item));
    case 'release':
      return releasing.command(state.release);
    case 'send':
    case 'send-again':
      return send(messageOf(item, state.claim, state.claim.state === 'PAID' ? 'PAID' : 'RESERVED'));
    case 'hint':
      return write(hintEmpty(item, state.claim.shard));
  }
}

const NEXT: { readonly [K in Stage['at']]: (state: At<K>, answer: Answer) => Step } = {
  claim: ({ ask, claim }, answer) => {
    if (answer.kind !== 'done') return standing(ask, claimIn(answer), orderNumber(claim));
    if (isCertain(claim)) return go({ ask, at: 'send', claim, fresh: true, last: false });
    return go({ ask, at: 'hold', claim, probes: 0 });
  },

  hold: ({ ask, claim, probes }, answer) => {
    const shard = 'item' in answer ? (answer.item as unknown as Shard | undefined) : undefined;
    const isThere =
      shard?.held?.has(claim.holder) === true || shard?.sold?.has(claim.holder) === true;
    if (isThere) {
      const last = answer.kind === 'done' && shard?.avail === 0;
      return go({ ask, at: 'confirm', claim, probes, last });
    }
    const to = nextProbe(claim.holder, claim.shards, claim.probe + 1, ask.empty);
    if (to === undefined) return go({ ask, at: 'give-up', claim, probes });
    return go({ ask, at: 'move', claim, probes: probes + 1, to });
  },

  move: (state, answer) => {
    if (answer.kind !== 'done') return follow(state, claimIn(answer));
    const { claim, to } = state;
    const shard = shardAt(claim.holder, claim.shards, to);
    return probeOn(state.ask, { ...claim, probe: to, shard }, state.probes);
  },

  'give-up': (state, answer) =>
    answer.kind === 'done' ? end({ kind: 'exhausted' }) : follow(state, claimIn(answer)),

  confirm: ({ ask, claim, probes, last }, answer) => {
    if (answer.kind === 'done') {
      return go({ ask, at: 'send', claim: confirmed(ask, claim), fresh: true, last });
    }
    const now = claimIn(answer);
    if (now && isSameAttempt(now, claim.holder) && now.probe === claim.probe) {
      if (isCertain(now)) return end({ kind: 'order', claim: now, fresh: true, sent: true });
      // A twin's order is being released. Its message must be out before its units are back: a holder that nobody sees
      // any more is one that no sweep tells of.
      if (now.state === 'RELEASING') return standing(ask, now, orderNumber(claim));
    }
    // This hold is dead: no claim will ever stand for it. It is given back before anything else.
    return go({ ask, at: 'return', claim, probes, now });
  },

  return: (state, answer) =>
    answer.kind === 'done' ? go({ ...state, at: 'count' as const }) : follow(state, state.now),

  count: (state) => follow(state, state.now),

  release: ({ ask, release: before }, answer) => {
    const next = releasing.next(before, answer);
    if ('go' in next) return go({ ask, at: 'release', release: next.go });
    if (next.end.kind === 'unsent') return end({ kind: 'busy', looked: false });
    return standing(ask, next.end.claim, orderNumber(before.claim));
  },

  send: ({ ask, claim, fresh, last }, answer) => {
    const sent = answer.kind === 'sent';
    return last ? go({ ask, at: 'hint', claim, sent }) : end({ kind: 'order', claim, fresh, sent });
  },

  hint: ({ claim, sent }) => end({ kind: 'order', claim, fresh: true, sent }),

  'send-again': () => end({ kind: 'limit-reached' }),
};
