/** @module The table of `docs/architecture.md`, "Functions", held to the template: who may call what on what. */

import { describe, expect, test } from '@jest/globals';
import { nameOf } from '../security/grants.ts';
import { aStage, resourcesOf, templatesOf } from './synth.ts';

const { service } = templatesOf(aStage());

const LOGS = { 'log group': ['logs:CreateLogStream', 'logs:PutLogEvents'] };
const READ = 'dynamodb:BatchGetItem';
const PUT = 'dynamodb:PutItem';
const UPDATE = 'dynamodb:UpdateItem';
const SEND = ['sqs:SendMessage'];
const SECRET = ['secretsmanager:GetSecretValue'];
const WORK = ['sqs:DeleteMessage', 'sqs:GetQueueAttributes', 'sqs:ReceiveMessage'];
const PUBLISH = { 'site/sales/*': ['s3:PutObject'] };
/** Where Lambda puts an asynchronous invocation that failed three times, with the function's own role. */
const DEAD_LETTERS = { 'scheduler dlq': SEND };

const TABLE = {
  RequestsSession: { ...LOGS, 'signing keys': SECRET },
  RequestsStatus: { ...LOGS, catalogue: [READ], stock: [READ] },
  RequestsBuy: {
    ...LOGS,
    catalogue: [READ],
    stock: [READ, PUT, UPDATE],
    'orders queue': SEND,
    'signing keys': SECRET,
  },
  RequestsOrder: {
    ...LOGS,
    catalogue: [READ],
    stock: [READ, UPDATE],
    orders: [READ],
    'orders queue': SEND,
    'signing keys': SECRET,
    'payment keys': SECRET,
  },
  RequestsPayment: {
    ...LOGS,
    catalogue: [READ],
    stock: [READ, PUT, UPDATE],
    orders: [PUT, UPDATE],
    'orders queue': SEND,
    'payment keys': SECRET,
  },
  BackgroundRecord: {
    ...LOGS,
    stock: [READ],
    orders: [READ, PUT],
    bus: ['events:PutEvents'],
    'orders queue': WORK,
  },
  BackgroundOpen: { ...LOGS, ...DEAD_LETTERS, ...PUBLISH, catalogue: [READ], 'orders queue': SEND },
  BackgroundSweep: {
    ...LOGS,
    ...DEAD_LETTERS,
    catalogue: [READ],
    stock: [READ, PUT, UPDATE],
    orders: [READ, 'dynamodb:Query'],
    'orders queue': SEND,
    'sweeps queue': [...WORK, ...SEND],
    schedules: ['scheduler:DeleteSchedule'],
  },
  BackgroundClose: {
    ...LOGS,
    ...DEAD_LETTERS,
    ...PUBLISH,
    catalogue: [READ, UPDATE],
    stock: [UPDATE],
    'orders queue': SEND,
  },
  MoneyReconcile: {
    ...LOGS,
    ...DEAD_LETTERS,
    catalogue: [READ, 'dynamodb:Scan', UPDATE],
    stock: [READ, PUT, UPDATE],
    orders: [READ, 'dynamodb:Query', PUT, UPDATE],
    'orders queue': SEND,
    'payment keys': SECRET,
    bus: ['events:PutEvents'],
    'reports/reconciliation/*': ['s3:PutObject'],
  },
  ImportsImport: {
    ...LOGS,
    ...DEAD_LETTERS,
    catalogue: [READ, PUT, UPDATE],
    orders: [PUT],
    'imports/incoming/*': ['s3:GetObject'],
    'imports/reports/*': ['s3:PutObject'],
  },
  WarmingWarm: {
    ...LOGS,
    ...DEAD_LETTERS,
    catalogue: ['dynamodb:Scan'],
    'buy alias': ['Get', 'Put', 'Delete'].map((one) => `lambda:${one}ProvisionedConcurrencyConfig`),
  },
  OperatorsOperate: {
    ...LOGS,
    ...PUBLISH,
    catalogue: [READ, PUT, UPDATE, 'dynamodb:Scan'],
    stock: [READ, PUT, UPDATE, 'dynamodb:Scan'],
    orders: [READ, PUT, UPDATE, 'dynamodb:Query'],
    'orders queue': SEND,
    'signing keys': SECRET,
    'payment keys': SECRET,
    gate: ['DescribeKeyValueStore', 'UpdateKeys'].map((call) => `cloudfront-keyvaluestore:${call}`),
    'reports/reconciliation/*': ['s3:GetObject'],
    schedules: ['scheduler:CreateSchedule'],
    'scheduler role': ['iam:PassRole'],
  },
  OperatorsNote: { ...LOGS, ...DEAD_LETTERS, orders: [PUT] },
  Schedules: { alias: ['lambda:InvokeFunction'], 'scheduler dlq': SEND },
};

type Statement = { Action: string | string[]; Effect: string; Resource: unknown };

const many = <T>(value: T | T[]): T[] => (Array.isArray(value) ? value : [value]);

/** What each role may do: its name, then what it may call on what. */
function permissions(): Record<string, Record<string, string[]>> {
  const table: Record<string, Record<string, string[]>> = {};
  for (const [id, { Properties }] of Object.entries(resourcesOf(service, 'AWS::IAM::Policy'))) {
    const { Statement } = Properties['PolicyDocument'] as { Statement: Statement[] };
    const row: Record<string, Set<string>> = {};
    for (const { Action, Effect, Resource } of Statement) {
      expect(Effect).toBe('Allow');
      for (const target of many(Resource)) {
        const name = nameOf(target);
        row[name] = new Set([...(row[name] ?? []), ...many(Action)]);
      }
    }
    table[id.replace(/Role.*/, '')] = sorted(row);
  }
  return table;
}

const sorted = (row: Record<string, Iterable<string>>) =>
  Object.fromEntries(Object.entries(row).map(([name, calls]) => [name, [...calls].sort()]));

describe('least privilege', () => {
  const found = permissions();

  test.each(Object.entries(TABLE))('%s may do what it does, and nothing else', (role, row) => {
    expect(found[role]).toEqual(sorted(row));
  });

  test('has no role beside these', () => {
    expect(Object.keys(found).sort()).toEqual(Object.keys(TABLE).sort());
  });

  test('allows no action by a wildcard', () => {
    expect(Object.values(found).flatMap(Object.values).flat().join()).not.toContain('*');
  });

  test('gives each function a role of its own', () => {
    const roles = Object.values(resourcesOf(service, 'AWS::Lambda::Function')).map(
      ({ Properties }) => JSON.stringify(Properties['Role']),
    );
    expect(new Set(roles).size).toBe(roles.length);
  });
});
