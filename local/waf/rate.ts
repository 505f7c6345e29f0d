/**
 * @module
 * Rate-based statements. AWS WAF counts about every 10 s and notices usually within 30 s; this counts each request, and
 * matches from the first one above the limit.
 *
 * @see https://docs.aws.amazon.com/waf/latest/developerguide/waf-rule-statement-type-rate-based-caveats.html
 */

import type { WafRequest } from './field.ts';

export type RateLimit = {
  readonly limit: number;
  readonly windowMs: number;
  /** Whose request it is; nothing where the rule does not count it. */
  readonly keyOf: (request: WafRequest) => string | undefined;
};

/** Until keys that are quiet are forgotten. */
const CAPACITY = 10_000;

/** Matches a request that is above the limit of its key. What is refused counts too, as on AWS. */
export function rateTest({ limit, windowMs, keyOf }: RateLimit) {
  const seen = new Map<string, number[]>();
  return (request: WafRequest, now: number): boolean => {
    const key = keyOf(request);
    if (key === undefined) return false;
    const since = now - windowMs;
    const times = (seen.get(key) ?? []).filter((time) => time > since);
    times.push(now);
    // Beyond the limit only the newest matter: they decide when the key is below it again.
    if (times.length > limit + 1) times.shift();
    seen.set(key, times);
    if (seen.size > CAPACITY) forgetQuiet(seen, since);
    return times.length > limit;
  };
}

function forgetQuiet(seen: Map<string, number[]>, since: number) {
  for (const [key, times] of seen) {
    if ((times.at(-1) ?? since) <= since) seen.delete(key);
  }
}
