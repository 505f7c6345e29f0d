/** @module What a run came to, in words. */

import type { Finding } from './brief.ts';
import type { Options, Result } from './run.ts';
import { tableOf } from './seen.ts';

/** Findings that are printed; the same mistake may be found a thousand times. */
const MOST_FINDINGS = 20;

const TITLES = { site: 'Through the gate', around: 'Around the gate, at the API' } as const;

/** The report, and whether anything was found. */
export function reportOf(
  { sides, findings, wrong }: Result,
  { requests, seed }: Options,
  tookMs: number,
): { readonly text: string; readonly isClean: boolean } {
  const kinds = [...Map.groupBy(findings, kindOf).values()];
  const sent = sides.reduce((sum, { count }) => sum + count.sent, 0);
  const lines = [
    ...sides.flatMap(({ side, labels, count }) => [
      `${TITLES[side]}: ${count.sent} requests`,
      ...tableOf(labels, count),
      `  broken on the wire: ${listOf(count.twists)}`,
      '',
    ]),
    ...kinds
      .slice(0, MOST_FINDINGS)
      .flatMap((kind) => findingLines(kind, `--requests ${requests} --seed ${seed}`)),
    ...(kinds.length > MOST_FINDINGS ? [`… and ${kinds.length - MOST_FINDINGS} kinds more`] : []),
    ...wrong.map((one) => `AFTERWARDS ${one}`),
    `${sent} requests in ${Math.round(tookMs / 1000)} s, seed ${seed}: ${kinds.length + wrong.length} found`,
  ];
  return { text: lines.join('\n'), isClean: kinds.length + wrong.length === 0 };
}

/** Findings of one kind differ in what was drawn, not in what is wrong. */
const kindOf = ({ operation, what }: Finding): string =>
  `${operation} ${what.replaceAll(/[^ ]*[0-9/_"'][^ ]*/g, '').slice(0, 120)}`;

function findingLines(kind: readonly Finding[], same: string): string[] {
  // The shortest says most.
  const [{ side, operation, twist, what, curl }] = kind.toSorted(
    (a, b) => a.curl.length - b.curl.length,
  ) as [Finding];
  return [
    `FOUND ${kind.length} times, ${TITLES[side].toLowerCase()}: ${operation}${twist === null ? '' : `, ${twist}`}`,
    `  ${what.replaceAll('\n', '\n  ')}`,
    `  ${curl}`,
    `  again: npm run test:fuzz -- ${same} --only '${operation}'`,
    '',
  ];
}

const listOf = (counts: Readonly<Record<string, number>>): string =>
  Object.entries(counts)
    .map(([name, count]) => `${name} ${count}`)
    .join(', ');
