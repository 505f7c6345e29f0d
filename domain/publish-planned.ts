/**
 * @module
 * A planned sale is examined, and published: its items are made of their products, and it is held to what the account
 * lets through together with the sales that it overlaps.
 */

import { dropPlan } from './allocation.ts';
import { canonical } from './canonical.ts';
import { findSale } from './catalogue.ts';
import { dropDraft, findDraft } from './draft.ts';
import { statusKey } from './items.ts';
import { asPlanned, type Obstacle, type PlannedSale, resolve } from './planned-sale.ts';
import type { Catalogue, Store } from './ports.ts';
import { type PublishOutcome, type PublishWorld, plainSale, publish } from './publish.ts';
import { type Peak, peakWith } from './rates.ts';
import type { PublishedSale, Sale } from './sale.ts';
import { type Difference, differencesOf } from './sale-changes.ts';

export type ExamineWorld = {
  readonly store: Pick<Store, 'read'>;
  readonly catalogue: Catalogue;
  /** Requests a second that the usage plan of the buy path lets through; undefined where nobody knows. */
  readonly buyRate: number | undefined;
};

export type Examined =
  /** Nothing is in its way, but for its rate where that is `tooMuch`. */
  | {
      readonly kind: 'new';
      readonly sale: Sale;
      readonly peak: Peak;
      readonly tooMuch: boolean;
    }
  | { readonly kind: 'impossible'; readonly obstacles: readonly Obstacle[] }
  /** It is published as the file has it, or differs there. */
  | {
      readonly kind: 'published';
      readonly sale: PublishedSale;
      readonly differences: readonly Difference[];
    };

/** Says what publishing would meet. Changes nothing. */
export async function examine(world: ExamineWorld, planned: PlannedSale): Promise<Examined> {
  const published = await findSale(world.store, planned.id);
  if (published) {
    const differences = differencesOf(published, planned, await capsOf(world.store, published));
    return { kind: 'published', sale: published, differences };
  }
  const resolved = await resolve(world.store, planned);
  if ('obstacles' in resolved) return { kind: 'impossible', ...resolved };
  const peak = peakWith(resolved.sale, await world.catalogue.sales());
  const tooMuch = peak.perSecond > (world.buyRate ?? Number.POSITIVE_INFINITY);
  return { kind: 'new', sale: resolved.sale, peak, tooMuch };
}

/** Units of each item now; of units without end, and of what is not made yet, nothing is known. */
async function capsOf(
  store: Pick<Store, 'read'>,
  { id: saleId, items }: PublishedSale,
): Promise<ReadonlyMap<string, number>> {
  const ended = items.filter(({ units }) => units !== 'unlimited');
  const found = await store.read(ended.map(({ sku }) => statusKey({ saleId, sku })));
  return new Map(
    ended.flatMap(({ sku }, index) => {
      const cap = found[index]?.['cap'];
      return typeof cap === 'number' ? [[sku, cap]] : [];
    }),
  );
}

export type PublishPlannedWorld = ExamineWorld & PublishWorld;

export type PublishPlannedOutcome =
  | Exclude<PublishOutcome, { readonly kind: 'differs' }>
  | { readonly kind: 'impossible'; readonly obstacles: readonly Obstacle[] }
  | { readonly kind: 'too-much'; readonly peak: Peak }
  | { readonly kind: 'differs'; readonly differences: readonly Difference[] };

/**
 * Publishes a planned sale. Repeatable after a crash at any point, with the same file: what products say meanwhile
 * changes nothing of a sale that has entered the catalogue. A draft that says the same is dropped at the end.
 *
 * The rates of overlapping sales are judged by what the catalogue has now: of two that are published in the same second,
 * each may miss the other. `check` says it afterwards; the usage plan throttles whatever was decided.
 *
 * @param overLimit publish although the rates together are more than the account lets through
 */
export async function publishPlanned(
  world: PublishPlannedWorld,
  planned: PlannedSale,
  { overLimit = false }: { readonly overLimit?: boolean } = {},
): Promise<PublishPlannedOutcome> {
  const examined = await examine(world, planned);
  if (examined.kind === 'impossible') return examined;
  if (examined.kind === 'published' && examined.differences.length > 0) {
    return { kind: 'differs', differences: examined.differences };
  }
  if (examined.kind === 'new' && examined.tooMuch && !overLimit) {
    return { kind: 'too-much', peak: examined.peak };
  }
  const sale = examined.kind === 'new' ? examined.sale : plainSale(examined.sale);
  const outcome = await publish(world, sale);
  // Somebody has published another sale of this id since it was looked for: now it can be compared.
  if (outcome.kind === 'differs') return differing(world, outcome.published, planned);
  if (outcome.kind === 'published') await tidy(world, outcome.sale);
  return outcome;
}

async function differing(world: ExamineWorld, published: PublishedSale, planned: PlannedSale) {
  const differences = differencesOf(published, planned, await capsOf(world.store, published));
  return { kind: 'differs', differences } as const;
}

/** Ends what has led to a publication: units that an earlier file had set aside elsewhere, and the draft. */
async function tidy({ store, catalogue }: PublishPlannedWorld, sale: PublishedSale): Promise<void> {
  for (const { sku, planned } of await catalogue.products()) {
    if (planned[sale.id] !== undefined) await dropPlan(store, sale.id, sku);
  }
  const draft = await findDraft(store, sale.id);
  const published = canonical(asPlanned(plainSale(sale)));
  if (draft && canonical(asPlanned(draft.sale)) === published) {
    await dropDraft(store, sale.id, draft.version);
  }
}
