/** @module Sales in the catalogue. */

import { saleKey } from './items.ts';
import type { Store } from './ports.ts';
import { saleIn } from './publish.ts';
import { NAME, type PublishedSale } from './sale.ts';

/** A published sale, or nothing. */
export async function findSale(
  store: Pick<Store, 'read'>,
  saleId: string,
): Promise<PublishedSale | undefined> {
  if (!NAME.test(saleId)) return undefined;
  const [found] = await store.read([saleKey(saleId)]);
  return found && saleIn(found);
}
