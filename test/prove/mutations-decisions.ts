/** @module Decisions of the protocol, made wrongly one at a time: the known wrong variants, and more of our own. */

import type { Edit, Mutation } from './mutations.ts';

export const wrong = (
  name: string,
  file: string,
  ...edits: readonly (readonly [string, string])[]
) =>
  ({
    name,
    edits: edits.map(([from, to]): Edit => ({ file: `domain/${file}`, from, to })),
  }) satisfies Mutation;

/** What the first model of this protocol found, long before there was code. */
export const KNOWN_WRONG: readonly Mutation[] = [
  wrong('an order id is used again in a later attempt', 'standing.ts', [
    'attemptOf(old) + 1',
    'attemptOf(old)',
  ]),
  wrong('R2 gives back whatever is asked', 'steps.ts', ["  when: has('held', holder),\n", '']),
  wrong('B4 ignores the probe', 'steps.ts', [
    'when: isWhere(before)',
    "when: all(isOf(before), equals('state', 'PENDING'))",
  ]),
  {
    name: 'a holder is judged by an older image of its claim',
    edits: [],
    budget: { buy: 3, rollback: 1, 'sweep-backwards': 1 },
  },
  {
    name: 'a paid claim is claimed again',
    edits: [
      {
        file: 'domain/steps.ts',
        from: "all(isOf(old), equals('state', 'RELEASED'))",
        to: 'isOf(old)',
      },
      {
        file: 'domain/standing.ts',
        from: 'return claimed(ask, orderNumber(claim) + 1, before, undefined);',
        to: 'return claimed(ask, orderNumber(claim), before, claim);',
      },
      { file: 'domain/standing.ts', from: 'before + ask.quantity > ask.limit', to: 'false' },
    ],
  },
  wrong('B2 does not look into sold', 'steps.ts', [", lacks('sold', holder)", '']),
  wrong(
    'S settles an order that is not paid',
    'sweep-verdict.ts',
    ["if (recorded !== claim.state) return 'resend';", ''],
    ["return claim.state === 'PAID' ? 'settle' : 'leave';", "return 'settle';"],
  ),
  wrong('an order is acknowledged before B4', 'buy.ts', [
    "return go({ ask, at: 'confirm', claim, probes, last });",
    "return go({ ask, at: 'send', claim: confirmed(ask, claim), fresh: true, last });",
  ]),
  wrong(
    'R2 gives back whatever the claim says now',
    'release.ts',
    [' || !isSameAttempt(now, state.claim.holder)', ''],
    ["if (now.state === 'RELEASING') return", "if (now.state !== 'RELEASED') return"],
  ),
  wrong('the probe wraps round', 'probe.ts', ['  return undefined;\n}', '  return 0;\n}']),
];

/** What spares reads and writes, and decides nothing. */
const COSTS_ONLY =
  'as looking too often, or too early, finds nothing to do; it stays, for what the looks would cost';

/** B0: who is turned away before anything is written. The model begins behind that door. */
const DOORS: readonly Mutation[] = [
  wrong('B0 without "not before the opening"', 'purchase.ts', [
    'if (now < sale.opensAt)',
    'if (false)',
  ]),
  wrong('B0 without "not after the closing"', 'purchase.ts', ['now >= sale.closesAt || ', '']),
  wrong('B0 without "not closed"', 'purchase.ts', [" || status.phase === 'CLOSED'", '']),
  wrong('B0 without "not paused"', 'purchase.ts', [
    "return status.phase === 'PAUSED' ?",
    'return false ?',
  ]),
  wrong('B0 without "not sold out"', 'sold-out.ts', [
    "  if (status.soldOut) return { kind: 'sold-out' };\n",
    '',
  ]),
  wrong('B0 without "not more than the limit"', 'purchase.ts', [
    'if (quantity > item.limit) return',
    'if (false) return',
  ]),
];

/** More, for each decision that something hangs on. */
export const DECISIONS: readonly Mutation[] = [
  ...DOORS.map((one) => ({ ...one, laws: 'doors' })),
  wrong('B1 never counts what was bought before', 'standing.ts', [
    'const before = claim.before + claim.quantity;',
    'const before = 0;',
  ]),
  wrong('B4 gives the unit of an order back before its release has told of it', 'buy.ts', [
    "if (now.state === 'RELEASING') return standing(ask, now, orderNumber(claim));",
    '',
  ]),
  wrong('R2 comes before the message', 'release.ts', [
    "reservedAt === undefined ? 'return' : 'tell'",
    "reservedAt === undefined ? 'return' : 'return'",
  ]),
  wrong('R goes on where the message was not taken', 'release.ts', [
    "if (answer.kind !== 'sent') return end({ kind: 'unsent' });",
    '',
  ]),
  wrong('the sweep overlooks a holder in the wrong shard', 'sweep-verdict.ts', [
    ' || claim.shard !== shard',
    '',
  ]),
  wrong('the sweep overlooks a holder of another attempt', 'sweep-verdict.ts', [
    '!isSameAttempt(claim, holder) || ',
    '',
  ]),
  wrong('the sweep leaves the holder of a released order', 'sweep-verdict.ts', [
    "case 'RELEASED':\n      return 'return'",
    "case 'RELEASED':\n      return 'leave'",
  ]),
  wrong('the sweep leaves a release that stopped half way', 'sweep-verdict.ts', [
    "return 'finish'",
    "return 'leave'",
  ]),
  wrong('the sweep leaves a lapsed attempt', 'sweep-verdict.ts', [
    "? 'lapse' : 'leave'",
    "? 'leave' : 'leave'",
  ]),
  wrong('the sweep leaves an order past its window', 'sweep-verdict.ts', [
    "return 'expire'",
    "return 'leave'",
  ]),
  wrong('the sweep sends nothing again', 'sweep-verdict.ts', ["return 'resend'", "return 'leave'"]),
  wrong('the sweep settles what is not recorded', 'sweep-verdict.ts', [
    "if (recorded !== claim.state) return 'resend';",
    "if (recorded !== claim.state && claim.state !== 'PAID') return 'resend';",
  ]),
  wrong('a record is written over a newer one', 'record.ts', [
    '      when: isStill(record),\n',
    '',
  ]),
  wrong('a restock puts its shards again', 'grant.ts', [
    '      when: absent,\n      put: { cap, avail: cap },',
    '      put: { cap, avail: cap },',
  ]),
  wrong('a restock is counted again', 'grant.ts', [
    "when: all(equals('grants', number - 1), equals('shards', from)),",
    'when: all(),',
  ]),
  wrong('sold out is said whatever came back meanwhile', 'sold-out.ts', [
    "when: equals('releases', releases),",
    'when: all(),',
  ]),
  wrong(
    'the sweep counts releases after its look',
    'sweep.ts',
    ['  const releases = (await readStatus(store, item))?.releases ?? status.releases;\n', ''],
    [
      '  const hint = { ...tally',
      '  const releases = (await readStatus(store, item))?.releases ?? status.releases;\n  const hint = { ...tally',
    ],
  ),
  {
    ...wrong('B2 takes a refusal for an empty shard', 'buy.ts', [
      'if (isThere) {',
      "if (answer.kind === 'done') {",
    ]),
    redundant:
      'as the sweep gives back what is held in a shard that was left; it stays, for a shopper who comes again',
  },
  {
    ...wrong('a record believes an old message', 'record.ts', [
      'const { state, facts } = truth(message, claim);',
      'const { state, facts } = message;',
    ]),
    redundant:
      'as each change sends a message of its own, and records never go back; it stays, to be right at once',
  },
  ...[
    wrong('the sweep judges holders of any age', 'sweep-verdict.ts', [
      '(partsOf(holder)?.since ?? 0) * 1000 <= now - YOUNG_MS',
      'true',
    ]),
    wrong('a scan begins although it is said to be sold out', 'sold-out.ts', [
      "    equals('soldOut', false),\n",
      '',
    ]),
    wrong('a scan begins right after another', 'sold-out.ts', [
      "    any(missing('scanAt'), below('scanAt', now - scanIntervalMs(shards) + 1)),\n",
      '',
    ]),
  ].map((one) => ({ ...one, redundant: COSTS_ONLY })),
];
