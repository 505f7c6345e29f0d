/** @module What a planned sale is, and what stands against publishing it, in words. */

import type { Shortage } from '../domain/allocation.ts';
import { isOfProduct, type Obstacle, type PlannedSale, skuOf } from '../domain/planned-sale.ts';
import type { Peak } from '../domain/rates.ts';
import type { Difference } from '../domain/sale-changes.ts';
import { instant } from './sale-now.ts';

/** Such as `"demo" opens 2026-11-27T17:00:00.000Z, closes 2026-11-27T18:00:00.000Z: AURORA-ONE 100, limit 1`. */
export function plannedLine({ id, opensAt, closesAt, items }: PlannedSale): string {
  const parts = items.map((item) => {
    const from = isOfProduct(item) ? ' of the product' : '';
    return `${skuOf(item)} ${item.units}${from}, limit ${item.limit}`;
  });
  return `"${id}" opens ${instant(opensAt)}, closes ${instant(closesAt)}: ${parts.join('; ')}`;
}

export function shortageText(shortage: Shortage): string {
  const product = `product "${shortage.sku}"`;
  switch (shortage.kind) {
    case 'unknown-product':
      return `there is no ${product}; import it first`;
    case 'short':
      return `${shortage.units} units of ${product} are wanted, and ${shortage.free} are free`;
    case 'granted-otherwise':
      return `this grant took ${shortage.units} units of ${product}; repeat it with as many, or take the next number`;
    case 'given-back':
      return `the sale is over, and what it did not sell of ${product} has gone back`;
  }
}

export function obstacleText(obstacle: Obstacle): string {
  const { sku } = obstacle;
  switch (obstacle.kind) {
    case 'unknown-product':
    case 'short':
      return shortageText(obstacle);
    case 'other-currency':
      return `product "${sku}" costs ${obstacle.product}, and the sale is in ${obstacle.sale}`;
    case 'has-an-end':
      return `units of product "${sku}" are "unlimited", and it has ${obstacle.total} in all`;
  }
}

/** What is let through together: in a line, then each sale. */
export function peakLines({ at, perSecond, rates }: Peak, buyRate: number | undefined): string[] {
  const most = buyRate === undefined ? 'nobody knows how many' : `${buyRate}`;
  const head = `From ${instant(at)} on, ${perSecond} shoppers a second are let through; the buy path takes ${most}.`;
  if (rates.length === 1) return [head];
  return [
    head,
    ...rates.map(
      (rate) =>
        `  "${rate.saleId}": ${rate.perSecond} a second from ${instant(rate.from)} until ${instant(rate.until)}`,
    ),
  ];
}

/** Where a file and the published sale differ, and which command does what can be done. */
export function differenceLines(saleId: string, differences: readonly Difference[]): string[] {
  return differences.map((difference) => {
    const { path, is, wanted } = difference;
    const what = `${path} is ${valueText(path, is)}, the file has ${valueText(path, wanted)}`;
    return `  ${what}: ${remedyText(saleId, difference)}`;
  });
}

function remedyText(saleId: string, { remedy }: Difference): string {
  switch (remedy.kind) {
    case 'extend':
      return `npm run sale -- extend ${saleId} --until ${instant(remedy.to)}`;
    case 'restock':
      return `npm run sale -- restock ${saleId} ${remedy.sku} ${remedy.units}`;
    case 'never':
      return remedy.why;
  }
}

function valueText(path: string, value: unknown): string {
  if (value === undefined) return 'nothing';
  const isInstant = (path === 'closesAt' || path === 'opensAt') && typeof value === 'number';
  return isInstant ? instant(value) : JSON.stringify(value);
}
