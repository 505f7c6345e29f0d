/** @module One line for each item: for sale, held, paid, released. */

import { overview } from '../domain/overview.ts';
import type { LocalSale } from './local-sale.ts';

const shown = new Map<string, string>();

/** Prints the lines that have changed; on a terminal, a minute's silence says that nothing happens. */
export async function liveLine({ deployment, sale, stack, audit }: LocalSale): Promise<void> {
  const now = stack.clock.now();
  const seen = await overview(deployment.store, sale.id, now);
  const { items } = await audit();
  for (const item of seen?.items ?? []) {
    const counts = items.find(({ sku }) => sku === item.sku);
    const line = [
      item.sku.padEnd(20),
      `for sale ${item.remaining ?? '∞'}`,
      `held ${counts?.open ?? 0}`,
      `paid ${counts?.paid ?? 0}`,
      `released ${sum(counts?.released ?? {})}`,
      ...(item.soldOut ? ['SOLD OUT'] : []),
    ].join('  ');
    if (shown.get(item.sku) === line) continue;
    shown.set(item.sku, line);
    console.log(`  ${new Date(now).toLocaleTimeString()}  ${seen?.phase.padEnd(9)}  ${line}`);
  }
}

const sum = (counts: Readonly<Record<string, number>>): number =>
  Object.values(counts).reduce((total, count) => total + count, 0);
