/** @module Rules of a web ACL for tests. */

import { addressSet, NO_CHANGE, pathIs } from './waf-stack.ts';

/** Of all rate rules, whose limit is 10. */
export const WINDOW_SECONDS = 60;

const set = (id: string) => ({ IPSetReferenceStatement: { Arn: { 'Fn::GetAtt': [id, 'Arn'] } } });
const either = (...Statements: object[]) => ({ OrStatement: { Statements } });
const both = (...Statements: object[]) => ({ AndStatement: { Statements } });
const insert = (Name: string) => ({
  CustomRequestHandling: { InsertHeaders: [{ Name, Value: 'yes' }] },
});
const tooMany = {
  Block: {
    CustomResponse: {
      ResponseCode: 429,
      CustomResponseBodyKey: 'limited',
      ResponseHeaders: [{ Name: 'Retry-After', Value: '10' }],
    },
  },
};
const rate = (
  Limit: number,
  ScopeDownStatement: object,
  keys: object = { AggregateKeyType: 'IP' },
) => ({
  RateBasedStatement: { Limit, EvaluationWindowSec: WINDOW_SECONDS, ScopeDownStatement, ...keys },
});
const byKeys = (...CustomKeys: object[]) => ({ AggregateKeyType: 'CUSTOM_KEYS', CustomKeys });

/** One rule of each kind, named after what it does. */
export const RULES = [
  {
    Name: 'Blocked',
    Statement: either(set('Bad4'), set('Bad6')),
    Action: { Block: {} },
  },
  {
    Name: 'Forged',
    Statement: {
      SizeConstraintStatement: {
        FieldToMatch: { SingleHeader: { Name: 'X-Amzn-Waf-Counted' } },
        ComparisonOperator: 'GT',
        Size: 0,
        TextTransformations: NO_CHANGE,
      },
    },
    Action: { Block: {} },
  },
  { Name: 'Counted', Statement: pathIs('/api/counted'), Action: { Count: insert('Counted') } },
  { Name: 'Puzzle', Statement: pathIs('/api/captcha'), Action: { Captcha: insert('Captcha') } },
  { Name: 'Silent', Statement: pathIs('/api/challenge'), Action: { Challenge: {} } },
  { Name: 'Allowed', Statement: set('Good4'), Action: { Allow: insert('Allowed') } },
  {
    Name: 'Managed',
    Statement: { ManagedRuleGroupStatement: { VendorName: 'AWS', Name: 'AWSManagedRulesOdd' } },
    OverrideAction: { None: {} },
  },
  { Name: 'ByAddress', Statement: rate(10, pathIs('/api/address')), Action: tooMany },
  {
    Name: 'ByCookie',
    Statement: rate(
      10,
      pathIs('/api/cookie'),
      byKeys({ Cookie: { Name: 'who', TextTransformations: NO_CHANGE } }),
    ),
    Action: tooMany,
  },
  {
    Name: 'ByHeader',
    Statement: rate(
      10,
      {
        RegexMatchStatement: {
          FieldToMatch: { UriPath: {} },
          RegexString: '^/api/header[0-9]$',
          TextTransformations: NO_CHANGE,
        },
      },
      byKeys({
        Header: { Name: 'X-Who', TextTransformations: [{ Priority: 0, Type: 'LOWERCASE' }] },
      }),
    ),
    Action: tooMany,
  },
  {
    Name: 'Argument',
    Statement: both(
      {
        ByteMatchStatement: {
          FieldToMatch: { SingleQueryArgument: { Name: 'Stop' } },
          PositionalConstraint: 'EXACTLY',
          SearchString: '1',
          TextTransformations: NO_CHANGE,
        },
      },
      { NotStatement: { Statement: pathIs('/api/anyway') } },
    ),
    Action: { Block: {} },
  },
];

/** The sets of addresses that {@link RULES} look up. */
export const SETS = {
  Bad4: addressSet('IPV4', ['203.0.113.0/24']),
  Bad6: addressSet('IPV6', ['2001:db8::/32']),
  Good4: addressSet('IPV4', ['198.51.100.7/32']),
};
