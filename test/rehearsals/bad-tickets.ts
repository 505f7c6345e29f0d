/** @module Presses of Buy that no gate may let through, each kind as often as a seed decides. */

import { between, random } from '../../load/random.ts';
import type { Visitor } from './visitors.ts';
import { buyShot } from './visitors.ts';
import type { Shot } from './volley.ts';

/** What attackers have in their hands. */
export type Loot = {
  readonly saleId: string;
  /** They know it: the sale is open. */
  readonly doorKey: string;
  /** Attackers with good tickets of their own. */
  readonly visitors: readonly Visitor[];
  /** For each of them a ticket for another sale, and one that has expired. */
  readonly elsewhere: readonly string[];
  readonly expired: readonly string[];
};

export type BadShot = Shot & { readonly kind: Kind };

const KINDS = [
  'no ticket',
  'garbage',
  'forged',
  "other shopper's",
  "other sale's",
  'expired',
  'wrong door key',
] as const;

type Kind = (typeof KINDS)[number];

/** Bad requests, mixed by a seed. */
export function badShots(loot: Loot, count: number, seed: number): readonly BadShot[] {
  const chance = random(seed);
  return Array.from({ length: count }, () => {
    const kind = KINDS[between(chance, 0, KINDS.length - 1)] as Kind;
    return { kind, ...shotOf(kind, loot, between(chance, 0, loot.visitors.length - 1)) };
  });
}

function shotOf(kind: Kind, loot: Loot, index: number): Shot {
  const { saleId, doorKey, visitors, elsewhere, expired } = loot;
  const visitor = visitors[index] as Visitor;
  const other = visitors[(index + 1) % visitors.length] as Visitor;
  const tickets: Readonly<Record<Exclude<Kind, 'wrong door key'>, string | undefined>> = {
    'no ticket': '',
    garbage: 'k1.bm90IGEgdGlja2V0.'.repeat(1 + (index % 40)),
    forged: forged(visitor.ticket, index),
    "other shopper's": other.ticket,
    "other sale's": elsewhere[index],
    expired: expired[index],
  };
  return kind === 'wrong door key'
    ? buyShot(saleId, `${doorKey.slice(1)}x`, visitor)
    : buyShot(saleId, doorKey, visitor, tickets[kind]);
}

/** A ticket of which one character is another. */
function forged(ticket: string, at: number): string {
  // Not the last, of whose six bits the MAC uses four.
  const place = at % (ticket.length - 1);
  const other = ticket[place] === 'A' ? 'B' : 'A';
  return `${ticket.slice(0, place)}${other}${ticket.slice(place + 1)}`;
}
