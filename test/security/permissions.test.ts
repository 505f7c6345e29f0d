/** Least privilege: what the roles allow, and what the functions were seen to do. */

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { reachEveryCall } from './every-call.ts';
import { type Grant, grantsIn, keyOf, templatesIn, usedByAws } from './grants.ts';
import { permissionsDocument } from './permissions-table.ts';

const at = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url));

const { Service, ...others } = templatesIn(at('cdk.out'));
const grants = grantsIn(Service!);

describe('the roles', () => {
  test('are as docs/permissions.md says: made by node test/security/permissions.ts', () => {
    expect(readFileSync(at('docs/permissions.md'), 'utf8')).toBe(permissionsDocument(grants));
  });

  test('allow no action by a wildcard, and resources below a few of our own alone', () => {
    expect(grants.filter(({ action }) => action.includes('*'))).toEqual([]);
    const wild = new Set(grants.map(({ resource }) => resource).filter((one) => one.includes('*')));
    expect([...wild].sort()).toEqual([
      'imports/incoming/*',
      'imports/reports/*',
      'reports/reconciliation/*',
      'site/sales/*',
    ]);
    const policies = Object.values(Service!.Resources).filter(({ Type }) =>
      /IAM::Policy/.test(Type),
    );
    const written = JSON.stringify(policies).match(/"[^"]*\*[^"]*"/g) ?? [];
    expect([...new Set(written)].map((one) => one.replace(/[0-9A-F]{8}/, 'X')).sort()).toEqual([
      ...['"/incoming/*"', '"/reconciliation/*"', '"/reports/*"', '"/sales/*"'],
      '":schedule/FlashSaledevService-Schedules-Group-X/*"',
    ]);
  });

  test('are one for each function, assumed by the service that needs it, without further policies', () => {
    const roles = Object.values(Service!.Resources).filter(({ Type }) => Type === 'AWS::IAM::Role');
    for (const { Properties } of roles) {
      const text = JSON.stringify(Properties['AssumeRolePolicyDocument']);
      expect(text).toMatch(/"Service":"(lambda|scheduler|apigateway|codedeploy)\.amazonaws\.com"/);
      expect(Properties['Policies']).toBeUndefined();
      const managed = JSON.stringify(Properties['ManagedPolicyArns'] ?? []);
      // By which API Gateway logs, which belongs to the account; and by which CodeDeploy moves aliases.
      const ofAws = /AmazonAPIGatewayPushToCloudWatchLogs|AWSCodeDeployRoleForLambdaLimited/;
      expect(managed === '[]' || ofAws.test(managed)).toBe(true);
    }
  });

  test('of other stacks are none of ours', () => {
    const policies = Object.entries(others).flatMap(([stack, { Resources }]) =>
      Object.entries(Resources)
        .filter(([, { Type }]) => Type === 'AWS::IAM::Policy' || Type === 'AWS::IAM::ManagedPolicy')
        .map(([id]) => `${stack} ${id.replace(/[0-9A-F]{8,}.*/, '')}`),
    );
    expect(policies).toEqual(['Edge CustomCDKBucketDeployment']);
  });
});

describe('what functions were seen to do', () => {
  let seen: ReadonlyMap<string, Grant>;
  let stop: () => Promise<void>;

  beforeAll(async () => {
    ({ seen, stop } = await reachEveryCall());
  }, 180_000);

  afterAll(() => stop?.());

  test('is granted, each of it', () => {
    const allowed = new Set(grants.map(keyOf));
    expect([...seen.keys()].filter((key) => !allowed.has(key))).toEqual([]);
  });

  test('is all that is granted, but for what AWS does with the roles', () => {
    const unused = grants.filter((grant) => !usedByAws(grant) && !seen.has(keyOf(grant)));
    expect(unused.map(keyOf)).toEqual([]);
  });
});
