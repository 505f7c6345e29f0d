/** @module What a course is computed from: a plan, limits, habits, and one of two designs. */

import type { Habits } from './habits.ts';
import type { Limits } from './limits.ts';
import type { Plan } from './plan.ts';

export type Setting = {
  readonly plan: Plan;
  readonly limits: Limits;
  readonly habits: Habits;
};

/** `edge`: as it is built. `naive`: no gate, no cache, one counter with transactions. */
export type Design = 'edge' | 'naive';
