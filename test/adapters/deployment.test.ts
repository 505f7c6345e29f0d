import { describe, expect, test } from '@jest/globals';
import { clientSettings, queueSettings } from '../../adapters/aws-clients.ts';
import { deployment, outputsFrom } from '../../adapters/deployment.ts';
import { systemClock, wait } from '../../adapters/system-clock.ts';
import { OPENS_AT } from '../support/sales.ts';

const NAMES = [
  ...['CatalogueTable', 'StockTable', 'OrdersTable', 'SigningSecretArn', 'PaymentSecretArn'],
  ...['KeyValueStoreArn', 'SiteBucket', 'Guests', 'OrdersQueueUrl', 'ScheduleGroup'],
  ...['SchedulerRoleArn', 'SchedulerDlqArn', 'OpenFunctionArn', 'SweepFunctionArn'],
  ...['CloseFunctionArn', 'SiteUrl'],
];
const OUTPUTS: Readonly<Record<string, string>> = Object.fromEntries(
  NAMES.map((name) => [name, `a-${name}`]),
);

describe('outputsFrom()', () => {
  test('takes outputs that are whole', () => {
    expect(outputsFrom(OUTPUTS)).toBe(OUTPUTS);
  });

  test('names those that are missing', () => {
    const { StockTable, SiteUrl, ...left } = OUTPUTS;
    expect(() => outputsFrom(left)).toThrow(
      'Cannot use this deployment: its outputs lack StockTable, SiteUrl',
    );
  });
});

describe('deployment()', () => {
  const here = deployment(outputsFrom(OUTPUTS), {
    ...{ endpoint: 'http://127.0.0.1:1', clock: () => OPENS_AT },
  });

  test('has the tables of the outputs, and the clock that it is given', () => {
    expect(here.tables).toEqual({
      ...{ catalogue: 'a-CatalogueTable', stock: 'a-StockTable', orders: 'a-OrdersTable' },
    });
    expect(here.clock()).toBe(OPENS_AT);
  });

  test('reaches the endpoint that stands in place of AWS', async () => {
    const endpoint = await here.db.config.endpoint?.();
    expect(endpoint).toMatchObject({ hostname: '127.0.0.1', port: 1 });
  });

  test('takes any credentials to an endpoint on this machine', async () => {
    const { accessKeyId } = await here.db.config.credentials();
    expect([accessKeyId, await here.db.config.region()]).toEqual(['local', 'us-east-1']);
  });

  test('takes the credentials and the Region of the environment to an emulator', async () => {
    const before = { ...process.env };
    Object.assign(process.env, {
      ...{ AWS_ACCESS_KEY_ID: '111122223333', AWS_SECRET_ACCESS_KEY: 'any' },
      AWS_REGION: 'eu-central-1',
    });
    try {
      const place = { endpoint: 'http://127.0.0.1:1', credentials: 'environment' as const };
      const { db } = deployment(outputsFrom(OUTPUTS), place);
      const { accessKeyId } = await db.config.credentials();
      expect([accessKeyId, await db.config.region()]).toEqual(['111122223333', 'eu-central-1']);
    } finally {
      process.env = before;
    }
  });

  test('has a web ACL only where the outputs say so', () => {
    const hasWaf = (more: object) => deployment(outputsFrom({ ...OUTPUTS, ...more })).hasWaf;
    expect([hasWaf({ Waf: 'on' }), hasWaf({ Waf: 'off' }), hasWaf({})]).toEqual([
      true,
      false,
      false,
    ]);
  });

  test('draws secrets that nobody can guess: 128 bits, another each time', () => {
    const drawn = [here.secret(), here.secret()];
    expect(new Set(drawn).size).toBe(2);
    for (const one of drawn) expect(one).toMatch(/^[A-Za-z0-9_-]{22}$/);
  });
});

describe('clientSettings()', () => {
  test('tries twice, and lets a place put settings of its own over them', () => {
    expect(clientSettings()).toMatchObject({ maxAttempts: 2 });
    const overrides = Symbol.for('aws.client.overrides');
    Object.assign(globalThis, { [overrides]: { maxAttempts: 1 } });
    try {
      expect(queueSettings()).toMatchObject({ maxAttempts: 1, useQueueUrlAsEndpoint: false });
    } finally {
      Reflect.deleteProperty(globalThis, overrides);
    }
    expect(clientSettings()).toMatchObject({ maxAttempts: 2 });
  });
});

describe('systemClock()', () => {
  test("is the machine's, and does not go back while one waits", async () => {
    const before = systemClock();
    await wait(0);
    expect(systemClock()).toBeGreaterThanOrEqual(before);
    expect(Math.abs(systemClock() - Date.now())).toBeLessThan(1000);
  });
});
