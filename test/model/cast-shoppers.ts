/** @module What shoppers and the payment provider begin. */

import { buy, buying } from '../../domain/buy.ts';
import type { BuyOutcome } from '../../domain/buy-state.ts';
import type { Ask } from '../../domain/claim.ts';
import type { Claim, Status } from '../../domain/items.ts';
import { arrive, paying } from '../../domain/payment.ts';
import { afterBuy, askOf } from '../../domain/purchase.ts';
import { detect, detecting } from '../../domain/sold-out.ts';
import { rebuy } from '../../domain/take-payment.ts';
import { buyerKeyOf } from '../support/shop.ts';
import { membersOf } from './actors.ts';
import { type Kind, LATER } from './configuration.ts';
import { type Begin, type Ending, machineOf, NOTHING } from './machine.ts';
import { ACKNOWLEDGED } from './names.ts';
import { paymentOf, shortReference } from './payments.ts';
import { type Entrance, type Play, statusIn } from './play.ts';

export function buyAt(play: Play, kind: Kind, now: number): Entrance {
  const { sale, sold, shoppers, status } = play;
  const buys = machineOf('buy', buying, (outcome, { ask }) => buyEnds(play, outcome, ask));
  return {
    kind,
    items: [status],
    begins: (of) =>
      shoppers.flatMap(({ name, quantity }) => {
        const offer = { sale, item: sold, status: statusIn(of), empty: new Set<number>() };
        const buyer = { buyerKey: buyerKeyOf(name), shopper: name, transaction: name };
        const next = buy(askOf(offer, buyer, quantity, now));
        return 'go' in next ? [{ machine: buys, state: next.go, label: `${name} buys` }] : [];
      }),
  };
}

const scanning = machineOf('scan', detecting);

/** What a buy leaves behind: an answer, or the question whether anything is left. */
function buyEnds({ config, item }: Play, outcome: BuyOutcome, ask: Ask): Ending {
  const next = afterBuy(outcome, { item, quantity: ask.quantity, now: ask.now }, ask.shards);
  if ('end' in next) {
    if (next.end.kind !== 'order') return NOTHING;
    return { notes: [{ of: 'acknowledged', what: next.end.claim.holder }] };
  }
  if (!config.status) return NOTHING;
  return { begins: [{ machine: scanning, state: next.go, label: `${ask.shopper} scans` }] };
}

export const scan = ({ shoppers, item, status }: Play): Entrance => ({
  kind: 'scan',
  items: [status],
  begins: (of) =>
    shoppers.map(({ name, quantity }) => ({
      machine: scanning,
      state: detect({ item, quantity, now: LATER }, statusIn(of).shards),
      label: `${name} scans`,
    })),
});

/** A payment comes only for an order that was acknowledged, at any time after that. */
export const pay = (play: Play, kind: Kind, ...suffixes: readonly string[]): Entrance => ({
  kind,
  items: [ACKNOWLEDGED, play.status],
  begins: (acknowledged, of) =>
    [...membersOf(acknowledged)].flatMap((holder) =>
      suffixes.map((suffix) => payment(play, `${holder}${suffix}`, statusIn(of))),
    ),
});

function payment({ sale, item }: Play, reference: string, of: Status): Begin {
  const { holder, payment: paid } = paymentOf(sale, reference);
  const again = (claim: Claim) => rebuy(sale, { ...item, holder }, of, claim, paid, LATER);
  const needsApproval = sale.refunds === 'approval';
  return {
    machine: machineOf(`pay with ${of.shards} shards`, paying, ({ kind }) =>
      kind === 'later' ? NOTHING : { notes: [{ of: 'heard', what: reference }] },
    ),
    state: arrive({ item, holder, payment: paid, now: LATER, needsApproval, again }),
    label: `payment ${shortReference(reference)}`,
    notes: [{ of: 'paid-in', what: reference }],
  };
}
