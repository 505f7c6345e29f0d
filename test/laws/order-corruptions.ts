/** @module What can be wrong with shoppers, order records, and what shoppers were told. */

import { orderIdOf } from '../../domain/order-id.ts';
import { answerFor, holderFor, idFor, KEY, MINUTE, NOW } from '../domain/audit-builders.ts';
import { type Corruption, inClaim, inRecord, withBooks } from './corruption.ts';
import { chosen, LIMIT } from './made-up-books.ts';

const SHOPPERS: readonly Corruption[] = [
  {
    name: 'a shopper above the limit',
    breaks: ['no-duplicate'],
    needs: 'reserved',
    corrupt: (world) => inClaim(world, (claim) => ({ ...claim, quantity: LIMIT + 1 })),
  },
  {
    name: 'a claim that says wrong what its shopper had before',
    breaks: ['no-duplicate'],
    needs: 'reserved',
    corrupt: (world, choice) =>
      inClaim(world, (claim) => ({ ...claim, before: claim.before + 1 + choice })),
  },
  {
    name: 'an order that follows one that was never paid',
    breaks: ['no-duplicate'],
    needs: 'reserved',
    corrupt: (world) => {
      const holder = holderFor(chosen(world));
      const claims = world.books.claims.map((one) =>
        one.claim.holder === holder ? { ...one, n: one.n + 1 } : one,
      );
      return withBooks(world, { claims });
    },
  },
];

const MONEY = ['quantity', 'price', 'amount'] as const;

const RECORDS: readonly Corruption[] = [
  ...(['reserved', 'settled', 'released'] as const).map(
    (needs): Corruption => ({
      name: `an order that is ${needs} and has no record`,
      breaks: ['nothing-lost'],
      needs,
      corrupt: (world) => inRecord(world, () => undefined),
    }),
  ),
  ...(['paid', 'released'] as const).map(
    (needs): Corruption => ({
      name: `an order that is ${needs} where its record says reserved`,
      breaks: ['nothing-lost'],
      needs,
      corrupt: (world) => inRecord(world, (record) => ({ ...record, state: 'RESERVED' })),
    }),
  ),
  {
    name: 'a record of another quantity, price or amount than its claim',
    breaks: ['nothing-lost'],
    needs: 'paid',
    corrupt: (world, choice) => {
      const name = MONEY[choice % MONEY.length] ?? 'amount';
      return inRecord(world, (record) => ({ ...record, [name]: record[name] + 1 }));
    },
  },
  {
    name: 'a record of another currency than its claim',
    breaks: ['nothing-lost'],
    needs: 'paid',
    corrupt: (world) => inRecord(world, (record) => ({ ...record, currency: 'JPY' })),
  },
  {
    name: 'an order that was released for no reason',
    breaks: ['nothing-lost'],
    needs: 'released',
    corrupt: (world) => inClaim(world, ({ reason: _, ...claim }) => claim),
  },
  {
    name: 'a reserved order that need never be paid',
    breaks: ['nothing-lost'],
    needs: 'reserved',
    corrupt: (world) => inClaim(world, ({ payBy: _, ...claim }) => claim),
  },
];

const ANSWERS: readonly Corruption[] = [
  {
    name: 'an order that was acknowledged and is not there',
    breaks: ['nothing-lost'],
    needs: 'pending',
    corrupt: (world, choice) => {
      const orderId = orderIdOf({ ...KEY, holder: holderFor({ buyer: 100 + choice }) });
      return { ...world, answers: [...world.answers, answerFor({ shopper: 'eve', orderId })] };
    },
  },
  {
    name: 'an order that was acknowledged before it was certain',
    breaks: ['nothing-lost'],
    needs: 'pending',
    corrupt: (world) => ({
      ...world,
      answers: [...world.answers, answerFor({ shopper: 'eve', orderId: idFor(chosen(world)) })],
    }),
  },
  {
    name: 'a shopper who was told sold out while a unit was free',
    breaks: ['exact-sell-through'],
    needs: 'pending',
    // Its attempt began ten seconds ago: until then its unit was free.
    corrupt: (world) => ({
      ...world,
      answers: [
        ...world.answers,
        answerFor({ shopper: 'eve', code: 'sold-out', at: NOW - MINUTE }),
      ],
    }),
  },
];

export const orderCorruptions: readonly Corruption[] = [...SHOPPERS, ...RECORDS, ...ANSWERS];
