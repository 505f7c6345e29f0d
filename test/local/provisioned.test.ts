/** Environments that are started before anybody calls. */

import {
  DeleteProvisionedConcurrencyConfigCommand,
  GetProvisionedConcurrencyConfigCommand,
  InvokeCommand,
  LambdaClient,
  PutProvisionedConcurrencyConfigCommand,
} from '@aws-sdk/client-lambda';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type LocalStack, startLocalStack } from '../../local/stack.ts';
import { lambda, writeAssembly } from './support/assembly.ts';

const code = `
console.log('loaded ' + process.env.AWS_LAMBDA_INITIALIZATION_TYPE);
if (process.env.BROKEN) throw new Error('no module');
exports.handler = async ({ ms = 0 } = {}) => {
  await new Promise((resolve) => setTimeout(resolve, ms));
  return 'done';
};`;

const resources = {
  Plain: lambda('plain'),
  Few: lambda('plain', { ReservedConcurrentExecutions: 4 }),
  Broken: lambda('plain', { Environment: { Variables: { BROKEN: 'yes' } } }),
};

let stack: LocalStack;
let client: LambdaClient;
const lines: string[] = [];

beforeAll(async () => {
  stack = await startLocalStack({
    assembly: writeAssembly({ Test: { resources } }, { plain: { 'index.js': code } }),
    requestsPerEnvironment: 1,
    log: (line) => lines.push(line),
  });
  client = new LambdaClient({
    endpoint: stack.awsUrl,
    ...{ region: 'us-east-1', credentials: { accessKeyId: 'any', secretAccessKey: 'any' } },
  });
}, 30_000);

afterAll(() => stack?.stop());

beforeEach(() => {
  lines.length = 0;
});

const config = (FunctionName: string) => ({ FunctionName, Qualifier: 'live' });

const put = (name: string, ProvisionedConcurrentExecutions: number) =>
  client.send(
    new PutProvisionedConcurrencyConfigCommand({
      ...config(name),
      ProvisionedConcurrentExecutions,
    }),
  );
const get = (name: string) => client.send(new GetProvisionedConcurrencyConfigCommand(config(name)));
const remove = (name: string) =>
  client.send(new DeleteProvisionedConcurrencyConfigCommand(config(name)));

/** Starts of environments by a kind. */
const loaded = (kind: string) => lines.filter((line) => line.includes(`loaded ${kind}`)).length;
const coldStarts = (name: string) => stack.requests.functions[name]?.coldStarts;
const atOnce = (name: string, count: number) =>
  Promise.all(Array.from({ length: count }, () => stack.invoke(name, { ms: 20 })));

describe('provisioned concurrency', () => {
  test('starts environments before anybody calls, and requests meet no cold start in them', async () => {
    expect(await put('Plain', 3)).toMatchObject({ RequestedProvisionedConcurrentExecutions: 3 });
    expect([loaded('provisioned-concurrency'), coldStarts('Plain')]).toEqual([3, 0]);
    expect(await get('Plain')).toMatchObject({
      ...{ RequestedProvisionedConcurrentExecutions: 3, Status: 'READY' },
      AvailableProvisionedConcurrentExecutions: 3,
    });
    await atOnce('Plain', 3);
    expect(coldStarts('Plain')).toBe(0);
    await atOnce('Plain', 4);
    expect([coldStarts('Plain'), loaded('on-demand')]).toEqual([1, 1]);
  });

  test('starts nothing where as many are there, more where more are wanted, and ends the others', async () => {
    await put('Plain', 3);
    expect(loaded('provisioned-concurrency')).toBe(0);
    await put('Plain', 5);
    expect(loaded('provisioned-concurrency')).toBe(2);
    await put('Plain', 1);
    await put('Plain', 2);
    expect(loaded('provisioned-concurrency')).toBe(3);
  });

  test('lets what is running end before its environment does', async () => {
    await put('Plain', 2);
    const running = atOnce('Plain', 2);
    await remove('Plain');
    expect(await running).toEqual(['done', 'done']);
    await expect(get('Plain')).rejects.toMatchObject({
      name: 'ProvisionedConcurrencyConfigNotFoundException',
    });
    await remove('Plain');
  });

  test('replaces environments that died', async () => {
    await put('Plain', 2);
    stack.kill('Plain');
    lines.splice(0);
    const before = coldStarts('Plain');
    await stack.invoke('Plain', {});
    expect([loaded('provisioned-concurrency'), coldStarts('Plain')]).toEqual([2, before]);
    await remove('Plain');
  });

  test('is no more than what is reserved for the function', async () => {
    await expect(put('Few', 5)).rejects.toMatchObject({
      ...{ name: 'InvalidParameterValueException', message: expect.stringContaining('4') },
    });
    expect(await put('Few', 4)).toMatchObject({ Status: 'READY' });
  });

  test('wants an alias or a version, a whole number, and a function', async () => {
    const latest = { FunctionName: 'Plain', Qualifier: '$LATEST' };
    const wrong = new GetProvisionedConcurrencyConfigCommand(latest);
    await expect(client.send(wrong)).rejects.toThrow('unpublished');
    await expect(put('Plain', 0)).rejects.toThrow('1 or more');
    await expect(put('Plain', 1.5)).rejects.toThrow('1 or more');
    await expect(put('Nobody', 1)).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  });

  test('leaves a module that does not load to the first request', async () => {
    expect(await put('Broken', 1)).toMatchObject({ Status: 'READY' });
    const called = await client.send(new InvokeCommand({ FunctionName: 'Broken' }));
    expect(called.FunctionError).toBe('Unhandled');
    await remove('Broken');
  });
});
