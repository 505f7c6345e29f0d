/** @module What is known of empty shards. Advisory: a wrong hint costs a visit or a scan, never a unit. */

import { blockOf, hintKey, type ItemKey } from './items.ts';
import { insert, type Update } from './write.ts';

/** Whoever takes a shard's last unit says so. */
export const hintEmpty = (item: ItemKey, shard: number): Update => ({
  item: hintKey(item, blockOf(shard)),
  change: [insert('empty', shard)],
});
