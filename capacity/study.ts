/** @module What limits a sale: what is exceeded first and next, how long answers take, and what one more of each buys. */

import { chainOf, type Link } from './chain.ts';
import { readyCost } from './cost.ts';
import { type Exceeded, exceededIn } from './exceeded.ts';
import type { Habits } from './habits.ts';
import type { Limits } from './limits.ts';
import { simulate } from './model.ts';
import { type OneMoreOf, oneMoreOf } from './one-more.ts';
import type { Plan } from './plan.ts';
import { SCENES, type Scene, scenesOf } from './scenes.ts';
import type { Second } from './second.ts';
import type { Setting } from './setting.ts';
import { type Summary, summaryOf } from './summary.ts';
import { type Waits, waits } from './waits.ts';

/** One scene, second by second, and what decides it. */
export type SceneStudy = {
  readonly plan: Plan;
  readonly summary: Summary;
  readonly exceeded: readonly Exceeded[];
  readonly oneMore: OneMoreOf;
  /** What a further environment that is kept ready costs, in USD. Quotas and sizes cost nothing; for warm throughput no price was found. */
  readonly readyCost: number;
  /** Of the whole course. */
  readonly waits: Waits;
  readonly seconds: readonly (Second & Waits)[];
};

export type Study = {
  readonly plan: Plan;
  readonly scenes: Readonly<Record<Scene, SceneStudy>>;
  /** From the account as it is. */
  readonly chain: readonly Link[];
};

/** @param limits without the environments that the plan wants to be warmed up: they are added */
export function studyOf(plan: Plan, limits: Limits, habits: Habits): Study {
  const settings = scenesOf(plan, limits, habits);
  const studies = SCENES.map((scene) => [scene, sceneStudy(settings[scene])] as const);
  return {
    plan,
    scenes: Object.fromEntries(studies) as Study['scenes'],
    chain: chainOf(settings.asItIs, simulate(settings.asItIs, 'edge')),
  };
}

function sceneStudy(setting: Setting): SceneStudy {
  const { plan } = setting;
  const watch = waits();
  const course = simulate(setting, 'edge', watch.see);
  const { course: whole, seconds } = watch.all();
  return {
    plan,
    summary: summaryOf(plan, course),
    exceeded: exceededIn(course),
    oneMore: oneMoreOf(setting, course),
    readyCost: readyCost(plan),
    waits: whole,
    seconds: course.seconds.map((second, index) => ({
      ...second,
      ...(seconds[index] ?? { request: undefined, answer: undefined }),
    })),
  };
}
