/** @module The preflight: compares a sale with what is there for it. Facts in, lines out. */

import { distributionLine, tableLines, versionLine } from '../domain/preflight-deployment.ts';
import type { AccountFacts, GateFacts, PageFacts, SaleFacts } from '../domain/preflight-facts.ts';
import {
  entryLine,
  identityLine,
  keysLine,
  paymentKeyLine,
  settingsLine,
} from '../domain/preflight-gate.ts';
import { inOrder, type Learnt, type Line, type LineId, learnt } from '../domain/preflight-line.ts';
import { clockLine, dataLine, flagLine, listLine, pageLine } from '../domain/preflight-page.ts';
import {
  auditLine,
  guestsLine,
  overlapLine,
  saleLine,
  stockLine,
} from '../domain/preflight-sale.ts';
import { alarmLines, deadLettersLine, schedulesLine } from '../domain/preflight-watch.ts';
import type { PublishedSale, Sale } from '../domain/sale.ts';
import type { EpochMs } from '../domain/units.ts';
import { environmentsFor, WARM_EARLY_MS } from '../domain/warmth.ts';
import type { Limits } from './limits.ts';
import {
  apiLines,
  buyPlanRate,
  edgeLine,
  lambdaLines,
  provisionedLine,
  schedulerLine,
  tableRateLines,
} from './preflight-account.ts';
import { needsOf } from './preflight-needs.ts';

/** A sale that is published, with what that made of it, or one that is only planned. */
export type Subject =
  | { readonly kind: 'published'; readonly sale: PublishedSale; readonly facts: SaleFacts }
  | { readonly kind: 'draft'; readonly sale: Sale };

export type Preflight = {
  readonly subject: Subject;
  /** Published sales that let shoppers through at its busiest instant. */
  readonly others: readonly Sale[];
  readonly account: AccountFacts;
  readonly gate: GateFacts;
  readonly site: PageFacts;
  /** Limits of the stage and the Region, for what nobody can be asked. */
  readonly limits: Limits;
  /** As the outputs of the deployment have them. */
  readonly guests: string;
  readonly issuer: string;
  /** Environments of the buy function that the stage keeps ready at most. */
  readonly mostWarm: number;
  /** Requests a second of the usage plan of buys; older deployments do not say. */
  readonly buyRate?: number | undefined;
  /** How many shoppers come, where that is known better than the file says. */
  readonly shoppers?: number | undefined;
  readonly now: EpochMs;
};

/** Judges. The lines are in the order of `LINES`, and none is missing. */
export function preflight(input: Preflight): readonly Line[] {
  const { subject, gate, guests, issuer, now } = input;
  const { sale, kind } = subject;
  return inOrder([
    saleLine(sale, kind, now),
    guestsLine(sale, guests),
    overlapLine(sale, input.others, planRate(input)),
    ...accountLines(input),
    settingsLine(guests, gate.settings),
    keysLine(gate.keys.secret, gate.keys.edge),
    paymentKeyLine(gate.paymentKey),
    identityLine(issuer, guests, gate.issuer),
    ...(subject.kind === 'published'
      ? publishedLines(subject.sale, subject.facts, input.site, now)
      : PUBLISHED.map(notPublished)),
    clockLine(input.site.clock),
  ]);
}

/** As API Gateway has it; where nobody may ask there, as it was deployed. */
function planRate({ account, buyRate }: Preflight): Learnt<number> {
  const asked = buyPlanRate(account.api);
  return asked.kind === 'unknown' && buyRate !== undefined ? learnt(buyRate) : asked;
}

function accountLines(input: Preflight): readonly Line[] {
  const { account, subject, others, limits, shoppers, now } = input;
  const { api, lambda, quotas, tables, distribution, alarms, deadLetters } = account;
  const sales = [subject.sale, ...others];
  const needs = needsOf(sales, limits, shoppers);
  const together = sales.reduce((sum, { admission }) => sum + admission.perSecond, 0);
  return [
    ...apiLines(api, needs),
    ...lambdaLines(lambda, needs),
    ...tableRateLines(quotas.tableWrites, tables.stock, needs),
    schedulerLine(quotas.schedules, needs),
    edgeLine(quotas.edge, needs),
    versionLine('buy-version', lambda.buy),
    versionLine('record-version', lambda.record),
    ...tableLines(Object.values(tables)),
    distributionLine(distribution),
    provisionedLine(
      lambda.buy.provisioned,
      {
        wanted: environmentsFor(together),
        most: input.mostWarm,
        due: subject.sale.opensAt - WARM_EARLY_MS,
      },
      now,
    ),
    ...alarmLines(alarms),
    deadLettersLine(deadLetters),
  ];
}

/** Lines of what only publishing makes. */
const PUBLISHED = [
  'stock',
  'audit',
  'schedules',
  'edge-entry',
  'page',
  'page-data',
  'page-list',
  'flag',
] as const satisfies readonly LineId[];

const notPublished = (id: LineId): Line => ({
  id,
  verdict: 'not-judged',
  found: 'a draft: nothing of it is published',
  needed: 'as published',
});

const publishedLines = (
  sale: PublishedSale,
  { audit, stock, entry, schedules, data }: SaleFacts,
  site: PageFacts,
  now: EpochMs,
): readonly Line[] => [
  stockLine(sale, stock),
  auditLine(audit),
  schedulesLine(schedules, now),
  entryLine(entry.wanted, entry.found),
  pageLine(site.page),
  dataLine(data, site.data),
  listLine(sale, site.list),
  flagLine(sale, site.flag, now),
];
