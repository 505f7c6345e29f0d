/** @module From the press to the function: CloudFront, the gate, API Gateway, Lambda. */

import { BUY_SECONDS } from '../domain/warmth.ts';
import { environments } from './environments.ts';
import type { Limits } from './limits.ts';
import type { Note } from './refusals.ts';
import { TICK } from './tick.ts';
import { COLD_BUY_SECONDS, NAIVE_BUY_SECONDS, NAIVE_LOOK_SECONDS } from './timings.ts';
import { tokenBucket } from './token-bucket.ts';

/** What comes in one tick. */
export type Traffic = {
  /** Presses of those whose slot is still to come. */
  readonly early: number;
  /** Presses that the gate lets through. */
  readonly valid: number;
  /** Other requests at the edge: files, sessions, tickets, and looks that a cache answers. */
  readonly others: number;
  /** Other requests that go on to a function. */
  readonly browses: number;
};

/** What became of it. */
export type Passed = {
  readonly notYourTurn: number;
  /** Of those who would have been let through. */
  readonly throttledEdge: number;
  /** Of those who were too early, and come again by themselves. */
  readonly throttledEarly: number;
  readonly throttledApi: number;
  readonly throttledLambda: number;
  /** Presses that a function answers. */
  readonly reached: number;
  /** Of these, by an environment that had to start. */
  readonly cold: number;
  /** Sum over these, in ms. */
  readonly latencyMs: number;
  readonly edgeRequests: number;
  readonly apiRequests: number;
  readonly runs: number;
  readonly busySeconds: number;
};

export type Front = {
  pass(traffic: Traffic): Passed;
  /** Environments there are. */
  environments(): number;
};

/** A function runs so long for each other request. */
const BROWSE_SECONDS = 0.02;

/** The front as it is built. */
export function edgeFront(limits: Limits, note: Note): Front {
  const { buyRate, buyBurst, apiRate, apiBurst, browseRate, browseBurst } = limits;
  const account = tokenBucket(apiRate, apiBurst);
  const plan = tokenBucket(buyRate, buyBurst);
  const browsePlan = tokenBucket(browseRate, browseBurst);
  const pool = poolOf(limits, limits.buyEnvironments, BUY_SECONDS, note);
  return {
    pass({ early, valid, others, browses }) {
      const edge = early + valid + others + browses;
      const open = Math.min(1, (limits.edgeRequests * TICK) / Math.max(edge, 1e-9));
      const browsable = browsePlan.take(browses * open, TICK);
      const browsing = account.take(browsable, TICK);
      const through = plan.take(valid * open, TICK);
      // The bucket was filled for this tick already.
      const api = account.take(through, 0);
      const { warm, cold, throttled } = pool.serve(api);
      note('edgeRequests', (early + valid) * (1 - open));
      note('buyRate', valid * open - through);
      note('browseRate', browses * open - browsable);
      note('apiRate', browsable - browsing + through - api);
      return {
        notYourTurn: early * open,
        throttledEarly: early * (1 - open),
        throttledEdge: valid * (1 - open),
        throttledApi: valid * open - api,
        throttledLambda: throttled,
        reached: warm + cold,
        cold,
        latencyMs: (warm * BUY_SECONDS + cold * COLD_BUY_SECONDS) * 1000,
        edgeRequests: edge * open,
        apiRequests: api + browsing,
        runs: warm + cold + browsing,
        busySeconds: warm * BUY_SECONDS + cold * COLD_BUY_SECONDS + browsing * BROWSE_SECONDS,
      };
    },
    environments: pool.count,
  };
}

/** No gate, and no cache: everything that is not a file goes to a function. */
export function nakedFront(limits: Limits, note: Note): Front {
  const account = tokenBucket(limits.apiRate, limits.apiBurst);
  const pool = poolOf(limits, limits.concurrency, NAIVE_BUY_SECONDS, note);
  /** A look is shorter than a buy. */
  const weight = NAIVE_LOOK_SECONDS / NAIVE_BUY_SECONDS;
  return {
    pass({ early, valid, others, browses }) {
      const buys = early + valid;
      const asked = buys + browses;
      const api = account.take(asked, TICK);
      const share = asked === 0 ? 0 : api / asked;
      const [buying, looking] = [buys * share, browses * share];
      note('apiRate', asked - api);
      const load = buying + looking * weight;
      const { warm, cold } = pool.serve(load);
      const served = load === 0 ? 0 : (warm + cold) / load;
      const isCold = warm + cold === 0 ? 0 : cold / (warm + cold);
      const each = NAIVE_BUY_SECONDS + isCold * (COLD_BUY_SECONDS - BUY_SECONDS);
      return {
        notYourTurn: 0,
        throttledEarly: 0,
        throttledEdge: 0,
        throttledApi: buys - buying,
        throttledLambda: buying * (1 - served),
        reached: buying * served,
        cold: buying * served * isCold,
        latencyMs: buying * served * each * 1000,
        edgeRequests: others,
        apiRequests: api,
        runs: (buying + looking) * served,
        busySeconds: served * (buying * each + looking * NAIVE_LOOK_SECONDS),
      };
    },
    environments: pool.count,
  };
}

/** Environments that say who was refused, and by which limit. */
function poolOf(limits: Limits, kept: number, warm: number, note: Note) {
  const { concurrency } = limits;
  const pool = environments({
    ready: limits.readyEnvironments,
    most: Math.min(kept, concurrency),
    newInTenSeconds: limits.newEnvironments,
    requestsEach: limits.requestsPerEnvironment,
    warm,
    cold: warm + COLD_BUY_SECONDS - BUY_SECONDS,
  });
  const ceiling = kept < concurrency ? 'buyEnvironments' : 'concurrency';
  return {
    serve(requests: number) {
      const { warm: ready, cold, overMost, overGrowth } = pool.serve(requests);
      note(ceiling, overMost);
      note('newEnvironments', overGrowth);
      return { warm: ready, cold, throttled: overMost + overGrowth };
    },
    count: pool.count,
  };
}
