/** @module Laws of order records: whatever happens to the messages, each order ends in the same record, and is told once. */

import { deepEqual, equal, ok } from 'node:assert/strict';
import fc from 'fast-check';
import { memoryStore } from '../../adapters/memory-store.ts';
import { factsOf, messageOf } from '../../domain/claim.ts';
import type { Claim } from '../../domain/items.ts';
import type { OrderMessage, OrderState } from '../../domain/messages.ts';
import { orderIdOf } from '../../domain/order-id.ts';
import { isBehind, recordKey, recordOf } from '../../domain/order-record.ts';
import { recordAll } from '../../domain/record-all.ts';
import { claimKeyOf } from '../../domain/steps.ts';
import type { Attributes } from '../../domain/write.ts';
import { aClaim, aHolder } from '../domain/claim-builders.ts';
import { OPENS_AT } from '../support/sales.ts';
import { isSame, type Law, law, same } from './law.ts';

const ITEM = { saleId: 'night', sku: 'lamp' };
const HOLDER = aHolder();

const RESERVED = aClaim({
  ...{ state: 'RESERVED', reservedAt: OPENS_AT, payBy: OPENS_AT + 900_000 },
});
const PAID = aClaim({
  ...RESERVED,
  ...{ state: 'PAID', paidAt: OPENS_AT + 5, payment: 'pay-1', changedAt: OPENS_AT + 6 },
});
const RELEASING = aClaim({
  ...RESERVED,
  ...{ state: 'RELEASING', reason: 'expired', releasedAt: OPENS_AT + 7, changedAt: OPENS_AT + 7 },
});

/** What becomes of an order's claim after it was reserved, and what is told of it on the way; each told before it is so. */
type Life = readonly { readonly claim: Claim | undefined; readonly says?: OrderState }[];

const NEXT = aClaim({
  ...RESERVED,
  ...{ holder: aHolder('ada', { attempt: 2 }), transaction: 't-next', claimedAt: OPENS_AT + 9 },
});
const paid: Life = [
  { claim: RESERVED, says: 'RESERVED' },
  { claim: PAID, says: 'PAID' },
];
const released: Life = [
  { claim: RESERVED, says: 'RESERVED' },
  { claim: RELEASING },
  // R3: the message is on its way before the claim can be taken over.
  { claim: RELEASING, says: 'RELEASED' },
  { claim: { ...RELEASING, state: 'RELEASED', changedAt: OPENS_AT + 9 } },
];
const lives = fc.constantFrom<Life>(
  paid.slice(0, 1),
  paid,
  released,
  [...released, { claim: NEXT }],
  [...released, { claim: undefined }],
  [...paid, { claim: undefined }],
);

/** What happens next: the claim goes on, or some messages arrive; of those that fail, all come again in the end. */
type Turn = {
  readonly goesOn: boolean;
  readonly arrive: readonly number[];
  readonly fails: boolean;
};

const turns = fc.array(
  fc.record<Turn>({
    goesOn: fc.boolean(),
    arrive: fc.array(fc.nat({ max: 9 }), { maxLength: 4 }),
    fails: fc.boolean(),
  }),
  { maxLength: 10 },
);

/** The tables and the bus around one order. */
function scene() {
  const store = memoryStore();
  const published: string[] = [];
  const states: unknown[] = [];
  let isBroken = false;
  const world = {
    store: {
      read: store.read,
      write: async (write: Parameters<typeof store.write>[0]) => {
        if (isBroken) throw new Error('the table is down');
        const answer = await store.write(write);
        if ('put' in write) states.push(write.put['state']);
        return answer;
      },
    },
    bus: {
      publish: async (events: readonly { readonly detail: { readonly id: string } }[]) => {
        published.push(...events.map(({ detail }) => detail.id));
      },
    },
  };
  return {
    ...{ published, states },
    async claimIs(claim: Claim | undefined) {
      const item = claimKeyOf(ITEM, HOLDER);
      if (claim) await store.write({ item, put: claim as unknown as Attributes });
      else store.items.delete(`stock/${item.pk}/`);
    },
    async deliver(messages: readonly OrderMessage[], fails: boolean) {
      isBroken = fails;
      const failures = await recordAll(world, messages);
      isBroken = false;
      return failures.filter((failure) => failure !== undefined).length;
    },
    record: async () => (await store.read([recordKey(ITEM, HOLDER)]))[0],
  };
}

/** Lives a life with some turns between its stages, and delivers everything once more at its end. */
async function live(life: Life, some: readonly Turn[], last: readonly number[]) {
  const { claimIs, deliver, ...seen } = scene();
  const sent: OrderMessage[] = [];
  const left = [...life];
  const goOn = async () => {
    const { claim, says } = left.shift() ?? { claim: undefined };
    await claimIs(claim);
    if (claim !== undefined && says !== undefined) sent.push(messageOf(ITEM, claim, says));
  };
  await goOn();
  for (const { goesOn, arrive, fails } of some) {
    if (goesOn && left.length > 0) await goOn();
    await deliver(
      arrive.flatMap((one) => sent[one % sent.length] ?? []),
      fails,
    );
  }
  while (left.length > 0) await goOn();
  const order = last.map((one) => one % sent.length);
  const all = [...order, ...sent.keys()].map((index) => sent[index] as OrderMessage);
  equal(await deliver(all, false), 0);
  return { ...seen, told: sent };
}

const FINAL: Readonly<Record<OrderState, Claim>> = { RESERVED, PAID, RELEASED: RELEASING };

export const recordLaws: readonly Law[] = [
  law(
    'record: any order, repetition and failure of messages ends in the same record',
    [lives, turns, fc.array(fc.nat({ max: 9 }), { maxLength: 6 })],
    async (life, some, last) => {
      const { record, told, states } = await live(life, some, last);
      const state = told.at(-1)?.state ?? 'RESERVED';
      same(await record(), { ...recordOf(ITEM, HOLDER, state, factsOf(FINAL[state])) });
      // It moves forward, never back, and never to where it is.
      ok(isSame(states, [state]) || isSame(states, ['RESERVED', state]), states.join());
    },
  ),

  law(
    'record: each state that an order came to is told, under one id, and no other',
    [lives, turns, fc.array(fc.nat({ max: 9 }), { maxLength: 6 })],
    async (life, some, last) => {
      const { published, told } = await live(life, some, last);
      const id = orderIdOf({ ...ITEM, holder: HOLDER });
      const expected = [...new Set(told.map(({ state }) => `${id}/${state}`))];
      deepEqual([...new Set(published)].toSorted(), expected.toSorted());
      equal(published.indexOf(`${id}/RESERVED`), 0);
    },
  ),

  law(
    'record: is behind until it is there, and what is final is behind nothing',
    [
      fc.constantFrom<OrderState>('RESERVED', 'PAID', 'RELEASED'),
      fc.constantFrom<OrderState>('RESERVED', 'PAID', 'RELEASED'),
    ],
    (now, next) => {
      const record = recordOf(ITEM, HOLDER, now, factsOf(FINAL[now]));
      ok(isBehind(undefined, next));
      equal(isBehind(record, next), now === 'RESERVED' && next !== 'RESERVED');
    },
    0.2,
  ),
];
