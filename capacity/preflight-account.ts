/** @module Preflight of an account: what its quotas, plans and functions are worth, beside what sales need together. */

import type {
  ApiFacts,
  LambdaFacts,
  PlanFacts,
  Provisioned,
  QuotaValue,
  Rate,
  TableFacts,
} from '../domain/preflight-facts.ts';
import {
  type Ask,
  both,
  figure,
  type Judged,
  type Learnt,
  type Line,
  type LineId,
  learnt,
  line,
  passIf,
} from '../domain/preflight-line.ts';
import type { EpochMs } from '../domain/units.ts';
import { roundUp } from './demand.ts';
import { LIMITS, type LimitName } from './limits.ts';
import type { Needs } from './preflight-needs.ts';
import { quotaOf } from './preflight-quotas.ts';

/** What is there beside what is needed, with the number to ask for where it is too little. */
function compared(limit: LimitName, has: number, need: number, note = ''): Judged {
  const quota = quotaOf(limit);
  const found = `${figure(has)}${note}`;
  const about = quota === undefined ? {} : { quota };
  if (has >= need) return { verdict: 'pass', found, ...about };
  const ask: Ask | undefined = quota && { ...quota, value: roundUp(need) };
  return { verdict: 'fail', found, ...about, ...(ask && { ask }), advice: adviceFor(limit) };
}

function adviceFor(limit: LimitName): string {
  const { raise } = LIMITS[limit];
  switch (raise.by) {
    case 'quota':
      return 'Ask for more, days ahead: AWS looks at it by hand.';
    case 'support':
      return 'Open a case with AWS Support, weeks ahead.';
    case 'size':
      return `Raise \`${raise.name}\` in \`capacity/sizes.ts\`, and deploy.`;
    case 'provisioned':
    case 'warm-throughput':
      return 'Run `warm`.';
    case 'nobody':
      return 'Admit fewer a second.';
  }
}

const atLeast = (need: number, unit: string): string => `${figure(Math.ceil(need))} ${unit}`;

/** The throttle of API Gateway: of the account, of plans, of a method. */
export function apiLines(facts: ApiFacts, needs: Needs): readonly Line[] {
  const { apiRate, apiBurst, buyRate, buyBurst, browseRate } = needs;
  const plan = (id: LineId, method: string, rate: number, burst: number, limit: LimitName) =>
    line(id, ratesText(rate, burst), facts.plans, (plans) =>
      planJudged(plans, method, { rate, burst }, limit),
    );
  return [
    line('api-rate', atLeast(apiRate, 'requests/s'), facts.account, ({ rate }) =>
      compared('apiRate', rate, apiRate),
    ),
    line('api-burst', atLeast(apiBurst, 'requests at once'), facts.account, ({ burst }) =>
      compared('apiBurst', burst, apiBurst, '; AWS sets it with the rate'),
    ),
    plan('buy-plan', BUY_METHOD, buyRate, buyBurst, 'buyRate'),
    plan('browse-plan', SESSION_METHOD, browseRate, 0, 'browseRate'),
    line('method-throttle', ratesText(buyRate, buyBurst), facts.method, (found) =>
      rateJudged(found, { rate: buyRate, burst: buyBurst }, 'buyRate'),
    ),
  ];
}

/** Methods with throttles of their own in a plan: by them plans are known, for their names are CloudFormation's. */
const BUY_METHOD = '/api/sales/{sale}/{doorKey}/orders/POST';
const SESSION_METHOD = '/api/session/POST';

const ratesText = (rate: number, burst: number): string =>
  burst === 0
    ? atLeast(rate, 'requests/s')
    : `${atLeast(rate, 'requests/s')}, ${atLeast(burst, 'at once')}`;

function planJudged(
  plans: readonly PlanFacts[],
  method: string,
  needed: Rate,
  limit: LimitName,
): Judged {
  const plan = plans.find(({ methods }) => Object.hasOwn(methods, method));
  if (plan !== undefined)
    return rateJudged(tighter(plan, plan.methods[method], limit), needed, limit);
  return { verdict: 'fail', found: `no plan knows ${method}`, advice: 'Deploy the service stack.' };
}

/** A plan's throttle of the buy method holds for all of the plan's crowd; that of sessions for sessions alone. */
function tighter(plan: Rate, method: Rate | undefined, limit: LimitName): Rate {
  if (limit !== 'buyRate' || method === undefined) return plan;
  return { rate: Math.min(plan.rate, method.rate), burst: Math.min(plan.burst, method.burst) };
}

function rateJudged(found: Rate, needed: Rate, limit: LimitName): Judged {
  const text = `${figure(found.rate)} requests/s, ${figure(found.burst)} at once`;
  const isEnough = found.rate >= needed.rate && found.burst >= needed.burst;
  return passIf(isEnough, text, adviceFor(limit));
}

/** The rate of the usage plan of buys, for whoever adds up what sales admit. */
export const buyPlanRate = ({ plans }: ApiFacts): Learnt<number> =>
  plans.kind === 'unknown'
    ? plans
    : learnt(plans.value.find(({ methods }) => Object.hasOwn(methods, BUY_METHOD))?.rate ?? 0);

/** Environments: of the account, kept for functions. */
export function lambdaLines({ account, buy, record }: LambdaFacts, needs: Needs): readonly Line[] {
  const { concurrency, buyEnvironments, recordBatches } = needs;
  const kept = (id: LineId, fact: Learnt<number | 'unreserved'>, need: number, limit: LimitName) =>
    line(id, atLeast(need, 'at once'), both(fact, account), ([reserved, { unreserved }]) =>
      reserved === 'unreserved'
        ? compared(limit, unreserved, need, ', which it shares with every function of the account')
        : compared(limit, reserved, need, ' reserved'),
    );
  return [
    line('lambda-concurrency', atLeast(concurrency, 'at once'), account, ({ total, unreserved }) =>
      compared('concurrency', total, concurrency, `, ${figure(unreserved)} of them unreserved`),
    ),
    kept('buy-environments', buy.reserved, buyEnvironments, 'buyEnvironments'),
    asWarning(kept('record-environments', record.reserved, recordBatches, 'recordBatches')),
  ];
}

/** Order records that come later than orders wait in their queue: the sale goes on, and somebody should know. */
const asWarning = (given: Line): Line =>
  given.verdict === 'fail' ? { ...given, verdict: 'warn' } : given;

/** Environments that should stand ready: so many, but no more than the stage keeps, from an instant on. */
export type Readiness = { readonly wanted: number; readonly most: number; readonly due: EpochMs };

/** Environments that stand ready, once it is time for them. */
export function provisionedLine(
  fact: Learnt<Provisioned | 'none'>,
  { wanted, most, due }: Readiness,
  now: EpochMs,
): Line {
  const id = 'provisioned';
  const needed = atLeast(wanted, 'READY');
  if (most < wanted) {
    const found = `the stage keeps ${figure(most)} at most: first requests take ten times as long`;
    return { id, needed, verdict: 'warn', found, advice: 'Deploy with a larger `MostWarm`.' };
  }
  if (now < due) {
    const found = `not yet: warming up begins at ${new Date(due).toISOString()}`;
    return { id, needed, verdict: 'not-judged', found };
  }
  return line(id, needed, fact, (found) => readyJudged(found, wanted));
}

function readyJudged(found: Provisioned | 'none', wanted: number): Judged {
  const advice = adviceFor('readyEnvironments');
  if (found === 'none') return { verdict: 'fail', found: 'none', advice };
  const { requested, available, status, reason } = found;
  const state = `${available} of ${requested} ${status}${reason ? `: ${reason}` : ''}`;
  if (status === 'IN_PROGRESS' && requested >= wanted) {
    return { verdict: 'warn', found: state, advice: 'Ask again in some minutes.' };
  }
  return passIf(status === 'READY' && available >= wanted, state, advice);
}

/** What the stock table takes: at most, and at once. */
export function tableRateLines(
  quota: Learnt<QuotaValue>,
  stock: TableFacts,
  { tableWrites, warmWrites }: Needs,
): readonly Line[] {
  return [
    line(
      'table-writes',
      atLeast(tableWrites, 'write units/s'),
      both(quota, stock.description),
      ([{ value, is }, { maxWrites = value }]) => {
        if (maxWrites >= value) return compared('tableWrites', value, tableWrites, noteOf(is));
        const advice = 'Take the ceiling of the stock table away: its own MaxWriteRequestUnits.';
        return passIf(maxWrites >= tableWrites, `${figure(maxWrites)}, the table's own`, advice);
      },
    ),
    line('warm-throughput', atLeast(warmWrites, 'write units/s'), stock.description, (found) =>
      found.warmWrites === undefined
        ? { verdict: 'not-judged', found: 'this place has no warm throughput' }
        : compared('warmWrites', found.warmWrites, warmWrites),
    ),
  ];
}

const noteOf = (is: QuotaValue['is']): string => (is === 'default' ? ' (the default)' : '');

/** How many schedules a second Scheduler calls. */
export const schedulerLine = (quota: Learnt<QuotaValue>, { schedulesRun }: Needs): Line =>
  line('scheduler-rate', atLeast(schedulesRun, 'a second'), quota, ({ value, is }) =>
    compared('schedulesRun', value, schedulesRun, noteOf(is)),
  );

/** Requests of the crowd at the edges. Where Service Quotas does not list it, the default that AWS documents counts. */
export function edgeLine(
  quota: Learnt<(QuotaValue & { readonly code: string }) | 'not-listed'>,
  { edgeRequests }: Needs,
): Line {
  return line('edge-rate', atLeast(edgeRequests, 'requests/s'), quota, (found): Judged => {
    if (found !== 'not-listed') {
      const judged = compared('edgeRequests', found.value, edgeRequests);
      const about = { service: 'cloudfront', code: found.code };
      if (judged.verdict === 'pass') return { ...judged, quota: about };
      const ask = { ...about, value: roundUp(edgeRequests), region: 'us-east-1' };
      return { ...judged, quota: about, ask };
    }
    const { value } = LIMITS.edgeRequests;
    const text = `${figure(value)} as AWS documents it; Service Quotas does not list it`;
    if (value >= edgeRequests) return { verdict: 'pass', found: text };
    return { verdict: 'not-judged', found: text, advice: adviceFor('edgeRequests') };
  });
}
