/**
 * @module
 * What a file would change of a sale that is published. Little of it can be had: a later closing and more units, each by
 * a command of its own. Everything else stays as it was published.
 */

import { canonical } from './canonical.ts';
import { asPlanned, type PlannedSale, skuOf } from './planned-sale.ts';
import { plainSale } from './publish.ts';
import type { PublishedSale } from './sale.ts';

/** How a wish can be had. */
type Remedy =
  /** The closing moves there. */
  | { readonly kind: 'extend'; readonly to: number }
  /** So many units more. */
  | { readonly kind: 'restock'; readonly sku: string; readonly units: number }
  | { readonly kind: 'never'; readonly why: string };

export type Difference = {
  /** Such as `closesAt` or `items[lamp].price`. */
  readonly path: string;
  /** As it is now; undefined where there is nothing. */
  readonly is: unknown;
  readonly wanted: unknown;
  readonly remedy: Remedy;
};

/**
 * Where a file and a published sale differ. A file says the same, too, where it has the closing that the sale was
 * extended to, or the units that it was restocked to.
 *
 * @param caps units that each item has now, by SKU
 */
export function differencesOf(
  published: PublishedSale,
  wanted: PlannedSale,
  caps: ReadonlyMap<string, number>,
): readonly Difference[] {
  const now = asPlanned(plainSale(published));
  const [here, there] = [skusOf(now), skusOf(wanted)];
  const gone = here.filter((sku) => !there.includes(sku)).map((sku) => itemGone(sku));
  const added = there.filter((sku) => !here.includes(sku)).map((sku) => itemAdded(sku));
  const common = here.filter((sku) => there.includes(sku));
  const [before, after] = [leavesOf(now, common), leavesOf(wanted, common)];
  const paths = new Set([...before.keys(), ...after.keys()]);
  const changed = [...paths].flatMap((path) =>
    differenceAt(path, before.get(path), after.get(path), published, caps),
  );
  return [...changed, ...gone, ...added];
}

const skusOf = ({ items }: PlannedSale): string[] => items.map(skuOf);

const itemGone = (sku: string): Difference => ({
  ...{ path: `items[${sku}]`, is: sku, wanted: undefined },
  remedy: never('an item that was published stays'),
});

const itemAdded = (sku: string): Difference => ({
  ...{ path: `items[${sku}]`, is: undefined, wanted: sku },
  remedy: never('no item is added to a published sale: another sale can have it'),
});

function differenceAt(
  path: string,
  was: unknown,
  wanted: unknown,
  { closesAt }: PublishedSale,
  caps: ReadonlyMap<string, number>,
): Difference[] {
  const [, sku] = /^items\[(.*)\]\.units$/.exec(path) ?? [];
  const is = path === 'closesAt' ? closesAt : (caps.get(sku ?? '') ?? was);
  // As it was published, or as it is now: each is what the sale has.
  if ([was, is].some((one) => canonical(one) === canonical(wanted))) return [];
  return [{ path, is, wanted, remedy: remedyFor(path, is, wanted, sku) }];
}

function remedyFor(path: string, is: unknown, wanted: unknown, sku: string | undefined): Remedy {
  const more = Number(wanted) - Number(is);
  if (path === 'closesAt') {
    return more > 0
      ? { kind: 'extend', to: Number(wanted) }
      : never('a closing never comes earlier; close ends a sale at once');
  }
  if (sku === undefined) return never('it stays as it was published');
  return more > 0
    ? { kind: 'restock', sku, units: more }
    : never('units never become fewer, for they may be sold or held');
}

const never = (why: string): Remedy => ({ kind: 'never', why });

/** Each value of a file by its path: items go by their SKUs, and only those that are asked for are looked into. */
function leavesOf(
  { items, ...sale }: PlannedSale,
  skus: readonly string[],
): ReadonlyMap<string, unknown> {
  const leaves = new Map<string, unknown>();
  const visit = (path: string, value: unknown) => {
    if (!isObject(value)) leaves.set(path, value);
    else for (const [name, part] of Object.entries(value)) visit(`${path}.${name}`, part);
  };
  for (const [name, value] of Object.entries(sale)) visit(name, value);
  const common = items.filter((item) => skus.includes(skuOf(item)));
  for (const item of common) visit(`items[${skuOf(item)}]`, item);
  leaves.set('the order of items', common.map(skuOf));
  return leaves;
}

const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
