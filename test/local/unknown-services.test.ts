/** What nobody here runs is said, rather than taken for a bucket's object. */

import { APIGatewayClient, GetAccountCommand } from '@aws-sdk/client-api-gateway';
import { GetAccountSettingsCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { ListBucketsCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type LocalStack, startLocalStack } from '../../local/stack.ts';
import { writeAssembly } from './support/assembly.ts';

let stack: LocalStack;

beforeAll(async () => {
  const Bucket = { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'files' } };
  stack = await startLocalStack({ assembly: writeAssembly({ Test: { resources: { Bucket } } }) });
}, 30_000);

afterAll(() => stack?.stop());

/** As a client in another process: its requests are signed, and say for which service. */
const settings = () => ({
  endpoint: stack.awsUrl,
  region: 'us-east-1',
  credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
});

test('a service that nobody runs is named', async () => {
  const asked = new APIGatewayClient(settings()).send(new GetAccountCommand({}));
  await expect(asked).rejects.toMatchObject({
    name: 'UnknownOperationException',
    message: 'Cannot call apigateway.GET /account: the local stack does not run it',
  });
});

test('so is an operation that a service of ours does not have', async () => {
  const asked = new LambdaClient(settings()).send(new GetAccountSettingsCommand({}));
  await expect(asked).rejects.toMatchObject({
    name: 'UnknownOperationException',
    message: expect.stringContaining('Cannot call lambda.GET /2016-08-19/account-settings'),
  });
});

test('what is signed for S3 is for S3', async () => {
  const s3 = new S3Client({ ...settings(), forcePathStyle: true });
  const { Buckets = [] } = await s3.send(new ListBucketsCommand({}));
  expect(Buckets.map(({ Name }) => Name)).toEqual(['files']);
});
