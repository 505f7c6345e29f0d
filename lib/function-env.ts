/** @module Which variables each folder of `lambdas/` declares. Types alone: nothing of a function runs at synth. */

import type { EnvVars } from '../adapters/env.ts';
import type { buyEnv } from '../lambdas/buy/env.ts';
import type { closeEnv } from '../lambdas/close/env.ts';
import type { importEnv } from '../lambdas/import/env.ts';
import type { noteEnv } from '../lambdas/note/env.ts';
import type { openEnv } from '../lambdas/open/env.ts';
import type { operateEnv } from '../lambdas/operate/env.ts';
import type { orderEnv } from '../lambdas/order/env.ts';
import type { paymentEnv } from '../lambdas/payment/env.ts';
import type { reconcileEnv } from '../lambdas/reconcile/env.ts';
import type { recordEnv } from '../lambdas/record/env.ts';
import type { sessionEnv } from '../lambdas/session/env.ts';
import type { statusEnv } from '../lambdas/status/env.ts';
import type { sweepEnv } from '../lambdas/sweep/env.ts';
import type { warmEnv } from '../lambdas/warm/env.ts';

type Specs = {
  readonly buy: typeof buyEnv;
  readonly close: typeof closeEnv;
  readonly import: typeof importEnv;
  readonly note: typeof noteEnv;
  readonly open: typeof openEnv;
  readonly operate: typeof operateEnv;
  readonly order: typeof orderEnv;
  readonly payment: typeof paymentEnv;
  readonly reconcile: typeof reconcileEnv;
  readonly record: typeof recordEnv;
  readonly session: typeof sessionEnv;
  readonly status: typeof statusEnv;
  readonly sweep: typeof sweepEnv;
  readonly warm: typeof warmEnv;
};

/** A folder of `lambdas/`. */
export type Folder = keyof Specs;

/** One string for each variable that the folder's `env.ts` declares, no more and no less. */
export type EnvironmentOf<F extends Folder> = EnvVars<Specs[F]>;
