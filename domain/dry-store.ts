/** @module A store on which nothing is changed: what would come of writes, one after the other. */

import { apply, type Plain } from './plain-item.ts';
import type { Store } from './ports.ts';
import type { Key } from './write.ts';

/** Reads what another store has; writes are seen by this one alone. */
export function dryStore(store: Pick<Store, 'read'>): Store {
  const written = new Map<string, Plain>();
  const read: Store['read'] = async (keys) => {
    const found = await store.read(keys);
    return keys.map((key, index) =>
      written.has(nameOf(key)) ? written.get(nameOf(key)) : found[index],
    );
  };
  return {
    read,
    async write(write) {
      const [before] = await read([write.item]);
      const { item, answer } = apply(before, write);
      written.set(nameOf(write.item), item);
      return answer;
    },
  };
}

const nameOf = ({ table, pk, sk = '' }: Key): string => `${table}/${pk}/${sk}`;
