/** @module The rules of the web ACL, in their order. `docs/waf.md` explains each, with its price. */

import type { CfnWebACL } from 'aws-cdk-lib/aws-wafv2';
import type { ManagedRules, RateLimit, Waf } from '../config.ts';
import { documentOf, type Problem } from './problem-document.ts';
import {
  BUY,
  CAPTCHA,
  ENTRY,
  FORGED,
  SESSION,
  type Statement,
  TICKET,
  within,
} from './web-acl-statements.ts';

/** What the rules look up: sets of addresses, one for each version of IP. */
export type AddressSets = Readonly<
  Record<'allow' | 'block', readonly CfnWebACL.IPSetReferenceStatementProperty[]>
>;

type Rule = Omit<CfnWebACL.RuleProperty, 'priority' | 'visibilityConfig'>;

const BLOCKED: Problem = {
  code: 'blocked',
  status: 403,
  title: 'Blocked',
  detail: 'This address or client is blocked.',
};

const LIMITED: Problem = {
  code: 'too-many-requests',
  status: 429,
  title: 'Too many requests',
  detail: 'More requests arrive than are admitted.',
  // AWS WAF looks every 10 s or so; sooner than that nothing changes, and a shopper's minute is long enough.
  retryAfterSeconds: 10,
};

/** The answers of {@link rulesOf}, by the keys that they use. */
export const ANSWERS = {
  blocked: { content: documentOf(BLOCKED), contentType: 'APPLICATION_JSON' },
  limited: { content: documentOf(LIMITED), contentType: 'APPLICATION_JSON' },
} as const;

const NO_STORE = { name: 'cache-control', value: 'no-store' };

const REFUSE: CfnWebACL.RuleActionProperty = {
  block: {
    customResponse: {
      responseCode: BLOCKED.status,
      customResponseBodyKey: 'blocked',
      responseHeaders: [NO_STORE],
    },
  },
};

const LIMIT: CfnWebACL.RuleActionProperty = {
  block: {
    customResponse: {
      responseCode: LIMITED.status,
      customResponseBodyKey: 'limited',
      responseHeaders: [NO_STORE, { name: 'retry-after', value: `${LIMITED.retryAfterSeconds}` }],
    },
  },
};

/** AWS WAF writes `x-amzn-waf-` before the name, and the request passes on to the next rule. */
const TELL: CfnWebACL.RuleActionProperty = {
  captcha: {
    customRequestHandling: { insertHeaders: [{ name: 'captcha', value: 'solved' }] },
  },
};

/** The fewest requests that a rate rule can limit. */
const LOWEST_LIMIT = 10;

/**
 * The rules of a web ACL; their order is their priority.
 *
 * @throws {RangeError} naming a limit that AWS WAF does not take
 */
export function rulesOf(waf: Exclude<Waf, 'off'>, sets: AddressSets): CfnWebACL.RuleProperty[] {
  const { managedRules, rates, prove } = waf;
  const rules: Rule[] = [
    // Before the allow list: nobody forges what the gate believes, and nobody is let off a CAPTCHA.
    { name: 'ForgedHeader', statement: FORGED, action: REFUSE },
    { name: 'BlockList', statement: within(sets.block), action: REFUSE },
    { name: 'Captcha', statement: CAPTCHA, action: TELL },
    { name: 'AllowList', statement: within(sets.allow), action: { allow: {} } },
    ...managedRules.map(managed),
    ...limits('Session', SESSION, rates.session),
    ...limits('Ticket', TICKET, rates.ticket),
    ...limits('Buy', BUY, rates.buy),
    // Last, because each answer of it is charged: who is over a limit gets none.
    ...(prove === 'none' ? [] : [{ name: 'Prove', statement: ENTRY, action: { [prove]: {} } }]),
  ];
  return rules.map((rule, priority) => ({
    ...rule,
    priority,
    visibilityConfig: seenAs(rule.name),
  }));
}

/** A metric of that name. No samples: they hold cookies, whatever a log leaves out. */
export const seenAs = (metricName: string): CfnWebACL.VisibilityConfigProperty => ({
  cloudWatchMetricsEnabled: true,
  metricName,
  sampledRequestsEnabled: false,
});

const managed = (name: ManagedRules): Rule => ({
  name,
  statement: { managedRuleGroupStatement: { vendorName: 'AWS', name: `AWSManagedRules${name}` } },
  overrideAction: { none: {} },
});

function limits(
  name: string,
  scope: Statement,
  { perAddress, perShopper, windowSeconds }: RateLimit,
): Rule[] {
  const rule = (by: string, limit: number, keys: object): Rule => {
    if (limit < LOWEST_LIMIT) {
      throw new RangeError(
        `Cannot limit "${name}${by}" to ${limit} requests: AWS WAF takes ${LOWEST_LIMIT} or more`,
      );
    }
    return {
      name: `${name}${by}`,
      action: LIMIT,
      statement: {
        rateBasedStatement: {
          limit,
          evaluationWindowSec: windowSeconds,
          scopeDownStatement: scope,
          aggregateKeyType: 'IP',
          ...keys,
        },
      },
    };
  };
  return [
    rule('PerAddress', perAddress, {}),
    rule('PerShopper', perShopper, {
      aggregateKeyType: 'CUSTOM_KEYS',
      customKeys: [
        { cookie: { name: 'fs_session', textTransformations: [{ priority: 0, type: 'NONE' }] } },
      ],
    }),
  ];
}
