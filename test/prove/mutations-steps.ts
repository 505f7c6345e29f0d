/** @module Every condition of the stock protocol's steps, turned off one at a time. `all()` holds always. */

import type { Mutation } from './mutations.ts';

const file = 'domain/steps.ts';

const off = (name: string, from: string, to: string, redundant?: string): Mutation => ({
  ...{ name, edits: [{ file, from, to }] },
  ...(redundant && { redundant }),
});

const CLAIM = "old === undefined ? absent : all(isOf(old), equals('state', 'RELEASED'))";
const HOLD = "when: all(atLeast('avail', quantity), lacks('held', holder), lacks('sold', holder))";
const MOVE = "when: isWhere(claim),\n  change: [set('probe', to)";
const GIVE_UP = "when: isWhere(claim),\n  change: [set('state', 'RELEASED')";
const CONFIRM = 'when: isWhere(before)';
const isPending = "equals('state', 'PENDING')";
const isAt = (claim: string) => `equals('probe', ${claim}.probe)`;

/** The three conditions that move, give-up and confirm share, one less each time. */
const where = (step: string, from: string, claim: string): readonly Mutation[] => {
  const [before = '', after = ''] = from.split(`isWhere(${claim})`);
  const kept = (...conditions: string[]) => `${before}all(${conditions.join(', ')})${after}`;
  return [
    off(`${step} without "same holder"`, from, kept(isPending, isAt(claim))),
    off(`${step} without "PENDING"`, from, kept(`isOf(${claim})`, isAt(claim))),
    off(`${step} without "same probe"`, from, kept(`isOf(${claim})`, isPending)),
  ];
};

/** Why an attempt may be given up by whoever passes: it costs its shopper a second press, and nobody a unit. */
const GIVEN_UP =
  'as a twin that is given up finds its B4 refused and gives its unit back; it stays, for the shopper would be told "busy"';

export const STEP_MUTATIONS: readonly Mutation[] = [
  off('B1 without "no such claim"', CLAIM, CLAIM.replace('absent', 'all()')),
  off('B1 without "same attempt"', CLAIM, CLAIM.replace('isOf(old), ', '')),
  off(
    'B1 without "RELEASED"',
    CLAIM,
    CLAIM.replace(", equals('state', 'RELEASED')", ''),
    'as RELEASED is the last state of an attempt, and another one has another holder; it stays, for its own reader',
  ),
  off('B2 without "avail ≥ q"', HOLD, HOLD.replace("atLeast('avail', quantity), ", '')),
  off('B2 without "not in held"', HOLD, HOLD.replace(", lacks('held', holder)", '')),
  off('B2 without "not in sold"', HOLD, HOLD.replace(", lacks('sold', holder)", '')),
  ...where('B3', MOVE, 'claim'),
  ...where("B3 at the sequence's end", GIVE_UP, 'claim').map((one) =>
    one.name.includes('PENDING') ? one : { ...one, redundant: GIVEN_UP },
  ),
  ...where('B4', CONFIRM, 'before'),
  off(
    'P1 without "same holder"',
    "equals('holder', holder),\n    equals('state', 'RESERVED'),\n    equals('amount'",
    "equals('state', 'RESERVED'),\n    equals('amount'",
  ),
  off(
    'P1 without "RESERVED"',
    "    equals('state', 'RESERVED'),\n    equals('amount'",
    "    equals('amount'",
  ),
  off('P1 without "same amount"', "    equals('amount', payment.amount),\n", ''),
  off('P1 without "same currency"', "    equals('currency', payment.currency),\n", ''),
  off(
    'R1 without "same holder"',
    "when: all(equals('holder', holder), isOver(reason, now))",
    'when: isOver(reason, now)',
  ),
  off(
    'R1 without "RESERVED"',
    "const reserved = equals('state', 'RESERVED')",
    'const reserved = all()',
  ),
  off('R1 without "past payBy"', "all(reserved, below('payBy', now - GRACE_MS))", 'all(reserved)'),
  off(
    'R1 without "PENDING"',
    "all(equals('state', 'PENDING'), below('leaseAt', now))",
    "below('leaseAt', now)",
  ),
  off(
    'R1 without "past its lease"',
    "all(equals('state', 'PENDING'), below('leaseAt', now))",
    "equals('state', 'PENDING')",
  ),
  off('R2 without "holder in held"', "  when: has('held', holder),\n", ''),
  off('R2 without the count of releases', "add('releases', 1), ", ''),
  off('R2 without "no longer sold out"', ", set('soldOut', false)]", ']'),
  off(
    'R3 without "same holder"',
    "when: all(isOf(claim), equals('state', 'RELEASING'))",
    "when: equals('state', 'RELEASING')",
  ),
  off(
    'R3 without "RELEASING"',
    "when: all(isOf(claim), equals('state', 'RELEASING'))",
    'when: isOf(claim)',
    'as only RELEASED comes after RELEASING, and saying so twice changes nothing; it stays, for its own reader',
  ),
  off(
    'S without "holder in held"',
    "when: all(...holders.map((holder) => has('held', holder)))",
    'when: exists',
    'as a paid holder stands in held or in sold, always, and a set takes it once; it stays, for a claim that lies',
  ),
];
