/** @module The promises and what became of them, for somebody who has never seen them. */

import { PROMISES, type PromiseName } from '../domain/audit.ts';
import type { Finding } from '../domain/audit-books.ts';

const MEANING: Readonly<Record<PromiseName, string>> = {
  'no-oversell': 'units in sold or held orders never exceed the stock',
  'no-duplicate': 'no shopper holds more than the limit',
  'no-leak': 'a unit that nobody holds is for sale again within 3 minutes',
  'nothing-lost': 'every acknowledged order exists, and is paid or released for a reason',
  'exact-sell-through':
    '"sold out" is not said while a unit is free, and every wanted unit is sold',
};

/** More would scroll the verdict away. */
const MOST_FINDINGS = 5;

/** A line for each promise, and below it what broke it. */
export const promiseLines = (
  promises: Readonly<Record<PromiseName, true | 'not-judged' | readonly unknown[]>>,
  findingsOf: (name: PromiseName) => readonly Finding[],
): string[] =>
  PROMISES.flatMap((name) => [
    `${wordFor(promises[name])} ${name.padEnd(18)} ${MEANING[name]}`,
    ...findingLines(findingsOf(name), '    '),
  ]);

function wordFor(judgement: true | 'not-judged' | readonly unknown[]): string {
  if (judgement === true) return '✓ kept      ';
  return judgement === 'not-judged' ? '– not judged' : '✗ BROKEN    ';
}

/** Findings, a line each, and how many more there are. */
export const findingLines = (findings: readonly Finding[], indent: string): string[] => [
  ...findings.slice(0, MOST_FINDINGS).map(({ id, what }) => `${indent}${id} ${what}`),
  ...(findings.length > MOST_FINDINGS
    ? [`${indent}and ${findings.length - MOST_FINDINGS} more`]
    : []),
];
