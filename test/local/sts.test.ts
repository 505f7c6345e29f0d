/** Whoever calls has a name, as far as their credentials say one. */

import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { operatorHere } from '../../adapters/operator.ts';
import { type LocalStack, startLocalStack } from '../../local/stack.ts';
import { writeAssembly } from './support/assembly.ts';

let stack: LocalStack;

beforeAll(async () => {
  stack = await startLocalStack({ assembly: writeAssembly({ Test: { resources: {} } }) });
}, 30_000);

afterAll(() => stack?.stop());

const settings = (accessKeyId: string) => ({
  endpoint: stack.awsUrl,
  region: 'us-east-1',
  credentials: { accessKeyId, secretAccessKey: 'any' },
});

test('the caller is named by the key id', async () => {
  const identity = await new STSClient(settings('ada')).send(new GetCallerIdentityCommand({}));
  expect(identity).toMatchObject({
    ...{ Account: '000000000000', Arn: 'arn:aws:iam::000000000000:user/ada', UserId: 'ada' },
  });
});

test('and so is an operator at the command line', async () => {
  expect((await operatorHere(settings('olivia'))).name).toMatch(/user\/olivia$/);
});

test('no other operation is answered', async () => {
  const asked = new AssumeRoleCommand({ RoleArn: 'arn:aws:iam::0:role/any', RoleSessionName: 'x' });
  await expect(new STSClient(settings('ada')).send(asked)).rejects.toThrow();
});
