/** @module How made-up books are corrupted: one shard, claim or record of the chosen order at a time. */

import type { PromiseName } from '../../domain/audit.ts';
import type { NumberedShard } from '../../domain/audit-books.ts';
import type { Claim, Shard } from '../../domain/items.ts';
import type { OrderRecord } from '../../domain/order-record.ts';
import { holderFor, idFor } from '../domain/audit-builders.ts';
import { chosen, type Kind, type World } from './made-up-books.ts';

export type Corruption = {
  /** What an operator would call it. */
  readonly name: string;
  /** The promises that the audit must call broken; others may be broken with them. */
  readonly breaks: readonly PromiseName[];
  /** An order of which kind there must be. */
  readonly needs: Kind;
  /** @param choice chooses among several ways */
  corrupt(world: World, choice: number): World;
};

export const withBooks = (world: World, changes: Partial<World['books']>): World => ({
  ...world,
  books: { ...world.books, ...changes },
});

/** Changes the shard in which the chosen order stands. */
export function inShard(world: World, change: (shard: Shard) => Shard): World {
  const { shard: index = 0 } = chosen(world);
  const shards = world.books.shards.map(
    (one): NumberedShard => (one.index === index ? { ...one, shard: change(one.shard) } : one),
  );
  return withBooks(world, { shards });
}

/** Changes the claim of the chosen order; nothing takes it away. */
export function inClaim(world: World, change: (claim: Claim) => Claim | undefined): World {
  const holder = holderFor(chosen(world));
  const claims = world.books.claims.flatMap((one) => {
    const claim = one.claim.holder === holder ? change(one.claim) : one.claim;
    return claim ? [{ ...one, claim }] : [];
  });
  return withBooks(world, { claims });
}

/** Changes the record of the chosen order; nothing takes it away. */
export function inRecord(
  world: World,
  change: (record: OrderRecord) => OrderRecord | undefined,
): World {
  const id = idFor(chosen(world));
  const records = world.books.records.flatMap((one) =>
    one.orderId === id ? (change(one) ?? []) : one,
  );
  return withBooks(world, { records });
}

export const without = (
  set: ReadonlySet<string> | undefined,
  holder: string,
): ReadonlySet<string> => new Set([...(set ?? [])].filter((one) => one !== holder));

/** Takes the chosen order out of its shard, as if its units had been given back. */
export const givenBack = (world: World): World =>
  inShard(world, (shard) => {
    const holder = holderFor(chosen(world));
    const quantity = chosen(world).quantity ?? 1;
    const [held, sold] = [without(shard.held, holder), without(shard.sold, holder)];
    return { ...shard, avail: shard.avail + quantity, held, sold };
  });
