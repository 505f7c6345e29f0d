/** @module A cache behaviour, ready to run: its policies and functions looked up. */

import type { VirtualClock } from '../clock.ts';
import type { Inventory } from '../inventory.ts';
import { type EdgeHandler, edgeFunction } from './edge-function.ts';
import type { BehaviorPart, CachePolicy, Forwarded, HeaderRule } from './edge-parts.ts';
import { isOwnHeader } from './forwarding.ts';
import {
  MANAGED_CACHE_POLICIES,
  MANAGED_ORIGIN_REQUEST_POLICIES,
  MANAGED_RESPONSE_HEADERS_POLICIES,
} from './managed-policies.ts';
import type { Origin } from './origins.ts';

export type BehaviorCount = {
  requests: number;
  /** Answered by the function at the edge. */
  edge: number;
  hits: number;
  /** Asked of the origin. */
  origin: number;
};

export type Behavior = {
  readonly part: BehaviorPart;
  readonly matches: RegExp;
  readonly origin: Origin;
  readonly originHeaders: Readonly<Record<string, string>>;
  readonly cachePolicy: CachePolicy;
  /** The cache policy first. */
  readonly policies: readonly Forwarded[];
  /** Headers about the viewer that a policy asks CloudFront for. */
  readonly ownHeaders: readonly string[];
  readonly set: readonly HeaderRule[];
  readonly remove: readonly string[];
  readonly viewerRequest: EdgeHandler | undefined;
  readonly viewerResponse: EdgeHandler | undefined;
  readonly count: BehaviorCount;
};

export type BehaviorsOptions = {
  readonly inventory: Inventory;
  readonly clock: VirtualClock;
  readonly origins: ReadonlyMap<
    string,
    { readonly origin: Origin; readonly headers: Readonly<Record<string, string>> }
  >;
};

export function behaviorOf(part: BehaviorPart, options: BehaviorsOptions): Behavior {
  const { edge } = options.inventory;
  const target = options.origins.get(part.originId);
  if (target === undefined)
    throw new Error(`Cannot run behaviour "${part.pattern}": origin "${part.originId}" is unknown`);
  const cachePolicy = found(part.cachePolicyId, edge.cachePolicies, MANAGED_CACHE_POLICIES);
  const { originRequestPolicyId: requestId, responseHeadersPolicyId: responseId } = part;
  const forwarded =
    requestId === undefined
      ? []
      : [found(requestId, edge.originRequestPolicies, MANAGED_ORIGIN_REQUEST_POLICIES)];
  const headers =
    responseId === undefined
      ? { set: [], remove: [] }
      : found(responseId, edge.responseHeadersPolicies, MANAGED_RESPONSE_HEADERS_POLICIES);
  const policies = [cachePolicy, ...forwarded];
  return {
    part,
    matches: patternOf(part.pattern),
    origin: target.origin,
    originHeaders: target.headers,
    cachePolicy,
    policies,
    ownHeaders: policies
      .filter(({ headers }) => headers.behavior !== 'allExcept')
      .flatMap(({ headers }) => [...headers.names].filter(isOwnHeader)),
    ...headers,
    viewerRequest: functionOf(part.viewerRequest, options),
    viewerResponse: functionOf(part.viewerResponse, options),
    count: { requests: 0, edge: 0, hits: 0, origin: 0 },
  };
}

const found = <T>(id: string, own: ReadonlyMap<string, T>, managed: ReadonlyMap<string, T>): T => {
  const policy = own.get(id) ?? managed.get(id);
  if (policy === undefined)
    throw new Error(`Cannot run the distribution: policy "${id}" is unknown to the local stack`);
  return policy;
};

function functionOf(
  arn: string | undefined,
  { inventory, clock }: BehaviorsOptions,
): EdgeHandler | undefined {
  if (arn === undefined) return undefined;
  const part = inventory.edge.functions.get(arn);
  if (part === undefined)
    throw new Error(`Cannot run the distribution: function "${arn}" is unknown`);
  const store = part.storeArn === undefined ? undefined : inventory.stores.find(part.storeArn);
  return edgeFunction(part, store, clock);
}

/** A star is any text, slashes too; a question mark is one character. */
function patternOf(pattern: string): RegExp {
  const source = pattern
    .replaceAll(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${source.startsWith('/') || source.startsWith('.*') ? '' : '/?'}${source}$`);
}
