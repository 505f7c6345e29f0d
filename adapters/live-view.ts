/**
 * @module
 * What buyers read before anything else, read at most once a second for each environment and item: the sale, the live
 * status, and which shards are said to be empty. Eventually consistent: it only saves work, and decides nothing that a
 * conditional write does not decide again.
 */

import { blocksOf, type Hint, hintKey, type Status, saleKey, statusKey } from '../domain/items.ts';
import type { Clock } from '../domain/ports.ts';
import { saleIn } from '../domain/publish.ts';
import type { PublishedSale } from '../domain/sale.ts';
import type { EpochMs } from '../domain/units.ts';
import type { Attributes, Key } from '../domain/write.ts';
import type { DynamoDb } from './aws-clients.ts';
import type { Tables } from './dynamo-expression.ts';
import { nameIn, readInto } from './dynamo-store.ts';

/** How old a view may be. */
const KEPT_MS = 1000;

/** Hints beyond these are left out: with the sale and the status they fill one BatchGetItem. */
const MOST_HINTS = 98;

/** One item of one sale as it was a second ago at most. */
type LiveView = {
  readonly sale: PublishedSale;
  readonly status: Status | undefined;
  readonly empty: ReadonlySet<number>;
  /** Since when no sweep has come; nothing where the item is not known well enough, or has no shards to sweep. */
  readonly sweptAt: EpochMs | undefined;
};

/** Reads live views. */
export type LiveViews = (saleId: string, sku: string) => Promise<LiveView | undefined>;

export function liveViews(db: DynamoDb, tables: Tables, clock: Clock): LiveViews {
  const kept = new Map<
    string,
    { readonly until: number; readonly view: Promise<LiveView | undefined> }
  >();
  const shards = new Map<string, number>();
  return (saleId, sku) => {
    const name = `${saleId}/${sku}`;
    const now = clock();
    const known = kept.get(name);
    if (known && now < known.until) return known.view;
    const view = look(db, tables, saleId, sku, shards.get(name) ?? 0);
    // Ids are the caller's: what names nothing is not remembered longer than what does.
    if (kept.size > 1000) kept.clear();
    kept.set(name, { until: now + KEPT_MS, view });
    view.then(
      (seen) => seen?.status && shards.set(name, seen.status.shards),
      () => kept.delete(name),
    );
    return view;
  };
}

async function look(
  db: DynamoDb,
  tables: Tables,
  saleId: string,
  sku: string,
  shards: number,
): Promise<LiveView | undefined> {
  const item = { saleId, sku };
  const hints = blocksOf(shards)
    .slice(0, MOST_HINTS)
    .map((block) => hintKey(item, block));
  const found = new Map<string, Attributes>();
  await readInto(found, db, tables, [saleKey(saleId), statusKey(item), ...hints], false);
  const at = (key: Key) => found.get(nameIn(tables, key));
  const entry = at(saleKey(saleId));
  if (entry === undefined) return undefined;
  const seen = hints.map((key) => at(key) as Hint | undefined);
  const sale = saleIn(entry);
  return {
    sale,
    status: at(statusKey(item)) as unknown as Status | undefined,
    empty: new Set(seen.flatMap((hint) => [...(hint?.empty ?? [])])),
    sweptAt: sweptAt(seen, sale),
  };
}

/** The block that has waited longest counts; where none was ever swept, the opening does. */
function sweptAt(
  hints: readonly (Hint | undefined)[],
  { opensAt }: PublishedSale,
): EpochMs | undefined {
  if (hints.length === 0) return undefined;
  const known = hints.flatMap((hint) => hint?.sweptAt ?? []);
  return Math.max(opensAt, known.length === 0 ? 0 : Math.min(...known));
}
