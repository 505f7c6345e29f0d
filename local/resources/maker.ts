/** @module What a file of this folder exports: for each resource type, how it is taken into the inventory. */

import type { Identity, Resource } from '../cloudformation/resource.ts';
import type { Inventory } from '../inventory.ts';

export type Maker = (resource: Resource, inventory: Inventory) => Identity;

export type Makers = Readonly<Record<string, Maker>>;
