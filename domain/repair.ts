/** @module Repairs a sale by hand: the sweep itself, at once and whole, instead of a range at a time through its queue. */

import type { ItemFindings } from './repair-look.ts';
import type { PublishedSale } from './sale.ts';
import { sweepBlock } from './sweep.ts';
import { type SaleWorld, sweepSale } from './sweep-sale.ts';
import type { Verdict } from './sweep-verdict.ts';
import type { EpochMs } from './units.ts';

/** What was done to holders, by verdict. */
export type Repaired = {
  readonly kind: 'repaired';
  readonly did: Readonly<Partial<Record<Verdict, number>>>;
};

/**
 * Sweeps a sale now. Like every sweep it may be cut short anywhere, run twice, and run beside another one.
 *
 * @param tell told after each range of shards but the first of an item
 */
export async function repair(
  world: Omit<SaleWorld, 'sweeps'>,
  sale: PublishedSale,
  now: EpochMs,
  tell: () => void,
): Promise<Repaired> {
  const did: Partial<Record<Verdict, number>> = {};
  const add = (counts: Readonly<Partial<Record<Verdict, number>>> = {}) => {
    for (const [verdict, count] of Object.entries(counts) as [Verdict, number][]) {
      did[verdict] = (did[verdict] ?? 0) + count;
    }
  };
  const here = {
    async send(ranges: readonly { saleId: string; sku: string; block: number }[]) {
      for (const { saleId, sku, block } of ranges) {
        add((await sweepBlock(world, { saleId, sku }, block, now))?.did);
        tell();
      }
    },
  };
  const { items } = await sweepSale({ ...world, sweeps: here }, sale, now);
  for (const { swept, followed } of items) add(swept?.did ?? followed);
  return { kind: 'repaired', did };
}

/** Whether a sweep would change anything. */
export const isRepairable = ({ cases, soldOut, skipped }: ItemFindings): boolean =>
  soldOut !== undefined || skipped > 0 || cases.some(({ verdict }) => verdict !== 'alarm');

/** Whether there is something that no sweep puts right. */
export const isBeyondRepair = ({ cases, flaws }: ItemFindings): boolean =>
  flaws.length > 0 || cases.some(({ verdict }) => verdict === 'alarm');
