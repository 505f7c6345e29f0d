/** @module What `repair` found and did, for people: order by order, grouped by what is to be done, with the reason. */

import type { Repaired } from '../domain/repair.ts';
import type { Case, ItemFindings } from '../domain/repair-look.ts';
import { countdown } from './times.ts';

/** More of one kind would scroll the rest away: --json has them all. */
const MOST = 20;

type Meaning = { readonly will: string; readonly why: string };

const MEANING: Readonly<Record<Case['verdict'], Meaning>> = {
  alarm: {
    will: 'NOT REPAIRED',
    why: 'their claim is missing. Nothing is touched: whether they are paid only the provider knows. Compare with its statement (reconcile), and restore the claim from a point-in-time copy of the stock table',
  },
  return: { will: 'units go back on sale', why: 'no order stands for them any more' },
  finish: { will: 'released to the end', why: 'their release stopped half way' },
  lapse: {
    will: 'released',
    why: 'their buying stopped half way, and nobody was told of an order',
  },
  expire: { will: 'released', why: 'not paid in time' },
  resend: { will: 'told again', why: 'their record does not say what they became' },
  settle: { will: 'settled', why: 'paid and recorded: the sweep need not look at them again' },
};

/** As {@link MEANING} has them, what is worst first. */
const ORDER = Object.keys(MEANING) as readonly Case['verdict'][];

/** All that was found, a text for each line. */
export function findingLines(found: readonly ItemFindings[], now: number): string[] {
  const lines = found.flatMap((item) => linesOf(item, now));
  return lines.length === 0 ? ['Nothing to do: all holders, shards and hints are well'] : lines;
}

function linesOf({ sku, cases, flaws, soldOut, skipped }: ItemFindings, now: number): string[] {
  const groups = Map.groupBy(cases, ({ verdict }) => verdict);
  return [
    ...ORDER.flatMap((verdict) => groupLines(sku, verdict, groups.get(verdict) ?? [], now)),
    ...(skipped > 0
      ? [`${sku}: hints written anew: ${skipped} shards with units are said to be empty`]
      : []),
    ...(soldOut === 'said-but-free' ? [`${sku}: "sold out" taken back: units are free`] : []),
    ...(soldOut === 'not-said' ? [`${sku}: "sold out" is said: no unit is free`] : []),
    ...flaws.map(
      ({ shard, what }) =>
        `${sku}: NOT REPAIRED: ${shard} ${what}. Pause the sale, run audit, and restore the shard from a point-in-time copy`,
    ),
  ];
}

function groupLines(
  sku: string,
  verdict: Case['verdict'],
  cases: readonly Case[],
  now: number,
): string[] {
  if (cases.length === 0) return [];
  const { will, why } = MEANING[verdict];
  const more = cases.length - MOST;
  return [
    `${sku}: ${cases.length} ${will} (${verdict}): ${why}`,
    ...cases.slice(0, MOST).map((one) => `  ${caseText(one, now)}`),
    ...(more > 0 ? [`  and ${more} more: --json has them`] : []),
  ];
}

/** Such as `night.lamp.… RESERVED, 17:03 old, to be paid 2:03 ago`. */
function caseText({ orderId, state, since, payBy }: Case, now: number): string {
  const paying =
    payBy === undefined || state !== 'RESERVED'
      ? ''
      : `, to be paid ${payBy < now ? `${countdown(now - payBy)} ago` : `within ${countdown(payBy - now)}`}`;
  return `${orderId} ${state ?? 'without a claim'}, ${countdown(now - since)} old${paying}`;
}

/** What the sweep does besides, whatever was found. */
export const intentLines: readonly string[] = [
  'All of this is done now, as the sweep does it every minute; hints and summaries are written anew.',
];

/** Such as `Repaired: 2 expire, 1 settle`. */
export function repairedLine({ did }: Repaired): string {
  const parts = Object.entries(did).filter(([verdict, count]) => count > 0 && verdict !== 'leave');
  const text = parts.map(([verdict, count]) => `${count} ${verdict}`).join(', ');
  return `Repaired: ${text === '' ? 'hints and summaries' : text}`;
}
