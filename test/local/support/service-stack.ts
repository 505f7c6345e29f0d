/** @module A stack with one resource of each service, for tests. */

import { type LocalStack, type LocalStackOptions, startLocalStack } from '../../../local/stack.ts';
import { lambda, writeAssembly } from './assembly.ts';
import { callerCode } from './caller.ts';

const arn = (id: string) => ({ 'Fn::GetAtt': [id, 'Arn'] });

const resources = {
  Table: {
    Type: 'AWS::DynamoDB::GlobalTable',
    Properties: {
      TableName: 'things',
      AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
      BillingMode: 'PAY_PER_REQUEST',
      Replicas: [{ Region: 'us-east-1' }],
    },
  },
  Dead: { Type: 'AWS::SQS::Queue' },
  Work: {
    Type: 'AWS::SQS::Queue',
    Properties: {
      VisibilityTimeout: 60,
      RedrivePolicy: { deadLetterTargetArn: arn('Dead'), maxReceiveCount: 2 },
    },
  },
  Plain: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'plain' } },
  Bucket: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'files' } },
  Secret: {
    Type: 'AWS::SecretsManager::Secret',
    Properties: {
      GenerateSecretString: {
        PasswordLength: 40,
        ExcludePunctuation: true,
        SecretStringTemplate: '{"active":"k1"}',
        GenerateStringKey: 'k1',
      },
    },
  },
  Bus: { Type: 'AWS::Events::EventBus', Properties: { Name: 'bus' } },
  Rule: {
    Type: 'AWS::Events::Rule',
    Properties: {
      EventBusName: { Ref: 'Bus' },
      EventPattern: { source: ['shop'], detail: { n: [{ numeric: ['>', 1] }] } },
      Targets: [{ Arn: arn('Plain'), Id: 'plain' }],
    },
  },
  Group: { Type: 'AWS::Scheduler::ScheduleGroup', Properties: { Name: 'group' } },
  Store: { Type: 'AWS::CloudFront::KeyValueStore', Properties: { Name: 'store' } },
  Caller: lambda('caller'),
  Worker: lambda('worker', { DeadLetterConfig: { TargetArn: arn('Dead') } }),
  Source: {
    Type: 'AWS::Lambda::EventSourceMapping',
    Properties: {
      FunctionName: { Ref: 'Worker' },
      EventSourceArn: arn('Work'),
      BatchSize: 10,
      FunctionResponseTypes: ['ReportBatchItemFailures'],
    },
  },
};

const workerCode = `
exports.handler = async (event) => {
  if (!event.Records) {
    console.log('called ' + event.n);
    if (event.fail) throw new Error('as asked');
    return;
  }
  const failed = event.Records.filter(({ body }) => body === 'bad');
  const slow = event.Records.some(({ body }) => body === 'slow');
  if (slow) await new Promise((resolve) => setTimeout(resolve, 2000));
  for (const { body } of event.Records) console.log('got ' + body);
  return { batchItemFailures: failed.map(({ messageId }) => ({ itemIdentifier: messageId })) };
};`;

const outputs = {
  Work: { Value: { Ref: 'Work' } },
  Dead: { Value: { Ref: 'Dead' } },
  Plain: { Value: { Ref: 'Plain' } },
  Secret: { Value: { Ref: 'Secret' } },
  Store: { Value: { 'Fn::GetAtt': ['Store', 'Arn'] } },
  Worker: { Value: { 'Fn::GetAtt': ['Worker', 'Arn'] } },
};

export type ServiceStack = {
  readonly stack: LocalStack;
  /** What the functions printed. */
  readonly lines: readonly string[];
  /** Has the function make calls, each `[client, command, input]`. */
  // biome-ignore lint/suspicious/noExplicitAny: answers of many services
  call(...calls: unknown[][]): Promise<any[]>;
  out(name: string): string;
};

export async function startServiceStack(options: LocalStackOptions = {}): Promise<ServiceStack> {
  const lines: string[] = [];
  const assembly = writeAssembly(
    { Test: { resources, outputs } },
    { caller: callerCode(), worker: { 'index.js': workerCode } },
  );
  const stack = await startLocalStack({ assembly, log: (line) => lines.push(line), ...options });
  return {
    stack,
    lines,
    call: async (...calls) => {
      const answer = await stack.invoke('Caller', { calls });
      // biome-ignore lint/suspicious/noExplicitAny: answers of many services
      return (answer as { answers: any[] }).answers;
    },
    out: (name) => stack.outputs[name] ?? '',
  };
}
