import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { App, Duration, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { WAF_ON } from '../../../lib/config.ts';
import { WebAcl, type WebAclProps } from '../../../lib/constructs/web-acl.ts';

type Rule = {
  readonly Name: string;
  readonly Priority: number;
  readonly Action?: Readonly<Record<string, object>>;
  readonly Statement: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
};

function templateOf(changes: Partial<WebAclProps['waf']> = {}, logs: WebAclProps['logs'] = 'off') {
  const stack = new Stack(new App(), 'Test');
  new WebAcl(stack, 'WebAcl', { waf: { ...WAF_ON, ...changes }, logs });
  return Template.fromStack(stack);
}

function aclOf(template: Template) {
  const [acl] = Object.values(template.findResources('AWS::WAFv2::WebACL'));
  if (acl === undefined) throw new Error('Cannot find the web ACL');
  return acl['Properties'] as {
    Rules: Rule[];
    CustomResponseBodies: Record<string, { Content: string }>;
  };
}

const rulesOf = (template: Template): readonly Rule[] => aclOf(template).Rules;

const ruleOf = (template: Template, name: string): Rule => {
  const found = rulesOf(template).find(({ Name }) => Name === name);
  if (found === undefined) throw new Error(`Cannot find rule "${name}"`);
  return found;
};

describe('WebAcl', () => {
  test('has its rules in the order of the documentation', () => {
    const rules = rulesOf(templateOf({ prove: 'challenge' }));
    expect(rules.map(({ Name }) => Name)).toEqual([
      'ForgedHeader',
      'BlockList',
      'Captcha',
      'AllowList',
      'AmazonIpReputationList',
      'KnownBadInputsRuleSet',
      'SessionPerAddress',
      'SessionPerShopper',
      'TicketPerAddress',
      'TicketPerShopper',
      'BuyPerAddress',
      'BuyPerShopper',
      'Prove',
    ]);
    expect(rules.map(({ Priority }) => Priority)).toEqual(rules.map((_, index) => index));
  });

  test('costs what the documentation says: $5, and $1 for each rule', () => {
    const rules = rulesOf(templateOf());
    const text = readFileSync(new URL('../../../docs/waf.md', import.meta.url), 'utf8');
    expect(text).toContain(`**$${5 + rules.length} a month**`);
    for (const { Name } of rules) expect(text).toContain(`| \`${Name}\` |`);
  });

  test('limits a shopper by the session cookie, and an address by itself', () => {
    const template = templateOf();
    expect(ruleOf(template, 'BuyPerShopper').Statement['RateBasedStatement']).toMatchObject({
      AggregateKeyType: 'CUSTOM_KEYS',
      CustomKeys: [{ Cookie: { Name: 'fs_session' } }],
      EvaluationWindowSec: WAF_ON.rates.buy.windowSeconds,
      Limit: WAF_ON.rates.buy.perShopper,
    });
    expect(ruleOf(template, 'BuyPerAddress').Statement['RateBasedStatement']).toMatchObject({
      AggregateKeyType: 'IP',
      Limit: WAF_ON.rates.buy.perAddress,
    });
  });

  test.each([9, 10])('takes limits from 10 on: %d', (perShopper) => {
    const ticket = { ...WAF_ON.rates.ticket, perShopper };
    const synth = () => templateOf({ rates: { ...WAF_ON.rates, ticket } });
    if (perShopper < 10) expect(synth).toThrow('Cannot limit "TicketPerShopper" to 9 requests');
    else expect(synth).not.toThrow();
  });

  test('sorts addresses by the version of IP', () => {
    const template = templateOf({ block: ['203.0.113.0/24', '2001:db8::/32'] });
    template.hasResourceProperties('AWS::WAFv2::IPSet', {
      Addresses: ['203.0.113.0/24'],
      IPAddressVersion: 'IPV4',
    });
    template.hasResourceProperties('AWS::WAFv2::IPSet', {
      Addresses: ['2001:db8::/32'],
      IPAddressVersion: 'IPV6',
    });
  });

  test.each([
    '203.0.113.7',
    '203.0.113.0/33',
    '203.0.113.0/0',
    '203.0.113/24',
    '2001:db8::/129',
    'example.com/24',
    '203.0.113.0/24/8',
  ])('refuses "%s" as a block of addresses', (block) => {
    expect(() => templateOf({ allow: [block] })).toThrow(`Cannot list "${block}"`);
  });

  test.each(['203.0.113.7/32', '203.0.113.0/1', '2001:db8::/128'])('takes "%s"', (block) => {
    expect(() => templateOf({ allow: [block] })).not.toThrow();
  });

  test('asks for the proof that the setting names, or for none', () => {
    const proof = (prove: 'challenge' | 'captcha') => ruleOf(templateOf({ prove }), 'Prove').Action;
    expect(proof('challenge')).toEqual({ Challenge: {} });
    expect(proof('captcha')).toEqual({ Captcha: {} });
    const names = rulesOf(templateOf({ prove: 'none' })).map(({ Name }) => Name);
    expect(names).not.toContain('Prove');
  });

  test('answers with the problem documents of the API', () => {
    const bodies = aclOf(templateOf()).CustomResponseBodies;
    const document = (key: string) => JSON.parse(bodies[key]?.Content ?? '');
    expect(document('blocked')).toMatchObject({ status: 403, code: 'blocked' });
    const limit = document('limited');
    expect(limit).toMatchObject({ status: 429, code: 'too-many-requests' });
    expect(ruleOf(templateOf(), 'TicketPerAddress').Action).toMatchObject({
      Block: {
        CustomResponse: {
          ResponseCode: 429,
          CustomResponseBodyKey: 'limited',
          ResponseHeaders: [
            { Name: 'cache-control', Value: 'no-store' },
            { Name: 'retry-after', Value: `${limit.retryAfterSeconds}` },
          ],
        },
      },
    });
  });

  test('logs what it refuses, without cookies, tokens and tickets, when logs are on', () => {
    const template = templateOf({}, Duration.days(30));
    template.hasResourceProperties('AWS::Logs::LogGroup', {
      LogGroupName: 'aws-waf-logs-Test',
      RetentionInDays: 30,
    });
    template.hasResourceProperties('AWS::WAFv2::LoggingConfiguration', {
      LoggingFilter: { DefaultBehavior: 'DROP' },
      RedactedFields: Match.arrayWith([
        { SingleHeader: { Name: 'cookie' } },
        { SingleHeader: { Name: 'authorization' } },
      ]),
    });
    templateOf().resourceCountIs('AWS::WAFv2::LoggingConfiguration', 0);
  });

  test('keeps no samples, which would hold cookies', () => {
    const text = JSON.stringify(templateOf().toJSON());
    expect(text).toContain('"SampledRequestsEnabled":false');
    expect(text).not.toContain('"SampledRequestsEnabled":true');
  });
});
