/** @module All ways through the functions, quick ones first: a step is struck in the first flow that has it. */

import type { Flow } from './flow.ts';
import { BACKGROUND_FLOWS } from './flows-background.ts';
import { BUY_FLOWS, SLOW_TWIN } from './flows-buy.ts';
import { IMPORT_FLOWS } from './flows-imports.ts';
import { MONEY_FLOWS } from './flows-money.ts';
import { OPERATE_FLOWS } from './flows-operate.ts';
import { ORDER_FLOWS } from './flows-order.ts';
import { PAYMENT_FLOWS } from './flows-payment.ts';
import { SWEEP_FLOWS } from './flows-sweep.ts';
import { WARM_FLOWS } from './flows-warm.ts';

export const FLOWS: readonly Flow[] = [
  ...BUY_FLOWS,
  ...ORDER_FLOWS,
  ...PAYMENT_FLOWS,
  ...BACKGROUND_FLOWS,
  ...WARM_FLOWS,
  ...IMPORT_FLOWS,
  ...SWEEP_FLOWS,
  ...OPERATE_FLOWS,
  ...MONEY_FLOWS,
  SLOW_TWIN,
];
