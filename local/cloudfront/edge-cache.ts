/** @module The cache of one distribution: what lives how long, and one fetch for many who ask at the same time. */

import type { VirtualClock } from '../clock.ts';
import type { HttpResponse } from '../http-message.ts';
import type { CachePolicy, ErrorPart } from './edge-parts.ts';
import { errorSeconds, lifetime } from './lifetime.ts';

export type Cached = {
  readonly response: HttpResponse;
  /** `refreshed`: it had expired, and the origin says that it is the same still. */
  readonly how: 'hit' | 'miss' | 'refreshed';
  /** Seconds since the answer was fetched. */
  readonly age: number;
};

/** Asks the origin; with an entity tag, for a 304 where nothing has changed. */
export type Ask = (etag?: string) => Promise<HttpResponse>;

type Entry = {
  readonly response: HttpResponse;
  readonly stored: number;
  readonly expires: number;
};

type Fetched = Entry & { readonly how: Cached['how'] };

/** What a 304 says anew; of the rest it is silent, or speaks of itself. */
const REFRESHED = ['cache-control', 'etag', 'expires', 'last-modified'];

function refreshed({ headers: old }: HttpResponse, { headers }: HttpResponse) {
  const said = Object.entries(headers).filter(([name]) => REFRESHED.includes(name));
  return { ...old, ...Object.fromEntries(said) };
}

/** Until the oldest answers are forgotten. */
const CAPACITY = 10_000;

export class EdgeCache {
  private readonly clock: VirtualClock;
  private readonly errors: readonly ErrorPart[];
  private readonly entries = new Map<string, Entry>();
  private readonly fetching = new Map<string, Promise<Fetched>>();

  constructor(clock: VirtualClock, errors: readonly ErrorPart[]) {
    this.clock = clock;
    this.errors = errors;
  }

  async get(key: string, policy: CachePolicy, ask: Ask): Promise<Cached> {
    const entry = this.entries.get(key);
    if (entry !== undefined && this.isFresh(entry)) return this.cached(entry, 'hit');
    const other = this.fetching.get(key);
    if (other !== undefined) {
      const fetched = await other;
      // What may not be kept may not be shared either.
      if (fetched.expires > fetched.stored) return this.cached(fetched, 'hit');
      return { response: await ask(), how: 'miss', age: 0 };
    }
    const fetching = this.fetch(key, policy, ask);
    this.fetching.set(key, fetching);
    try {
      const fetched = await fetching;
      return this.cached(fetched, fetched.how);
    } finally {
      this.fetching.delete(key);
    }
  }

  /** Whether a key would be answered without the origin. */
  has(key: string): boolean {
    const entry = this.entries.get(key);
    return entry !== undefined && this.isFresh(entry);
  }

  /** Forgets everything, as an invalidation of all paths does. */
  clear() {
    this.entries.clear();
  }

  private isFresh({ expires }: Entry): boolean {
    return expires > this.clock.now();
  }

  private cached({ response, stored }: Entry, how: Cached['how']): Cached {
    return { response, how, age: Math.floor((this.clock.now() - stored) / 1000) };
  }

  private async fetch(key: string, policy: CachePolicy, ask: Ask): Promise<Fetched> {
    const stale = this.entries.get(key);
    const response = await ask([stale?.response.headers['etag'] ?? []].flat()[0]);
    const fetched = this.judge(response, stale, policy);
    if (fetched.expires > fetched.stored) this.keep(key, fetched);
    else this.entries.delete(key);
    return fetched;
  }

  private judge(response: HttpResponse, stale: Entry | undefined, policy: CachePolicy): Fetched {
    const now = this.clock.now();
    const until = (one: HttpResponse) => now + 1000 * lifetime(one, policy, this.errors, now);
    if (stale !== undefined && response.status === 304) {
      const same = { ...stale.response, headers: refreshed(stale.response, response) };
      return { response: same, stored: now, expires: until(same), how: 'refreshed' };
    }
    if (stale !== undefined && response.status >= 500 && this.mayOutlive(stale, policy)) {
      const retryAt = now + 1000 * errorSeconds(this.errors, response.status);
      return { ...stale, expires: retryAt, how: 'hit' };
    }
    return { response, stored: now, expires: until(response), how: 'miss' };
  }

  /** What has expired is better than an origin that fails, until the policy's longest life is over. */
  private mayOutlive({ response, stored }: Entry, { maxSeconds }: CachePolicy): boolean {
    return response.status < 400 && this.clock.now() < stored + 1000 * maxSeconds;
  }

  private keep(key: string, { response, stored, expires }: Entry) {
    this.entries.delete(key);
    this.entries.set(key, { response, stored, expires });
    const [oldest] = this.entries.keys();
    if (this.entries.size > CAPACITY && oldest !== undefined) this.entries.delete(oldest);
  }
}
