/** @module All laws, by subject. */

import { allocationLaws } from './allocations.ts';
import { auditLaws } from './audit.ts';
import { challengeLaws } from './challenges.ts';
import { closingLaws } from './closings.ts';
import { cookieLaws } from './cookies.ts';
import { doorLaws } from './doors.ts';
import { idLaws } from './ids.ts';
import { instantLaws } from './instants.ts';
import { jsonLaws } from './json-texts.ts';
import { keyLaws } from './keys.ts';
import type { Law } from './law.ts';
import { moneyLaws } from './money.ts';
import { patternLaws } from './patterns.ts';
import { paymentLaws } from './payments.ts';
import { probeLaws } from './probes.ts';
import { reconciliationLaws } from './reconciliation.ts';
import { recordLaws } from './records.ts';
import { restockLaws } from './restock.ts';
import { saleFileLaws } from './sale-files.ts';
import { saleScheduleLaws } from './sale-schedules.ts';
import { scheduleLaws } from './schedules.ts';
import { slotLaws } from './slots.ts';
import { throttleLaws } from './throttles.ts';
import { ticketLaws } from './tickets.ts';
import { tokenLaws } from './tokens.ts';
import { writeLaws } from './writes.ts';

export const allLaws: readonly Law[] = [
  ...idLaws,
  ...probeLaws,
  ...slotLaws,
  ...tokenLaws,
  ...cookieLaws,
  ...ticketLaws,
  ...challengeLaws,
  ...keyLaws,
  ...paymentLaws,
  ...moneyLaws,
  ...saleFileLaws,
  ...jsonLaws,
  ...instantLaws,
  ...scheduleLaws,
  ...saleScheduleLaws,
  ...writeLaws,
  ...doorLaws,
  ...closingLaws,
  ...restockLaws,
  ...allocationLaws,
  ...recordLaws,
  ...reconciliationLaws,
  ...auditLaws,
  ...throttleLaws,
  ...patternLaws,
];

/** How often a law is tried where the others are tried so often; at least once. */
export const runsOf = ({ share = 1 }: Law, runs: number): number =>
  Math.max(1, Math.round(runs * share));
