/** @module The promise `no-leak`: a unit that nobody holds is for sale again within 3 minutes. */

import {
  claimAt,
  type Finding,
  idOf,
  type Ledger,
  type NumberedShard,
  startOf,
  TOLERATED_MS,
} from './audit-books.ts';
import { contentOf } from './audit-stock.ts';
import { type Claim, shardKey } from './items.ts';
import type { Holder } from './order-id.ts';
import { GRACE_MS } from './steps.ts';
import type { EpochMs } from './units.ts';

/** Units that are held for nobody, and units that are gone. */
export function leaks(ledger: Ledger): Finding[] {
  return ledger.books.shards.flatMap((numbered) => [
    ...vanished(ledger, numbered),
    ...[...(numbered.shard.held ?? [])].flatMap((holder) => leak(ledger, holder, numbered.index)),
  ]);
}

function vanished({ key }: Ledger, { index, shard }: NumberedShard): Finding[] {
  const gone = shard.cap - contentOf(shard);
  if (gone <= 0) return [];
  return [
    {
      id: shardKey(key, index).pk,
      what: `${gone} of ${shard.cap} units are neither for sale nor held`,
    },
  ];
}

/** Why a holder should not stand where it stands, and since when. */
type Dead = { readonly since: EpochMs; readonly why: string };

function leak(ledger: Ledger, holder: Holder, shard: number): Finding[] {
  const dead = deadHold(claimAt(ledger, holder), holder, shard);
  const late = dead === undefined ? 0 : ledger.now - dead.since;
  if (dead === undefined || late <= TOLERATED_MS) return [];
  const what = `is held in shard ${shard} for nobody for ${Math.round(late / 1000)} s: ${dead.why}`;
  return [{ id: idOf(ledger, holder), what }];
}

function deadHold(claim: Claim | undefined, holder: Holder, shard: number): Dead | undefined {
  if (claim === undefined) return { since: startOf(holder), why: 'its claim is missing' };
  if (claim.holder !== holder) {
    return { since: startOf(claim.holder), why: 'its claim has moved on to another attempt' };
  }
  if (claim.shard !== shard) {
    return { since: claim.changedAt, why: `its claim stands at shard ${claim.shard}` };
  }
  return overdue(claim);
}

function overdue({ state, changedAt, leaseAt, payBy }: Claim): Dead | undefined {
  switch (state) {
    case 'PENDING':
      return { since: leaseAt, why: 'its claim is PENDING past its lease' };
    case 'RESERVED':
      return payBy === undefined
        ? undefined
        : { since: payBy + GRACE_MS, why: 'its claim is RESERVED past its payment window' };
    case 'PAID':
      return undefined;
    case 'RELEASING':
    case 'RELEASED':
      return { since: changedAt, why: `its claim is ${state}` };
  }
}
