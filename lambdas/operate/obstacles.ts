/** @module What stands against a sale that is made of products, in words. */

import type { Shortage } from '../../domain/allocation.ts';
import type { Obstacle } from '../../domain/planned-sale.ts';

export function shortageText(shortage: Shortage): string {
  const { sku } = shortage;
  switch (shortage.kind) {
    case 'unknown-product':
      return `There is no product "${sku}"`;
    case 'short':
      return `Product "${sku}" has ${shortage.free} free units, not ${shortage.units}`;
    case 'granted-otherwise':
      return `Product "${sku}" has given ${shortage.units} units for this already`;
    case 'given-back':
      return `The sale is over: what it did not sell of product "${sku}" has been given back`;
  }
}

export function obstacleText(obstacle: Obstacle): string {
  const { sku } = obstacle;
  switch (obstacle.kind) {
    case 'unknown-product':
    case 'short':
      return shortageText(obstacle);
    case 'other-currency':
      return `Product "${sku}" is sold in ${obstacle.product}, the sale is in ${obstacle.sale}`;
    case 'has-an-end':
      return `Product "${sku}" has ${obstacle.total} units: "unlimited" is for those without end`;
  }
}
