/** @module Decisions about money, made wrongly one at a time. */

import type { Mutation } from './mutations.ts';
import { wrong } from './mutations-decisions.ts';

export const MONEY: readonly Mutation[] = [
  wrong('a payment of another order counts as its own', 'payment.ts', [
    "claim.state === 'PAID' && claim.payment === arrival.payment.reference",
    "claim.state === 'PAID'",
  ]),
  wrong('a late payment is kept', 'payment.ts', [
    "if (outcome.kind !== 'order') return go({ arrival, dead, at: 'give-up', reason: 'late' });",
    "if (outcome.kind !== 'order') return end({ kind: 'paid', orderId: dead ?? '' });",
  ]),
  wrong('what was decided of a payment is decided again', 'payment-item.ts', [
    'when: any(absent, ...same, ...ofTheDead)',
    "when: { op: 'all', of: [] }",
  ]),
  wrong('money goes back before anybody has agreed', 'payment.ts', [
    'needsApproval && item.approvedAt === undefined',
    'false',
  ]),
  wrong('an approval is not written down', 'approve-refund.ts', [
    '  await world.store.write(approve(reference, now));\n',
    '',
  ]),
  wrong('a refund that was marked stays on the list', 'approve-refund.ts', [
    'return run(refunding, strikeOff(known.money), world);',
    "return { kind: 'refunded', reason: known.item.reason };",
  ]),
  wrong('a refund that the provider did not take counts as done', 'refunding.ts', [
    "answer.kind === 'sent' ? go(then) : end({ kind: 'later' })",
    'go(then)',
  ]),
];
