/** What is asked of an account, through the SDK's own clients, against answers of AWS: see `recorded/README.md`. */

import { describe, expect, test } from '@jest/globals';
import { alarmFacts } from '../../adapters/account-alarms.ts';
import { apiFacts } from '../../adapters/account-api-gateway.ts';
import { distributionFacts } from '../../adapters/account-cloudfront.ts';
import { tableFacts } from '../../adapters/account-dynamodb.ts';
import { lambdaFacts } from '../../adapters/account-lambda.ts';
import { globalQuotaByName, quotaByCode } from '../../adapters/account-quotas.ts';
import { scheduleFacts } from '../../adapters/account-scheduler.ts';
import { OUTPUTS } from './good-account.ts';
import { replay } from './replay.ts';

const learnt = (value: unknown) => ({ kind: 'learnt', value });
const unknown = (why: string) => ({ kind: 'unknown', why: expect.stringContaining(why) });

describe('apiFacts()', () => {
  test('reads every page of usage plans, and keeps those of the API', async () => {
    const { settings, seen } = replay();
    const { account, plans, method } = await apiFacts(settings, OUTPUTS);
    expect(account).toEqual(learnt({ rate: 10_000, burst: 5000 }));
    expect(method).toEqual(learnt({ rate: 5000, burst: 2500 }));
    const names = plans.kind === 'learnt' ? plans.value.map(({ name }) => name) : plans.why;
    expect(names).toEqual(['Sale-Buy', 'Sale-Browse']);
    expect(seen.filter(({ operation }) => operation === 'GetUsagePlans')).toHaveLength(2);
  });

  test('calls what has no throttle endless', async () => {
    const { settings } = replay({ GetStage: { status: 200, body: { stageName: 'live' } } });
    const { method } = await apiFacts(settings, OUTPUTS);
    expect(method).toEqual(learnt({ rate: Infinity, burst: Infinity }));
  });

  test('says what a deployment lacks that is older than its outputs', async () => {
    const { plans, method, account } = await apiFacts(replay().settings, {});
    expect([plans, method]).toEqual([unknown('lack ApiId'), unknown('lack ApiId')]);
    expect(account.kind).toBe('learnt');
  });
});

describe('lambdaFacts()', () => {
  test('reads concurrency, alias, version and what is provisioned', async () => {
    const { account, buy, record } = await lambdaFacts(replay().settings, OUTPUTS);
    expect(account).toEqual(learnt({ total: 1000, unreserved: 680 }));
    expect(buy).toEqual({
      reserved: learnt(300),
      version: learnt({ number: '7', state: 'Active' }),
      provisioned: learnt({ requested: 150, available: 150, status: 'READY' }),
    });
    expect([record.reserved, record.provisioned]).toEqual([learnt(20), learnt('none')]);
  });

  test('tells a second version that a deployment gives a share, and what has reserved nothing', async () => {
    const routed = { RoutingConfig: { AdditionalVersionWeights: { 8: 0.1 } } };
    const { settings } = replay({
      GetAlias: { status: 200, body: { FunctionVersion: '7', Name: 'live', ...routed } },
      GetFunctionConcurrency: { status: 200, body: {} },
    });
    const { buy } = await lambdaFacts(settings, OUTPUTS);
    expect(buy.version).toEqual(learnt({ number: '7', state: 'Active', other: '8' }));
    expect(buy.reserved).toEqual(learnt('unreserved'));
  });

  test('tells why provisioned concurrency could not be had', async () => {
    const StatusReason = 'FUNCTION_ERROR_INIT_FAILURE';
    const body = { RequestedProvisionedConcurrentExecutions: 60, Status: 'FAILED', StatusReason };
    const { settings } = replay({ GetProvisionedConcurrencyConfig: { status: 200, body } });
    const { buy } = await lambdaFacts(settings, OUTPUTS);
    expect(buy.provisioned).toEqual(
      learnt({ requested: 60, available: 0, status: 'FAILED', reason: StatusReason }),
    );
  });
});

describe('tableFacts()', () => {
  test('reads warm throughput, protection and recovery', async () => {
    expect(await tableFacts(replay().settings, 'Stock')).toEqual({
      name: 'Stock',
      description: learnt({ status: 'ACTIVE', isProtected: true, warmWrites: 20_000 }),
      recovery: learnt(true),
    });
  });

  test('reads a ceiling of the table, and what an engine without warm throughput says', async () => {
    const Table = { TableStatus: 'ACTIVE', OnDemandThroughput: { MaxWriteRequestUnits: 100 } };
    const { settings } = replay({ DescribeTable: { status: 200, body: { Table } } });
    const { description } = await tableFacts(settings, 'Stock');
    expect(description).toEqual(learnt({ status: 'ACTIVE', isProtected: false, maxWrites: 100 }));
  });
});

describe('quotaByCode()', () => {
  test('reads the value that is applied', async () => {
    const { settings, seen } = replay();
    const found = await quotaByCode(settings, 'dynamodb', 'L-AB614373');
    expect(found).toEqual(learnt({ value: 40_000, is: 'applied' }));
    expect(seen).toHaveLength(1);
  });

  test('takes the default where nothing else is to be had', async () => {
    const found = await quotaByCode(replay().settings, 'scheduler', 'L-F6D2596E');
    expect(found).toEqual(learnt({ value: 1000, is: 'default' }));
  });
});

describe('globalQuotaByName()', () => {
  const NAME = 'Requests per second per distribution';

  test('looks through every page in us-east-1, wherever the deployment is', async () => {
    const { settings, seen } = replay();
    const found = await globalQuotaByName(settings, 'cloudfront', NAME);
    expect(found).toEqual(learnt({ value: 250_000, is: 'applied', code: 'L-00000001' }));
    expect(seen.map(({ host }) => host)).toEqual([
      'servicequotas.us-east-1.amazonaws.com',
      'servicequotas.us-east-1.amazonaws.com',
    ]);
  });

  test('says so where it is on no page', async () => {
    const found = await globalQuotaByName(replay().settings, 'cloudfront', 'Of another name');
    expect(found).toEqual(learnt('not-listed'));
  });
});

test('distributionFacts() reads the XML of CloudFront', async () => {
  const found = await distributionFacts(replay().settings, 'E1ABCDEF');
  expect(found).toEqual(learnt({ status: 'Deployed', isEnabled: true }));
});

test('alarmFacts() reads every page, and alarms that are made of others', async () => {
  const found = await alarmFacts(replay().settings, 'Sale-');
  expect(found).toEqual(
    learnt([
      { name: 'Sale-ShardDrift', state: 'OK', acts: true },
      { name: 'Sale-BuyErrors', state: 'OK', acts: true },
      { name: 'Sale-RecordAge', state: 'INSUFFICIENT_DATA', acts: true },
      { name: 'Sale-Deployment', state: 'OK', acts: true },
    ]),
  );
});

test('alarmFacts() tells those that nobody hears of', async () => {
  const alarm = (AlarmName: string, changes: object) => ({
    ...{ AlarmName, StateValue: 'OK', ActionsEnabled: true, AlarmActions: ['arn:aws:sns:a'] },
    ...changes,
  });
  const MetricAlarms = [
    alarm('a', {}),
    alarm('b', { ActionsEnabled: false }),
    alarm('c', { AlarmActions: [] }),
  ];
  const found = await alarmFacts(
    replay({ DescribeAlarms: { status: 200, body: { MetricAlarms } } }).settings,
    'Sale-',
  );
  expect(found.kind === 'learnt' && found.value.map(({ acts }) => acts)).toEqual([
    true,
    false,
    false,
  ]);
});

test('scheduleFacts() reads when a schedule fires, and that one is missing', async () => {
  const { settings } = replay();
  const of = (name: string) => scheduleFacts(settings, 'sales', name);
  const target = (name: string) => `arn:aws:lambda:eu-central-1:111122223333:function:${name}:live`;
  expect(await of('night-open')).toEqual(
    learnt({ state: 'DISABLED', at: Date.UTC(2026, 10, 21, 19, 58), target: target('Open') }),
  );
  expect(await of('night-sweep')).toEqual(
    learnt({ state: 'ENABLED', at: 1_763_787_600_000, target: target('Sweep') }),
  );
  expect(await of('night-missing')).toEqual(learnt('missing'));
});
