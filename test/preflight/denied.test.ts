/** What is denied, throttled or not there leaves all the rest as it is. */

import { describe, expect, test } from '@jest/globals';
import { accountFacts } from '../../adapters/account.ts';
import { ask } from '../../adapters/account-ask.ts';
import { QUOTAS } from '../../capacity/preflight-quotas.ts';
import { ACCOUNT } from './good-account.ts';
import { replay } from './replay.ts';

const learnt = (value: unknown) => ({ kind: 'learnt', value });
const unknown = (why: string) => ({ kind: 'unknown', why: expect.stringContaining(why) });

describe('accountFacts()', () => {
  const OPERATIONS = [
    'GetAccount',
    'GetUsagePlans',
    'GetStage',
    'GetAccountSettings',
    'GetFunctionConcurrency',
    'GetAlias',
    'GetFunctionConfiguration',
    'GetProvisionedConcurrencyConfig',
    'DescribeTable',
    'DescribeContinuousBackups',
    'ListServiceQuotas',
    'GetDistribution',
    'DescribeAlarms',
    'GetQueueAttributes',
  ];

  test('learns everything of an account that says everything', async () => {
    const facts = await accountFacts(ACCOUNT(replay().settings), QUOTAS);
    expect(JSON.stringify(facts)).not.toContain('"unknown"');
  });

  test.each(OPERATIONS)('is denied %s, and learns all the rest', async (operation) => {
    const facts = await accountFacts(ACCOUNT(replay({ [operation]: 'denied' }).settings), QUOTAS);
    const text = JSON.stringify(facts);
    expect(text).toMatch(/these credentials may not|AccessDenied/);
    expect(text.match(/"kind":"learnt"/g)?.length).toBeGreaterThan(10);
  });

  test('asks DynamoDB for its limit where Service Quotas is denied', async () => {
    const { settings } = replay({ GetServiceQuota: 'denied' });
    const { quotas } = await accountFacts(ACCOUNT(settings), QUOTAS);
    expect(quotas.tableWrites).toEqual(learnt({ value: 40_000, is: 'applied' }));
    expect(quotas.schedules).toEqual(
      unknown('these credentials may not servicequotas:GetServiceQuota'),
    );
  });

  test('says that it is throttled, and that nobody answers', async () => {
    const { settings } = replay({ GetAccount: 'throttled', GetAccountSettings: 'cut-off' });
    const { api, lambda } = await accountFacts(ACCOUNT(settings), QUOTAS);
    expect(api.account).toEqual(unknown('AWS throttles apigateway:GET /account'));
    expect(lambda.account).toEqual(unknown('nobody answers lambda:GetAccountSettings'));
  }, 20_000);
});

test('ask() lets a bug of ours through, rather than call it not judged', async () => {
  const bug = () => Promise.reject(new TypeError('x is not a function'));
  await expect(ask('sts:GetCallerIdentity', bug)).rejects.toThrow('x is not a function');
});
