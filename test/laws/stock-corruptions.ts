/** @module What can be wrong in the shards of an item, and with whom their units are held for. */

import { holderOf, partsOf } from '../../domain/order-id.ts';
import { holderFor, MINUTE, NOW, OPENS } from '../domain/audit-builders.ts';
import { type Corruption, givenBack, inClaim, inShard, withBooks, without } from './corruption.ts';
import { chosen } from './made-up-books.ts';

const LONG_AGO = OPENS + MINUTE;

const STOCK: readonly Corruption[] = [
  {
    name: 'a unit that is gone',
    breaks: ['no-oversell', 'no-leak'],
    needs: 'reserved',
    corrupt: (world) => inShard(world, (shard) => ({ ...shard, avail: shard.avail - 1 })),
  },
  {
    name: 'a unit that came from nowhere',
    breaks: ['no-oversell'],
    needs: 'reserved',
    corrupt: (world, choice) =>
      inShard(world, (shard) => ({ ...shard, avail: shard.avail + 1 + choice })),
  },
  {
    name: 'a shard that grew without a restock',
    breaks: ['no-oversell'],
    needs: 'reserved',
    corrupt: (world) =>
      inShard(world, (shard) => ({ ...shard, cap: shard.cap + 1, avail: shard.avail + 1 })),
  },
  {
    name: 'a reserved order whose units are for sale again',
    breaks: ['no-oversell'],
    needs: 'reserved',
    corrupt: givenBack,
  },
  {
    name: 'a paid order whose units are for sale again',
    breaks: ['no-oversell'],
    needs: 'settled',
    corrupt: givenBack,
  },
  ...(['reserved', 'pending'] as const).map(
    (needs): Corruption => ({
      name: `units that are sold where their order is ${needs}`,
      breaks: ['no-oversell'],
      needs,
      corrupt: (world) =>
        inShard(world, (shard) => {
          const holder = holderFor(chosen(world));
          const sold = new Set([...(shard.sold ?? []), holder]);
          return { ...shard, held: without(shard.held, holder), sold };
        }),
    }),
  ),
  {
    name: 'an order that stands in its shard twice, where all sums are right',
    breaks: ['no-oversell'],
    needs: 'settled',
    corrupt: (world) => {
      const { quantity = 1 } = chosen(world);
      const status = world.books.status && {
        ...world.books.status,
        cap: world.books.status.cap + quantity,
      };
      return inShard(withBooks(world, { status }), (shard) => {
        const held = new Set([...(shard.held ?? []), holderFor(chosen(world))]);
        return { ...shard, held, cap: shard.cap + quantity };
      });
    },
  },
  {
    name: 'an order for more units than it holds',
    breaks: ['no-oversell'],
    needs: 'reserved',
    corrupt: (world) => inClaim(world, (claim) => ({ ...claim, quantity: claim.quantity + 1 })),
  },
  {
    name: 'an order that stands in another shard than its claim says',
    breaks: ['no-oversell'],
    needs: 'reserved',
    corrupt: (world) => inClaim(world, (claim) => ({ ...claim, shard: claim.shard + 1 })),
  },
];

const HOLDS: readonly Corruption[] = [
  {
    name: 'units that are held for a claim that is gone',
    breaks: ['no-leak'],
    needs: 'reserved',
    corrupt: (world) => inClaim(world, () => undefined),
  },
  {
    name: 'units that are held for a released order',
    breaks: ['no-leak'],
    needs: 'reserved',
    corrupt: (world) =>
      inClaim(world, (claim) => ({
        ...claim,
        state: 'RELEASED',
        reason: 'cancelled',
        changedAt: LONG_AGO,
      })),
  },
  {
    name: 'units that are held for an order whose payment window is long over',
    breaks: ['no-leak'],
    needs: 'reserved',
    corrupt: (world) => inClaim(world, (claim) => ({ ...claim, payBy: NOW - 4 * MINUTE - 1 })),
  },
  {
    name: 'units that are held for an attempt that was left behind',
    breaks: ['no-leak'],
    needs: 'pending',
    corrupt: (world) => inClaim(world, (claim) => ({ ...claim, leaseAt: NOW - 3 * MINUTE - 1 })),
  },
  {
    name: 'units that are held for an earlier attempt',
    breaks: ['no-leak'],
    needs: 'reserved',
    corrupt: (world) =>
      inClaim(world, (claim) => {
        const parts = partsOf(claim.holder);
        return (
          parts && {
            ...claim,
            holder: holderOf({ ...parts, attempt: 2 }),
            state: 'PENDING',
            claimedAt: OPENS,
          }
        );
      }),
  },
];

export const stockCorruptions: readonly Corruption[] = [...STOCK, ...HOLDS];
