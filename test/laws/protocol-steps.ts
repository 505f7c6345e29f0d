/** @module Every step of the domain that writes, with random inputs of a small world, so that they meet each other. */

import fc from 'fast-check';
import { confirmed, factsOf } from '../../domain/claim.ts';
import { restock, stockItem } from '../../domain/grant.ts';
import { hintEmpty } from '../../domain/hint.ts';
import type { Claim, ItemKey, Status } from '../../domain/items.ts';
import { orderIdOf } from '../../domain/order-id.ts';
import { recordOf } from '../../domain/order-record.ts';
import { approve, type Decision, decideOn, refunded } from '../../domain/payment-item.ts';
import type { Store } from '../../domain/ports.ts';
import { shardAt } from '../../domain/probe.ts';
import { advance } from '../../domain/record.ts';
import { listRefund, type RefundEntry, strikeRefund } from '../../domain/refund-list.ts';
import { concludeScan, type Detecting, detecting } from '../../domain/sold-out.ts';
import * as steps from '../../domain/steps.ts';
import { closeItem } from '../../domain/sweep-sale.ts';
import type { Write } from '../../domain/write.ts';
import { aClaim, aHolder } from '../domain/claim-builders.ts';
import { OPENS_AT } from '../support/sales.ts';

/** Something that is done to the tables of one item. */
export type Step = {
  readonly name: string;
  readonly [fc.toStringMethod]?: () => string;
  run(store: Store, item: ItemKey): Promise<unknown>;
};

const SHARDS = 2;

/** An attempt of one of two shoppers, at a place of its sequence. */
const claims: fc.Arbitrary<Claim> = fc
  .record({
    name: fc.constantFrom('ada', 'ada', 'bob'),
    attempt: fc.constantFrom(1, 1, 1, 1, 2),
    quantity: fc.constantFrom(1, 1, 1, 1, 2),
    probe: fc.constantFrom(0, 0, 0, 0, 1),
  })
  .map(({ name, attempt, quantity, probe }) => {
    const holder = aHolder(name, { attempt, quantity });
    const shard = shardAt(holder, SHARDS, probe);
    return aClaim({ holder, probe, shard, shards: SHARDS, quantity, amount: quantity * 1999 });
  });

/** At the opening, past a lease, past a payment window. */
const instants = fc.constantFrom(0, 31_000, 1_200_000).map((ms) => OPENS_AT + ms);
const shards = fc.nat({ max: SHARDS });
const reasons = fc.constantFrom('expired' as const, 'cancelled' as const, 'lapsed' as const);

const ask = (claim: Claim, item: ItemKey, now: number) => ({
  ...{ item, buyerKey: '', quantity: claim.quantity, limit: 2, price: claim.price, now },
  ...{ currency: 'EUR', paymentWindow: 900, afterExpiry: 'allow' as const, shards: SHARDS },
  ...{ empty: new Set<number>(), shopper: 'i-ada', transaction: 't-ada', eraseAt: 1 },
});

const paymentOf = ({ saleId }: ItemKey, { amount }: Claim, isRight: boolean) => ({
  ...{ reference: `pay-${saleId}-${amount}`, currency: 'EUR', paidAt: OPENS_AT },
  amount: isRight ? amount : amount + 1,
});

/** What a counterexample shows of a step. */
const SHOWN = { saleId: 'run', sku: 'lamp' };

const write = (name: string, of: (item: ItemKey) => Write | undefined): Step => ({
  name,
  [fc.toStringMethod]: () => `${name}: ${fc.stringify(of(SHOWN))}`,
  run: async (store, item) => {
    const one = of(item);
    return one && store.write(one);
  },
});

/** A whole way to an order, so that what comes after a confirmation is often met. */
const ordered = (claim: Claim, now: number): Step => ({
  name: 'order',
  [fc.toStringMethod]: () => `order: ${claim.holder}`,
  async run(store, item) {
    await store.write(steps.claimIt(item, claim, undefined));
    await store.write(steps.hold(item, claim));
    await store.write(steps.confirm(item, claim, confirmed(ask(claim, item, now), claim)));
  },
});

/** Steps of claims and shards. */
const protocol = fc
  .record({
    claim: claims,
    old: claims,
    now: instants,
    shard: shards,
    reason: reasons,
    yes: fc.boolean(),
    free: fc.boolean(),
  })
  .chain(({ claim, old, now, shard, reason, yes, free }) => {
    const priced = free ? { ...claim, price: 0, amount: 0 } : claim;
    const takenOver = yes ? undefined : old;
    const to = (claim.probe + 1) % SHARDS;
    const holders = [...new Set([claim.holder, old.holder])];
    return fc.constantFrom(
      ordered(claim, now),
      write('claimIt', (item) => steps.claimIt(item, priced, takenOver)),
      write('claimIt', (item) => steps.claimIt(item, priced, undefined)),
      write('hold', (item) => steps.hold(item, claim)),
      write('hold', (item) => steps.hold(item, { ...claim, shard })),
      write('move', (item) => steps.move(item, claim, to)),
      write('giveUp', (item) => steps.giveUp(item, claim, now)),
      write('confirm', (item) =>
        steps.confirm(item, claim, confirmed(ask(priced, item, now), priced)),
      ),
      write('pay', (item) => steps.pay(item, claim.holder, paymentOf(item, claim, yes), now)),
      write('markReleasing', (item) => steps.markReleasing(item, claim, reason, now)),
      write('giveBack', (item) => steps.giveBack(item, yes ? claim.shard : shard, claim.holder)),
      write('finishRelease', (item) => steps.finishRelease(item, claim, now)),
      write('settle', (item) => steps.settle(item, claim.shard, yes ? [claim.holder] : holders)),
      write('checkOut', (item) => steps.checkOut(item, claim, 'token', now)),
    );
  });

const detectingAt = (item: ItemKey, now: number, rest: object) =>
  ({ item, quantity: 1, now, ...rest }) as Detecting;

/** A write of the process that proves that an item is sold out. */
const detected = (name: string, now: number, rest: object) =>
  write(name, (item) => {
    const command = detecting.command(detectingAt(item, now, rest));
    return command.kind === 'write' ? command.write : undefined;
  });

const STATUS: Status = { phase: 'OPEN', soldOut: false, shards: 3, releases: 0, grants: 0, cap: 9 };

const queue = { send: async () => {} };

/** Steps of status, hints and grants. */
const stock = fc
  .record({
    now: instants,
    shard: shards,
    empty: fc.subarray([0, 1, 2, 200]),
    number: fc.nat({ max: 3 }),
    units: fc.integer({ min: 1, max: 90 }),
  })
  .chain(({ now, shard, empty, number, units }) =>
    fc.constantFrom<Step>(
      write('countRelease', steps.countRelease),
      write('hintEmpty', (item) => hintEmpty(item, shard)),
      write('closeItem', closeItem),
      write('concludeScan', (item) => concludeScan(item, number, shard)),
      detected('electScan', now, { at: 'elect', shards: 3 }),
      detected('rewriteHint', now, {
        at: 'hint',
        block: 0,
        status: STATUS,
        found: { largest: 1, empty },
      }),
      {
        name: 'stockItem',
        run: (store, item) => stockItem(store, item, units % 5 === 0 ? 'unlimited' : units, 0),
      },
      {
        name: 'restock',
        run: (store, item) => restock({ store, queue }, item, number, units, now),
      },
    ),
  );

const decisions = (claim: Claim, isPay: boolean, item: ItemKey): Decision =>
  isPay
    ? { decision: 'pay', order: orderIdOf({ ...item, holder: claim.holder }) }
    : { decision: 'refund', reason: 'late' };

const entryOf = (item: ItemKey, claim: Claim, now: number): RefundEntry => ({
  reference: claim.holder,
  orderId: orderIdOf({ ...item, holder: claim.holder }),
  ...{ reason: 'late', amount: claim.amount, currency: claim.currency, paidAt: now, askedAt: now },
});

/** Steps of order records and payments. */
const orders = fc
  .record({
    claim: claims,
    dead: fc.option(claims, { nil: undefined }),
    now: instants,
    isPay: fc.boolean(),
    from: fc.constantFrom(undefined, 'RESERVED' as const),
    to: fc.constantFrom('RESERVED' as const, 'PAID' as const, 'RELEASED' as const),
  })
  .chain(({ claim, dead, now, isPay, from, to }) => {
    return fc.constantFrom(
      write('decideOn', (item) =>
        decideOn(
          paymentOf(item, claim, true),
          orderIdOf({ ...item, holder: claim.holder }),
          decisions(claim, isPay, item),
          dead && orderIdOf({ ...item, holder: dead.holder }),
          now,
        ),
      ),
      write('refunded', (item) => refunded(paymentOf(item, claim, true).reference, now)),
      write('approve', (item) => approve(paymentOf(item, claim, true).reference, now)),
      write('listRefund', (item) => listRefund(item.saleId, entryOf(item, claim, now))),
      write('strikeRefund', (item) => strikeRefund(item.saleId, claim.holder, now)),
      write('advance', (item) => {
        const facts = factsOf({ ...claim, payBy: now });
        const message = {
          v: 1 as const,
          kind: 'order' as const,
          ...item,
          holder: claim.holder,
          state: to,
          facts,
        };
        return advance(message, undefined, from && recordOf(item, claim.holder, from, facts)).write;
      }),
    );
  });

/** Steps of all kinds, those of the protocol more often than the others. */
export const protocolSteps: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: protocol },
  { weight: 2, arbitrary: stock },
  { weight: 1, arbitrary: orders },
);
