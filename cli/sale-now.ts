/** @module How a sale stands, in a line: shown before it is changed. */

import { type Overview, overview } from '../domain/overview.ts';
import type { Clock, Store } from '../domain/ports.ts';

/** @throws {Error} naming the sale that is not there */
export async function saleNow(
  { store, clock }: { readonly store: Store; readonly clock: Clock },
  saleId: string,
  verb: string,
): Promise<Overview> {
  const seen = await overview(store, saleId, clock());
  if (seen === undefined) throw new Error(`Cannot ${verb} "${saleId}": there is no such sale`);
  return seen;
}

/** Such as `"demo" is open until 2026-11-21T20:00:00.000Z: 120 for sale, 14 unpaid`. */
export function saleLine({ id, phase, opensAtEpochMs, closesAtEpochMs, items }: Overview): string {
  const when =
    phase === 'scheduled'
      ? ` for ${instant(opensAtEpochMs)}`
      : ` until ${instant(closesAtEpochMs)}`;
  const counts = items.map(
    ({ sku, remaining, unpaid }) =>
      `${sku}: ${remaining ?? 'unlimited'} for sale, ${unpaid} unpaid`,
  );
  return `"${id}" is ${phase}${phase === 'closed' ? '' : when}; ${counts.join('; ')}`;
}

export const instant = (epochMs: number): string => new Date(epochMs).toISOString();
