/** @module The test site behind a web ACL, and a way to ask it from many addresses. */

import type { LocalStack } from '../../../local/stack.ts';
import type { Resources } from './assembly.ts';
import { startSiteStack } from './site-stack.ts';

export type AclRule = {
  readonly Name: string;
  readonly Statement: object;
  readonly Action?: object;
  readonly OverrideAction?: object;
};

const SEEN = { CloudWatchMetricsEnabled: false, MetricName: 'm', SampledRequestsEnabled: false };

export const NO_CHANGE = [{ Priority: 0, Type: 'NONE' }];

export const pathIs = (SearchString: string) => ({
  ByteMatchStatement: {
    FieldToMatch: { UriPath: {} },
    PositionalConstraint: 'EXACTLY',
    SearchString,
    TextTransformations: NO_CHANGE,
  },
});

/** A web ACL in CloudFormation's words, with its rules in the order given. */
export const aclOf = (rules: readonly AclRule[], changes: object = {}) => ({
  Type: 'AWS::WAFv2::WebACL',
  Properties: {
    Scope: 'CLOUDFRONT',
    DefaultAction: { Allow: {} },
    VisibilityConfig: SEEN,
    CustomResponseBodies: {
      limited: { Content: '{"code":"too-many"}', ContentType: 'APPLICATION_JSON' },
    },
    // Backwards, for the order is that of the priorities.
    Rules: rules.map((rule, Priority) => ({ ...rule, Priority, VisibilityConfig: SEEN })).reverse(),
    ...changes,
  },
});

export const addressSet = (IPAddressVersion: 'IPV4' | 'IPV6', Addresses: readonly string[]) => ({
  Type: 'AWS::WAFv2::IPSet',
  Properties: { Scope: 'CLOUDFRONT', IPAddressVersion, Addresses },
});

/** Where the viewer's address is told. */
export const ADDRESS = 'X-Test-Address';

type WafChanges = {
  /** Properties of the web ACL. */
  readonly acl?: object;
  readonly sets?: Resources;
  readonly log?: (line: string) => void;
};

export function startWafStack(
  rules: readonly AclRule[],
  { acl = {}, sets = {}, log = () => {} }: WafChanges = {},
): Promise<LocalStack> {
  const options = { viewerAddressHeader: ADDRESS, log };
  return startSiteStack(options, {
    resources: { ...sets, Acl: aclOf(rules, acl) },
    config: { WebACLId: { 'Fn::GetAtt': ['Acl', 'Arn'] } },
  });
}
