/**
 * @module
 * One limit after the other: the first that turns somebody away is raised to what the plan needs of it, then the first that
 * does so next, until the crowd is served or nothing is left that can be raised.
 */

import { demandOf, roundUp } from './demand.ts';
import { type Exceeded, exceededIn } from './exceeded.ts';
import { LIMITS, type LimitName, type Limits } from './limits.ts';
import { type Course, simulate } from './model.ts';
import type { Refuser } from './refusals.ts';
import type { Setting } from './setting.ts';
import { type Summary, summaryOf } from './summary.ts';

/** One limit that was raised, or that nobody can raise. */
export type Link = {
  readonly limit: LimitName;
  /** The second in which it turned somebody away first, when it was its turn. */
  readonly second: number;
  readonly has: number;
  /** The number to ask for; nothing where nobody can raise it. */
  readonly ask?: number;
  /** What becomes of the sale once it is raised. */
  readonly after: Pick<Summary, 'soldOutAfter' | 'answeredAfter' | 'gaveUp'>;
};

/** Served is a crowd of whom so many have an answer, and did not give up. */
const SERVED = 0.99;

/** A limit that nobody can raise may be made up for by another one. */
const INSTEAD: Partial<Readonly<Record<Refuser, LimitName>>> = {
  newEnvironments: 'readyEnvironments',
};

/** What is raised with a limit, in proportion: AWS does so itself, or one number of `capacity/sizes.ts` has both. */
const WITH: Partial<Readonly<Record<LimitName, LimitName>>> = {
  apiRate: 'apiBurst',
  buyRate: 'buyBurst',
  browseRate: 'browseBurst',
};

/** @param course of the setting as it is */
export function chainOf(setting: Setting, course: Course): readonly Link[] {
  const links: Link[] = [];
  const given = new Set<Refuser>();
  let [now, its] = [setting, course];
  while (!isServed(now, its)) {
    const next = nextOf(now, its, given);
    if (next === undefined) break;
    const { limit, second } = next.exceeded;
    const raised = INSTEAD[limit] ?? limit;
    const has = now.limits[raised];
    if (next.more === undefined) given.add(limit);
    else [now, its] = [next.more, simulate(next.more, 'edge')];
    const { soldOutAfter, answeredAfter, gaveUp } = summaryOf(now.plan, its);
    const after = { soldOutAfter, answeredAfter, gaveUp };
    const ask = next.more?.limits[raised];
    links.push({ limit: raised, second, has, ...(ask !== undefined && { ask }), after });
  }
  return links;
}

const isServed = ({ plan }: Setting, { people }: Course): boolean =>
  people.gaveUp <= (1 - SERVED) * plan.shoppers;

type Next = { readonly exceeded: Exceeded; readonly more: Setting | undefined };

/** The first limit that has less than the plan needs. One that has that refuses those whom another limit made wait. */
const nextOf = (now: Setting, its: Course, given: ReadonlySet<Refuser>): Next | undefined =>
  exceededIn(its)
    .filter(({ limit }) => !given.has(limit))
    .map((exceeded) => ({
      exceeded,
      more: asNeeded(now, INSTEAD[exceeded.limit] ?? exceeded.limit),
    }))
    .find(({ more, exceeded: { limit } }) => more !== undefined || !isRaisable(limit));

const isRaisable = (limit: Refuser): boolean =>
  LIMITS[INSTEAD[limit] ?? limit].raise.by !== 'nobody';

/** With so much of a limit as the plan needs at its worst second; nothing where it has that. */
function asNeeded(setting: Setting, limit: LimitName): Setting | undefined {
  if (LIMITS[limit].raise.by === 'nobody') return undefined;
  const { plan, limits, habits } = setting;
  const { needs } = demandOf(plan, limits, habits);
  // Environments are kept ready for as many buys as they may serve.
  const named = limit === 'readyEnvironments' ? 'buyEnvironments' : limit;
  const wanted = roundUp(needs.find((need) => need.limit === named)?.need ?? 0);
  return wanted > limits[limit] ? withMore(setting, limit, wanted) : undefined;
}

function withMore(setting: Setting, limit: LimitName, value: number): Setting {
  const { limits } = setting;
  const other = WITH[limit];
  const raised: Limits = {
    ...limits,
    [limit]: value,
    ...(other && { [other]: roundUp((limits[other] * value) / limits[limit]) }),
  };
  return { ...setting, limits: raised };
}
