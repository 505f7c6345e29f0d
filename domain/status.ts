import { type ItemKey, type Status, statusKey } from './items.ts';
import type { Store } from './ports.ts';

/** The live status of an item as it is now, or nothing where there is no such item. */
export async function readStatus(store: Store, item: ItemKey): Promise<Status | undefined> {
  const [found] = await store.read([statusKey(item)]);
  return found as unknown as Status | undefined;
}
