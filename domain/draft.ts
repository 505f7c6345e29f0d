/**
 * @module
 * Drafts: sales that are planned, and not published. Each change names the version that it was made from, so that nobody
 * overwrites what they have not seen. Of a draft that was dropped its version stays, so that a later draft of the same
 * sale is no old version of it.
 */

import { canonical } from './canonical.ts';
import { findSale } from './catalogue.ts';
import type { PlannedSale } from './planned-sale.ts';
import type { Clock, Store } from './ports.ts';
import type { EpochMs } from './units.ts';
import { type Attributes, absent, all, equals, type Key, present, set, unset } from './write.ts';

export type Draft = {
  readonly sale: PlannedSale;
  /** Counts up with every change. */
  readonly version: number;
  readonly changedAt: EpochMs;
};

export type SaveDraftOutcome =
  | { readonly kind: 'saved'; readonly draft: Draft }
  /** Somebody has changed it meanwhile, or there is one already. */
  | { readonly kind: 'stale'; readonly draft: Draft }
  /** There is none of this version, or none any more. */
  | { readonly kind: 'gone' }
  /** The sale is published: it is no draft any more. */
  | { readonly kind: 'published' };

export type DropDraftOutcome =
  | { readonly kind: 'dropped' }
  | { readonly kind: 'stale'; readonly draft: Draft }
  | { readonly kind: 'gone' };

export const draftKey = (saleId: string): Key => ({ table: 'catalogue', pk: `DRAFT#${saleId}` });

/** The draft in a catalogue item, or nothing where it was dropped. */
export function draftIn(item: Attributes | undefined): Draft | undefined {
  if (item?.['sale'] === undefined) return undefined;
  return {
    sale: JSON.parse(String(item['sale'])) as PlannedSale,
    version: item['version'] as number,
    changedAt: item['changedAt'] as EpochMs,
  };
}

export async function findDraft(
  store: Pick<Store, 'read'>,
  saleId: string,
): Promise<Draft | undefined> {
  return draftIn((await store.read([draftKey(saleId)]))[0]);
}

/**
 * Makes a draft, or changes one. The same change twice is one.
 *
 * @param version the version that is changed; 0 makes a new draft
 */
export async function saveDraft(
  { store, clock }: { readonly store: Store; readonly clock: Clock },
  sale: PlannedSale,
  version: number,
): Promise<SaveDraftOutcome> {
  if (await findSale(store, sale.id)) return { kind: 'published' };
  const [item] = await store.read([draftKey(sale.id)]);
  const before = draftIn(item);
  const isNext = version === (before?.version ?? 0);
  if (!isNext) return otherwise(before, sale);
  const last = (item?.['version'] as number | undefined) ?? 0;
  const draft = { sale, version: last + 1, changedAt: clock() };
  const answer = await store.write({
    item: draftKey(sale.id),
    when: item === undefined ? absent : equals('version', last),
    put: { ...draft, sale: JSON.stringify(sale) },
  });
  return answer.kind === 'done' ? { kind: 'saved', draft } : otherwise(draftIn(answer.item), sale);
}

/** What a change meets that is not made from what is there: itself, done before; another change; or nothing. */
function otherwise(draft: Draft | undefined, sale: PlannedSale): SaveDraftOutcome {
  if (draft === undefined) return { kind: 'gone' };
  const isSame = canonical(draft.sale) === canonical(sale);
  return isSame ? { kind: 'saved', draft } : { kind: 'stale', draft };
}

/** Drops a draft. @param version the version that was seen */
export async function dropDraft(
  store: Store,
  saleId: string,
  version: number,
): Promise<DropDraftOutcome> {
  const answer = await store.write({
    item: draftKey(saleId),
    when: all(present('sale'), equals('version', version)),
    change: [unset('sale'), set('version', version + 1)],
  });
  if (answer.kind === 'done') return { kind: 'dropped' };
  const draft = draftIn(answer.item);
  return draft ? { kind: 'stale', draft } : { kind: 'gone' };
}
