/**
 * @module
 * What one more unit of each limit would buy: the course again with a limit that is a step larger, and the difference
 * divided by that step. A unit alone would drown in rounding.
 */

import { isScanned } from './effort.ts';
import type { LimitName } from './limits.ts';
import { type Course, simulate } from './model.ts';
import { REFUSERS, type Refusals } from './refusals.ts';
import type { Setting } from './setting.ts';
import { answeredAt, soldOutAt } from './summary.ts';

/** By which share a limit is raised, in whole units and at least by one. */
const STEP = 0.1;

/** Ranges are swept in rounds: a tenth more of them may be as many rounds. */
const STEPS: Partial<Readonly<Record<LimitName, number>>> = { sweepRanges: 1 };

/** What a course came to. */
export type Effect = {
  /** Seconds until as many orders were made as there is stock; nothing where that never came. */
  readonly soldOut: number | undefined;
  /** Seconds until 99 of 100 had an answer that is final, or had given up. */
  readonly answered: number | undefined;
  readonly gaveUp: number;
  /** Presses that were refused for want of anything but a slot. */
  readonly throttled: number;
  /** Messages that waited for their record, at worst. */
  readonly unrecorded: number;
};

export type OneMore = {
  readonly limit: LimitName;
  readonly has: number;
  /** By how much the limit was raised to see it. */
  readonly step: number;
  /** The change for one unit of the limit; less than 0: sooner, or fewer. */
  readonly each: Effect;
};

/** What more of each limit changes. */
export type OneMoreOf = {
  /** Those that one more unit of changes something, those that keep most from giving up first. */
  readonly buys: readonly OneMore[];
  /** Those that were met, and of which more alone changes nothing: another one lets no more through. */
  readonly alone: readonly LimitName[];
  /** Those that nobody met: a unit more of them buys nothing. */
  readonly hasRoom: readonly LimitName[];
  /** The change when all that were met are a step larger at once: not for a unit, but in all. */
  readonly together: Effect;
};

/**
 * Limits that refuse nobody themselves, and when a course can feel them. The others turn somebody away or do nothing: a
 * bucket that was never empty is not missed by anybody when it is larger.
 */
const INDIRECT: Partial<Readonly<Record<LimitName, (seen: Seen) => boolean>>> = {
  buyBurst: ({ refused }) => refused.buyRate > 0,
  browseBurst: ({ refused }) => refused.browseRate > 0,
  apiBurst: ({ refused }) => refused.apiRate > 0,
  requestsPerEnvironment: ({ refused }) => refused.buyEnvironments + refused.concurrency > 0,
  readyEnvironments: ({ cold, refused }) => cold > 0 || refused.newEnvironments > 0,
  recordBatches: ({ unrecorded }) => unrecorded >= 1,
  pollersAtFirst: ({ unrecorded }) => unrecorded >= 1,
  newPollers: ({ unrecorded }) => unrecorded >= 1,
  sweepRanges: ({ setting }) => !isScanned(setting.plan.shards),
};

type Seen = {
  readonly setting: Setting;
  readonly refused: Refusals;
  readonly cold: number;
  readonly unrecorded: number;
};

/** @param course of the setting as it is */
export function oneMoreOf(setting: Setting, course: Course): OneMoreOf {
  const base = effectOf(setting, course);
  const seen = seenIn(setting, course);
  const felt = [...REFUSERS, ...(Object.keys(INDIRECT) as LimitName[])];
  const isMet = (limit: LimitName) =>
    INDIRECT[limit]?.(seen) ?? (seen.refused as Partial<Record<LimitName, number>>)[limit] !== 0;
  const met = felt.filter(isMet);
  const tried = met.map((limit) => oneMore(setting, base, limit));
  return {
    buys: tried
      .filter(({ each }) => isSomething(each))
      .toSorted((a, b) => a.each.gaveUp - b.each.gaveUp),
    alone: tried.filter(({ each }) => !isSomething(each)).map(({ limit }) => limit),
    hasRoom: felt.filter((limit) => !met.includes(limit)),
    together: changeOf(base, effectWith(setting, met), 1),
  };
}

function oneMore(setting: Setting, base: Effect, limit: LimitName): OneMore {
  const has = setting.limits[limit];
  const step = stepOf(limit, has);
  return { limit, has, step, each: changeOf(base, effectWith(setting, [limit]), step) };
}

const stepOf = (limit: LimitName, has: number): number =>
  Math.max(1, Math.round(has * (STEPS[limit] ?? STEP)));

/** What the course comes to with a step more of some limits. */
function effectWith(setting: Setting, limits: readonly LimitName[]): Effect {
  const more = limits.map((limit) => {
    const has = setting.limits[limit];
    return [limit, has + stepOf(limit, has)];
  });
  const raised = { ...setting, limits: { ...setting.limits, ...Object.fromEntries(more) } };
  return effectOf(raised, simulate(raised, 'edge'));
}

function changeOf(before: Effect, after: Effect, step: number): Effect {
  const change = (from: number | undefined, to: number | undefined) =>
    from === undefined || to === undefined ? undefined : (to - from) / step;
  return {
    soldOut: change(before.soldOut, after.soldOut),
    answered: change(before.answered, after.answered),
    gaveUp: (after.gaveUp - before.gaveUp) / step,
    throttled: (after.throttled - before.throttled) / step,
    unrecorded: (after.unrecorded - before.unrecorded) / step,
  };
}

function effectOf({ plan }: Setting, { seconds, people }: Course): Effect {
  return {
    soldOut: soldOutAt(plan, seconds),
    answered: answeredAt(plan, seconds),
    gaveUp: people.gaveUp,
    throttled: seconds.reduce(
      (sum, { throttledEdge, throttledApi, throttledLambda, throttledTable }) =>
        sum + throttledEdge + throttledApi + throttledLambda + throttledTable,
      0,
    ),
    unrecorded: seconds.reduce((most, { queue }) => Math.max(most, queue), 0),
  };
}

function seenIn(setting: Setting, { seconds, refused }: Course): Seen {
  const sums = REFUSERS.map((limit) => [
    limit,
    refused.reduce((sum, second) => sum + second[limit], 0),
  ]);
  return {
    setting,
    refused: Object.fromEntries(sums) as Refusals,
    cold: seconds.reduce((sum, second) => sum + second.cold, 0),
    unrecorded: seconds.reduce((most, { queue }) => Math.max(most, queue), 0),
  };
}

/** Changes smaller than these, for a unit, are what is left of rounding. */
const NOTHING = 1e-7;

const isSomething = (each: Effect): boolean =>
  Object.values(each).some((change) => change !== undefined && Math.abs(change) > NOTHING);
