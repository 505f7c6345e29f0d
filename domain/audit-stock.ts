/** @module The promise `no-oversell`: units in sold or held orders never exceed the stock. */

import {
  claimAt,
  type Finding,
  idOf,
  isSettled,
  type Ledger,
  type NumberedShard,
  sum,
  unitsIn,
  unitsOf,
} from './audit-books.ts';
import { type Claim, type Shard, shardKey, statusKey } from './items.ts';
import type { Holder } from './order-id.ts';

/** What is wrong with an item's shards, alone and against its claims. */
export function oversold(ledger: Ledger): Finding[] {
  if (ledger.item.units === 'unlimited') return [];
  return [
    ...ledger.books.shards.flatMap((one) => unbalanced(ledger, one)),
    ...capMismatch(ledger),
    ...tooMany(ledger),
    ...unplaced(ledger),
    ...soldTwice(ledger),
    ...soldUnpaid(ledger),
  ];
}

/** What the parts of a shard come to. */
export const contentOf = ({ avail, held, sold }: Shard): number =>
  avail + unitsIn(held) + unitsIn(sold);

const unbalanced = ({ key }: Ledger, { index, shard }: NumberedShard): Finding[] =>
  shardFlaws(shard).map((what) => ({ id: shardKey(key, index).pk, what }));

/** What is wrong with the sum of one shard that must always hold; the sweep counts it every minute. */
export function shardFlaws(shard: Shard): string[] {
  const flaws: string[] = [];
  if (shard.avail < 0) flaws.push(`has ${shard.avail} units available`);
  const content = contentOf(shard);
  if (content !== shard.cap) {
    flaws.push(`available, held and sold units are ${content}, not ${shard.cap}`);
  }
  return flaws;
}

const capOf = ({ books }: Ledger): number => sum(books.shards.map(({ shard }) => shard.cap));

function capMismatch(ledger: Ledger): Finding[] {
  const { key, books } = ledger;
  const cap = capOf(ledger);
  if (books.status === undefined || books.status.cap === cap) return [];
  const what = `says that there are ${books.status.cap} units, and the shards have ${cap}`;
  return [{ id: statusKey(key).pk, what }];
}

/** Whatever the shards say: are there more orders than units? */
function tooMany(ledger: Ledger): Finding[] {
  const places = placesOf(ledger);
  const taken = ledger.books.claims
    .map(({ claim }) => claim)
    .filter((claim) => isSettled(ledger, claim) && takesUnits(claim, places));
  const units = sum(taken.map(({ quantity }) => quantity));
  const cap = capOf(ledger);
  if (units <= cap) return [];
  return [{ id: statusKey(ledger.key).pk, what: `orders have ${units} units of ${cap}` }];
}

/** A claim that is being released takes its units until they are given back. */
const takesUnits = ({ state, holder }: Claim, places: Places): boolean =>
  state === 'RESERVED' || state === 'PAID' || (state === 'RELEASING' && places.has(holder));

type Place = { readonly shard: number; readonly set: 'held' | 'sold' };
type Places = ReadonlyMap<Holder, readonly Place[]>;

/** Where each holder stands. */
function placesOf({ books }: Ledger): Places {
  const places = new Map<Holder, Place[]>();
  for (const { index, shard } of books.shards) {
    for (const set of ['held', 'sold'] as const) {
      for (const holder of shard[set] ?? []) {
        places.set(holder, [...(places.get(holder) ?? []), { shard: index, set }]);
      }
    }
  }
  return places;
}

/** Each order that is certain stands in its shard, with the quantity that it is for. */
function unplaced(ledger: Ledger): Finding[] {
  const places = placesOf(ledger);
  return ledger.books.claims.flatMap(({ claim }) => {
    const isCertain = claim.state === 'RESERVED' || claim.state === 'PAID';
    if (!isCertain || !isSettled(ledger, claim)) return [];
    const id = idOf(ledger, claim.holder);
    if (unitsOf(claim.holder) !== claim.quantity) {
      return [
        { id, what: `holds ${unitsOf(claim.holder)} units where its claim says ${claim.quantity}` },
      ];
    }
    const here = (places.get(claim.holder) ?? []).filter(({ shard }) => shard === claim.shard);
    if (here.some(({ set }) => set === 'held' || claim.state === 'PAID')) return [];
    return [
      {
        id,
        what: `is ${claim.state}, and does not stand in the held units of shard ${claim.shard}`,
      },
    ];
  });
}

/**
 * A holder that is sold stands nowhere else in its shard, and is sold in no other. (Held in two shards is no oversale:
 * a twin that stopped leaves that behind, and `no-leak` gives it 3 minutes.)
 */
function soldTwice(ledger: Ledger): Finding[] {
  return [...placesOf(ledger)].flatMap(([holder, places]) => {
    const sold = places.filter(({ set }) => set === 'sold');
    const isTwice = sold.some((one) =>
      places.some((other) => other !== one && (other.set === 'sold' || other.shard === one.shard)),
    );
    return isTwice
      ? [{ id: idOf(ledger, holder), what: `takes its units twice: ${listOf(places)}` }]
      : [];
  });
}

const listOf = (places: readonly Place[]): string =>
  places.map(({ shard, set }) => `${set} in shard ${shard}`).join(', ');

/** A claim may have been erased since: then its record must say that it was paid. */
function soldUnpaid(ledger: Ledger): Finding[] {
  const sold = ledger.books.shards.flatMap(({ shard }) => [...(shard.sold ?? [])]);
  return sold.flatMap((holder) => {
    const claim = claimAt(ledger, holder);
    if (claim?.holder === holder && claim.state === 'PAID') return [];
    if (claim === undefined && ledger.records.get(holder)?.state === 'PAID') return [];
    const what = `is sold, and its claim is ${claim === undefined ? 'missing' : stateFor(claim, holder)}`;
    return [{ id: idOf(ledger, holder), what }];
  });
}

const stateFor = ({ state, holder: own }: Claim, holder: Holder): string =>
  own === holder ? state : `${state} for another attempt`;
