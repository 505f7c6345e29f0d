import { execFileSync, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { describe, expect, test } from '@jest/globals';
import { writeAssembly } from './support/assembly.ts';
import { startServiceStack } from './support/service-stack.ts';

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Ids of all processes below one. */
function below(pid: number): number[] {
  const all = execFileSync('ps', ['-e', '-o', 'pid=,ppid='], { encoding: 'utf8' })
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number));
  const children = all.filter(([, parent]) => parent === pid).map(([child]) => child ?? 0);
  return children.flatMap((child) => [child, ...below(child)]);
}

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

describe('engines of the local stack', () => {
  test('end with the process that started them, even when it is killed', async () => {
    const assembly = writeAssembly({ Test: {} });
    const script = `
      import { startLocalStack } from './local/stack.ts';
      const stack = await startLocalStack({ assembly: ${JSON.stringify(assembly)} });
      console.log(stack.siteUrl);
      setInterval(() => {}, 1000);`;
    const parent = spawn(process.execPath, ['--input-type=module-typescript', '-e', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await new Promise((resolve) => createInterface({ input: parent.stdout }).once('line', resolve));
    const engines = below(parent.pid ?? 0);
    expect(engines.length).toBeGreaterThanOrEqual(3);
    parent.kill('SIGKILL');
    for (let waited = 0; waited < 5000 && engines.some(isAlive); waited += 50) await pause(50);
    expect(engines.filter(isAlive)).toEqual([]);
  }, 30_000);

  test('answer SDK clients of other processes at one endpoint', async () => {
    const { stack, call, out } = await startServiceStack();
    const config = {
      endpoint: stack.awsUrl,
      region: 'us-east-1',
      credentials: { accessKeyId: 'any', secretAccessKey: 'any' },
    };
    await call(['dynamodb', 'PutItem', { TableName: 'things', Item: { pk: { S: 'a' } } }]);
    const dynamodb = new DynamoDBClient(config);
    const got = await dynamodb.send(
      new GetItemCommand({ TableName: 'things', Key: { pk: { S: 'a' } } }),
    );
    expect(got.Item).toEqual({ pk: { S: 'a' } });
    const sqs = new SQSClient({ ...config, useQueueUrlAsEndpoint: false });
    const sent = await sqs.send(
      new SendMessageCommand({ QueueUrl: out('Plain'), MessageBody: 'hello' }),
    );
    expect(sent.MessageId).toBeDefined();
    dynamodb.destroy();
    sqs.destroy();
    await stack.stop();
  }, 30_000);
});
