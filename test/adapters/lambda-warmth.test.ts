/** Recorded answers of the Lambda API. */

import { ProvisionedConcurrencyConfigNotFoundException } from '@aws-sdk/client-lambda';
import { describe, expect, test } from '@jest/globals';
import { lambdaWarmth } from '../../adapters/lambda-warmth.ts';
import { fakeClient } from './fake-client.ts';

const ALIAS = 'arn:aws:lambda:eu-central-1:111122223333:function:Buy-x1:live';
const named = {
  FunctionName: 'arn:aws:lambda:eu-central-1:111122223333:function:Buy-x1',
  Qualifier: 'live',
};

const none = () => {
  throw new ProvisionedConcurrencyConfigNotFoundException({
    ...{ message: 'No Provisioned Concurrency Config found for this function', $metadata: {} },
  });
};

const IN_PROGRESS = {
  RequestedProvisionedConcurrentExecutions: 250,
  AvailableProvisionedConcurrentExecutions: 120,
  AllocatedProvisionedConcurrentExecutions: 120,
  Status: 'IN_PROGRESS',
  LastModified: '2026-11-27T19:45:03+0000',
};

const FAILED = {
  ...IN_PROGRESS,
  Status: 'FAILED',
  StatusReason: 'FUNCTION_ERROR_INIT_FAILURE',
};

describe('lambdaWarmth()', () => {
  test('looks at the alias: how many were asked for, and how many are there', async () => {
    const { client, sent } = fakeClient(() => IN_PROGRESS);
    expect(await lambdaWarmth(client, ALIAS).asked()).toEqual({
      ...{ environments: 250, ready: 120, isFailed: false },
    });
    expect(sent).toEqual([{ name: 'GetProvisionedConcurrencyConfigCommand', input: named }]);
  });

  test('says so where they could not be had', async () => {
    const { client } = fakeClient(() => FAILED);
    expect(await lambdaWarmth(client, ALIAS).asked()).toMatchObject({ isFailed: true });
  });

  test('takes no configuration for none', async () => {
    const { client } = fakeClient(none);
    const asked = { environments: 0, ready: 0, isFailed: false };
    expect(await lambdaWarmth(client, ALIAS).asked()).toEqual(asked);
  });

  test('asks for some, and releases them, twice if need be', async () => {
    const { client, sent } = fakeClient((_, before) => {
      if (before > 1) none();
    });
    const warmth = lambdaWarmth(client, ALIAS);
    await warmth.ask(250);
    await warmth.release();
    await warmth.release();
    const released = { name: 'DeleteProvisionedConcurrencyConfigCommand', input: named };
    expect(sent).toEqual([
      {
        name: 'PutProvisionedConcurrencyConfigCommand',
        input: { ...named, ProvisionedConcurrentExecutions: 250 },
      },
      released,
      released,
    ]);
  });

  test('throws anything else', async () => {
    const { client } = fakeClient(() => {
      throw new Error('no answer');
    });
    await expect(lambdaWarmth(client, ALIAS).asked()).rejects.toThrow('no answer');
    await expect(lambdaWarmth(client, ALIAS).release()).rejects.toThrow('no answer');
  });
});
