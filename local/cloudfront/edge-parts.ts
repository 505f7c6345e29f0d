/** @module CloudFront as the templates declare it. */

import type { BlockList } from 'node:net';
import type { WebAclPart } from '../waf/web-acl.ts';

/**
 * What of a request passes. Headers that CloudFront itself adds are named, and pass where they are: beside those of a
 * `whitelist`, or on top of `all` that the viewer sent.
 */
export type Choice = {
  readonly behavior: 'none' | 'all' | 'whitelist' | 'allExcept';
  readonly names: ReadonlySet<string>;
};

/** What is forwarded to the origin; of a cache policy, what tells cached answers apart too. */
export type Forwarded = {
  readonly query: Choice;
  readonly headers: Choice;
  readonly cookies: Choice;
};

export type CachePolicy = Forwarded & {
  readonly minSeconds: number;
  readonly defaultSeconds: number;
  readonly maxSeconds: number;
};

export type HeaderRule = {
  readonly name: string;
  readonly value: string;
  readonly override: boolean;
};

export type ResponseHeadersPolicy = {
  readonly set: readonly HeaderRule[];
  readonly remove: readonly string[];
};

export type EdgeFunctionPart = {
  readonly name: string;
  readonly code: string;
  readonly storeArn: string | undefined;
};

export type BehaviorPart = {
  readonly pattern: string;
  readonly originId: string;
  readonly methods: ReadonlySet<string>;
  readonly cachedMethods: ReadonlySet<string>;
  readonly cachePolicyId: string;
  readonly originRequestPolicyId: string | undefined;
  readonly responseHeadersPolicyId: string | undefined;
  readonly viewerRequest: string | undefined;
  readonly viewerResponse: string | undefined;
};

export type OriginPart = {
  readonly id: string;
  readonly domain: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
};

export type ErrorPart = {
  readonly code: number;
  readonly minSeconds: number;
  readonly page: string | undefined;
  readonly status: number | undefined;
};

export type DistributionPart = {
  readonly id: string;
  readonly rootObject: string;
  readonly origins: readonly OriginPart[];
  readonly behaviors: readonly BehaviorPart[];
  readonly errors: readonly ErrorPart[];
  readonly webAcl: WebAclPart | undefined;
};

export type EdgeParts = {
  readonly distributions: DistributionPart[];
  readonly functions: Map<string, EdgeFunctionPart>;
  readonly cachePolicies: Map<string, CachePolicy>;
  readonly originRequestPolicies: Map<string, Forwarded>;
  readonly responseHeadersPolicies: Map<string, ResponseHeadersPolicy>;
  /** By ARN. */
  readonly addressSets: Map<string, BlockList>;
  /** By ARN. */
  readonly webAcls: Map<string, WebAclPart>;
};
