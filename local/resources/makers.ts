/** @module Every resource type that the local stack knows. */

import type { Identity, Resource } from '../cloudformation/resource.ts';
import type { Inventory } from '../inventory.ts';
import { cloudWatchResources } from './cloudwatch.ts';
import { computeResources } from './compute.ts';
import { dataResources } from './data.ts';
import { distributionResources } from './distribution.ts';
import { edgePolicyResources } from './edge-policies.ts';
import { eventResources } from './events.ts';
import { fileResources } from './files.ts';
import { inertResources } from './inert.ts';
import type { Makers } from './maker.ts';
import { restApiResources } from './rest-api.ts';
import { usagePlanResources } from './usage-plan.ts';
import { wafResources } from './waf.ts';

const MAKERS: Makers = {
  ...inertResources,
  ...dataResources,
  ...computeResources,
  ...eventResources,
  ...cloudWatchResources,
  ...restApiResources,
  ...usagePlanResources,
  ...edgePolicyResources,
  ...distributionResources,
  ...fileResources,
  ...wafResources,
};

/**
 * Takes a resource into the inventory.
 *
 * @throws {Error} naming the resource, when nobody here knows its type
 */
export function makeResource(resource: Resource, inventory: Inventory): Identity {
  const maker = MAKERS[resource.type];
  if (maker === undefined) throw resource.error('this resource type is unknown to the local stack');
  return maker(resource, inventory);
}
