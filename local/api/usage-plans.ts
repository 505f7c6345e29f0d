/** @module Who may ask a REST API's stage, and how often. */

import type { ApiParts, PlanPart, StagePart } from './api-parts.ts';
import { TokenBucket } from './token-bucket.ts';

/** A caller with a valid key. */
export type Client = {
  readonly keyId: string;
  readonly key: string;
  readonly plan: string;
  readonly bucket: TokenBucket | undefined;
  readonly methods: ReadonlyMap<string, TokenBucket>;
};

export class UsagePlans {
  private readonly clients = new Map<string, Client>();
  private readonly stageBuckets = new Map<string, TokenBucket>();
  private readonly stage: StagePart;

  constructor(parts: ApiParts, stage: StagePart) {
    this.stage = stage;
    for (const { keyId, planId } of parts.planKeys) {
      const key = parts.keys.get(keyId);
      const plan = parts.plans.get(planId);
      if (key === undefined || plan === undefined || !key.enabled) continue;
      const client = clientOf(keyId, key.value, planId, plan, stage);
      if (client !== undefined) this.clients.set(key.value, client);
    }
  }

  /** The client whose key this is, if one of its plans covers the stage. */
  client(key: string | undefined): Client | undefined {
    return key === undefined ? undefined : this.clients.get(key);
  }

  /** Whether a request may pass: its client's bucket for the method, its client's own, the stage's. */
  admits(client: Client | undefined, method: string, path: string, now: number): boolean {
    const route = `${method} ${path}`;
    const buckets = [client?.methods.get(route), client?.bucket, this.stageBucket(method, path)];
    return buckets.every((bucket) => bucket?.take(now) ?? true);
  }

  /** A setting for one method is its own bucket; one for all methods gives each method a bucket. */
  private stageBucket(method: string, path: string): TokenBucket | undefined {
    const route = `${method} ${path}`;
    const known = this.stageBuckets.get(route);
    if (known !== undefined) return known;
    const { throttles } = this.stage;
    const throttle = throttles.get(route) ?? throttles.get(`* ${path}`) ?? throttles.get('* /*');
    if (throttle === undefined) return undefined;
    const bucket = new TokenBucket(throttle);
    this.stageBuckets.set(route, bucket);
    return bucket;
  }
}

function clientOf(
  keyId: string,
  key: string,
  planId: string,
  plan: PlanPart,
  { apiId, name }: StagePart,
): Client | undefined {
  const stage = plan.stages.find((one) => one.apiId === apiId && one.stage === name);
  if (stage === undefined) return undefined;
  const methods = [...stage.throttles].map(
    ([route, throttle]) => [route, new TokenBucket(throttle)] as const,
  );
  return {
    keyId,
    key,
    plan: planId,
    bucket: plan.throttle && new TokenBucket(plan.throttle),
    methods: new Map(methods),
  };
}
