/** @module A range of shards that came by the sweeps queue. */

import { type Hint, type ItemKey, type Status, saleKey, statusKey } from './items.ts';
import type { SweepMessage } from './messages.ts';
import type { Store } from './ports.ts';
import { saleIn } from './publish.ts';
import { itemOf, NAME } from './sale.ts';
import { type SweepWorld, type Swept, sweepBlock } from './sweep.ts';
import { concludeItem } from './sweep-sale.ts';
import type { EpochMs } from './units.ts';

/**
 * Whether a message is a range: what is not must fail alone, and write nothing.
 *
 * @param message whatever JSON has come
 */
export function isRange(message: SweepMessage): boolean {
  const { v, kind, saleId, sku, block } = message;
  const isItem = [saleId, sku].every((name) => typeof name === 'string' && NAME.test(name));
  return v === 1 && kind === 'sweep' && isItem && Number.isSafeInteger(block) && block >= 0;
}

/** Sweeps a range, and concludes where that may change what buyers are told. Repeatable, as both of its parts are. */
export async function sweepRange(
  world: SweepWorld,
  { saleId, sku, block }: SweepMessage,
  now: EpochMs,
): Promise<Swept | undefined> {
  const item = { saleId, sku };
  const swept = await sweepBlock(world, item, block, now);
  if (swept && (await isNews(world.store, item, swept.hint))) await concludeItem(world, item, now);
  return swept;
}

/**
 * Whether what a range was left with may change what buyers are told. To conclude takes the summaries of all ranges: were
 * each range to read them every minute, a sweep would grow with the square of the shards. The range that finds the end of
 * the stock, or a wrong "sold out", is always among those that do.
 */
async function isNews(
  store: Pick<Store, 'read'>,
  item: ItemKey,
  { largest = 0 }: Hint,
): Promise<boolean> {
  const [status, entry] = await store.read([statusKey(item), saleKey(item.saleId)]);
  if ((status as unknown as Status | undefined)?.soldOut) return largest > 0;
  const limit = entry && itemOf(saleIn(entry), item.sku)?.limit;
  // Where a shard has as many units as anybody may order, nobody is to be told of fewer.
  return limit === undefined || largest < limit;
}
