/** @module AWS WAF: the web ACL of a distribution, and the sets of addresses that it looks up. */

import { BlockList } from 'node:net';
import type { Resource } from '../cloudformation/resource.ts';
import { type Action, type ActionContext, actionOf } from '../waf/action.ts';
import { allow, type Fail, type Fields, fields, listOf } from '../waf/json.ts';
import { type StatementContext, testOf } from '../waf/statement.ts';
import type { Maker, Makers } from './maker.ts';

/** What AWS WAF takes where nothing is said. */
const IMMUNITY_SECONDS = 300;

const RULE_MEMBERS = [
  'Action',
  'Name',
  'OverrideAction',
  'Priority',
  'Statement',
  'VisibilityConfig',
];

const arnOf = (resource: Resource, kind: string): string =>
  `arn:aws:wafv2:${resource.arnPrefix}:global/${kind}/${resource.logicalId}`;

function onlyForCloudFront(resource: Resource) {
  const { Scope } = resource.properties;
  if (Scope !== 'CLOUDFRONT')
    throw resource.error(`scope "${Scope}" is unknown to the local stack`);
}

const ipSet: Maker = (resource, inventory) => {
  resource.allow('Addresses', 'Description', 'IPAddressVersion', 'Name', 'Scope', 'Tags');
  onlyForCloudFront(resource);
  const { Addresses, IPAddressVersion } = resource.properties;
  const set = new BlockList();
  for (const block of (Addresses ?? []) as string[]) {
    const [address = '', bits] = block.split('/');
    set.addSubnet(address, Number(bits), IPAddressVersion === 'IPV6' ? 'ipv6' : 'ipv4');
  }
  const arn = arnOf(resource, 'ipset');
  inventory.edge.addressSets.set(arn, set);
  return { ref: resource.logicalId, attributes: { Arn: arn, Id: resource.logicalId } };
};

const webAcl: Maker = (resource, inventory) => {
  resource.allow(
    'CaptchaConfig',
    'ChallengeConfig',
    'CustomResponseBodies',
    'DefaultAction',
    'Description',
    'Name',
    'Rules',
    'Scope',
    'Tags',
    'VisibilityConfig',
  );
  onlyForCloudFront(resource);
  const { properties } = resource;
  const fail: Fail = (reason) => resource.error(reason);
  const context = {
    fail,
    addressSets: inventory.edge.addressSets,
    bodies: fields(properties['CustomResponseBodies']),
    immunity: {
      captcha: immunityOf(properties['CaptchaConfig']),
      challenge: immunityOf(properties['ChallengeConfig']),
    },
  };
  const rules = [...listOf(properties['Rules'])].sort(
    (a, b) => Number(a['Priority']) - Number(b['Priority']),
  );
  const arn = arnOf(resource, 'webacl');
  inventory.edge.webAcls.set(arn, {
    name: resource.logicalId,
    rules: rules.map((rule) => ruleOf(rule, context)),
    otherwise: actionOf(properties['DefaultAction'], context),
    managed: rules.flatMap(({ Statement }) => managedIn(fields(Statement))),
  });
  return { ref: resource.logicalId, attributes: { Arn: arn, Id: resource.logicalId } };
};

function ruleOf(rule: Fields, context: StatementContext & ActionContext) {
  const name = String(rule['Name']);
  const fail: Fail = (reason) => context.fail(`rule "${name}": ${reason}`);
  allow(rule, RULE_MEMBERS, fail);
  const own = { ...context, fail };
  const test = testOf(rule['Statement'], own);
  // A group of managed rules has no action of its own, and matches nothing here.
  const none: Action = { kind: 'count', headers: [] };
  return {
    name,
    test,
    action: rule['Action'] === undefined ? none : actionOf(rule['Action'], own),
  };
}

const managedIn = ({ ManagedRuleGroupStatement }: Fields): string[] =>
  ManagedRuleGroupStatement === undefined
    ? []
    : [String(fields(ManagedRuleGroupStatement)['Name'])];

const immunityOf = (config: unknown): number =>
  Number(fields(fields(config)['ImmunityTimeProperty'])['ImmunityTime'] ?? IMMUNITY_SECONDS);

export const wafResources: Makers = {
  'AWS::WAFv2::IPSet': ipSet,
  'AWS::WAFv2::WebACL': webAcl,
};
