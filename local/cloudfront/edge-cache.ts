/** @module The cache of one distribution: how long answers live, and one fetch for many who ask at the same time. */

import type { VirtualClock } from '../clock.ts';
import type { HttpResponse } from '../http-message.ts';
import type { CachePolicy, ErrorPart } from './edge-parts.ts';

export type Cached = {
  readonly response: HttpResponse;
  readonly how: 'hit' | 'miss';
  /** Seconds since the answer was fetched. */
  readonly age: number;
};

type Entry = {
  readonly response: HttpResponse;
  readonly stored: number;
  readonly expires: number;
};

/** Errors that CloudFront keeps even without a word from the origin. */
const CACHED_ERRORS = new Set([400, 403, 404, 405, 414, 416, 500, 501, 502, 503, 504]);

/** Until the oldest answers are forgotten. */
const CAPACITY = 10_000;

export class EdgeCache {
  private readonly clock: VirtualClock;
  private readonly errors: ReadonlyMap<number, number>;
  private readonly entries = new Map<string, Entry>();
  private readonly fetching = new Map<string, Promise<Entry>>();

  constructor(clock: VirtualClock, errors: readonly ErrorPart[]) {
    this.clock = clock;
    this.errors = new Map(errors.map(({ code, minSeconds }) => [code, minSeconds]));
  }

  async get(
    key: string,
    policy: CachePolicy,
    fetchOrigin: () => Promise<HttpResponse>,
  ): Promise<Cached> {
    const entry = this.entries.get(key);
    if (entry !== undefined && entry.expires > this.clock.now()) return this.hit(entry);
    const other = this.fetching.get(key);
    if (other !== undefined) {
      const fetched = await other;
      // What may not be kept may not be shared either.
      if (fetched.expires > fetched.stored) return this.hit(fetched);
      return { response: await fetchOrigin(), how: 'miss', age: 0 };
    }
    const fetching = this.fetch(key, policy, fetchOrigin);
    this.fetching.set(key, fetching);
    try {
      return { response: (await fetching).response, how: 'miss', age: 0 };
    } finally {
      this.fetching.delete(key);
    }
  }

  /** Forgets everything, as an invalidation of all paths does. */
  clear() {
    this.entries.clear();
  }

  private hit({ response, stored }: Entry): Cached {
    return { response, how: 'hit', age: Math.floor((this.clock.now() - stored) / 1000) };
  }

  private async fetch(
    key: string,
    policy: CachePolicy,
    fetchOrigin: () => Promise<HttpResponse>,
  ): Promise<Entry> {
    const response = await fetchOrigin();
    const stored = this.clock.now();
    const entry = { response, stored, expires: stored + this.seconds(response, policy) * 1000 };
    if (entry.expires > stored) this.keep(key, entry);
    else this.entries.delete(key);
    return entry;
  }

  private keep(key: string, entry: Entry) {
    this.entries.delete(key);
    this.entries.set(key, entry);
    const [oldest] = this.entries.keys();
    if (this.entries.size > CAPACITY && oldest !== undefined) this.entries.delete(oldest);
  }

  private seconds(response: HttpResponse, policy: CachePolicy): number {
    const said = saidSeconds(response, this.clock.now());
    if (response.status < 400) {
      const wanted = said ?? policy.defaultSeconds;
      return Math.min(Math.max(wanted, policy.minSeconds), policy.maxSeconds);
    }
    const least = this.errors.get(response.status) ?? 10;
    if (CACHED_ERRORS.has(response.status)) return Math.max(least, said ?? 0);
    return said ?? 0;
  }
}

/** How long the origin says that its answer lives; undefined where it says nothing. */
function saidSeconds({ headers }: HttpResponse, now: number): number | undefined {
  const control = [headers['cache-control'] ?? ''].flat().join(',').toLowerCase();
  if (/no-store|no-cache|private/.test(control)) return 0;
  const age = /s-maxage=(\d+)/.exec(control)?.[1] ?? /max-age=(\d+)/.exec(control)?.[1];
  if (age !== undefined) return Number(age);
  const expires = Date.parse([headers['expires'] ?? ''].flat().join(''));
  return Number.isNaN(expires) ? undefined : Math.max(0, (expires - now) / 1000);
}
