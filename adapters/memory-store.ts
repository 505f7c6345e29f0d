/** @module The twin of `dynamo-store.ts` in memory: the same answers to the same writes. */

import { apply, type Plain } from '../domain/plain-item.ts';
import type { Store } from '../domain/ports.ts';
import type { Key } from '../domain/write.ts';

/** A store that lives as long as its maker. */
export function memoryStore(): Store & { readonly items: Map<string, Plain> } {
  const items = new Map<string, Plain>();
  return {
    items,
    write: async (write) => {
      const { item, answer } = apply(items.get(nameOf(write.item)), write);
      items.set(nameOf(write.item), item);
      return answer;
    },
    read: async (keys) => keys.map((key) => items.get(nameOf(key))),
  };
}

/** One name for each key. */
export const nameOf = ({ table, pk, sk }: Key): string => `${table}/${pk}/${sk ?? ''}`;
