import { describe, expect, test } from '@jest/globals';
import { Match, type Template } from 'aws-cdk-lib/assertions';
import { assetHash } from './asset-hash.ts';
import { aStage, PROD, resource, resourcesOf, templatesOf } from './synth.ts';

expect.addSnapshotSerializer(assetHash);

const dev = templatesOf(aStage()).service;
const prod = templatesOf(aStage(PROD)).service;

const functionOf = (template: Template, prefix: string) =>
  resource(template, 'AWS::Lambda::Function', prefix).Properties;

describe('ServiceStack', () => {
  test('has the outputs that the command line reads', () => {
    const names = [
      ...['AlarmPrefix', 'AlarmTopicArn', 'ApiId', 'ApiStage', 'BuyFunctionArn', 'BuyRate'],
      ...['CloseFunctionArn', 'DashboardName', 'Guests', 'ImportFunctionArn', 'MostWarm'],
      ...['NoteFunctionArn', 'OidcAudience', 'OidcIssuer', 'OpenFunctionArn', 'OrdersDlqUrl'],
      ...['OrdersQueueUrl', 'PaymentProviderUrl', 'ReconcileFunctionArn', 'RecordFunctionArn'],
      ...['ScheduleGroup', 'SchedulerDlqArn', 'SchedulerDlqUrl', 'SchedulerRoleArn'],
      ...['SweepFunctionArn', 'SweepsDlqUrl', 'SweepsQueueUrl', 'WarmFunctionArn'],
    ];
    const outputs = Object.keys(dev.toJSON()['Outputs']).filter(
      (name) => !name.startsWith('Export'),
    );
    expect(outputs.sort()).toEqual(names);
  });

  test('asks for a payment provider in production, and has a default in dev', () => {
    dev.hasParameter('PaymentProviderUrl', { Default: 'https://payments.invalid' });
    prod.hasParameter('PaymentProviderUrl', { Default: Match.absent() });
    dev.hasParameter('OidcIssuer', { Default: '' });
  });

  test('takes the identity issuer of the stage as the default of its parameters', () => {
    const identified = aStage({ oidcIssuer: 'https://id.example.com', oidcAudience: 'shop' });
    const template = templatesOf(identified).service;
    template.hasParameter('OidcIssuer', { Default: 'https://id.example.com' });
    template.hasParameter('OidcAudience', { Default: 'shop' });
  });

  test('says which issuer it trusts, and "none" where that is nobody: an output is never empty', () => {
    dev.hasOutput('OidcIssuer', {
      Value: { 'Fn::If': ['HasIssuer', { Ref: 'OidcIssuer' }, 'none'] },
    });
    dev.hasOutput('OidcAudience', {
      Value: { 'Fn::If': ['HasIssuer', { Ref: 'OidcAudience' }, 'none'] },
    });
  });

  test('tells the session function where a token says membership and age of an account', () => {
    dev.hasParameter('OidcMembershipClaim', { Default: 'membership' });
    dev.hasParameter('OidcCreatedClaim', { Default: 'account_created_at' });
    expect(functionOf(dev, 'RequestsSession')['Environment']).toMatchObject({
      Variables: {
        OIDC_MEMBERSHIP_CLAIM: { Ref: 'OidcMembershipClaim' },
        OIDC_CREATED_CLAIM: { Ref: 'OidcCreatedClaim' },
      },
    });
  });

  test('runs each function on Node 24 and Arm, behind an alias "live"', () => {
    dev.resourceCountIs('AWS::Lambda::Function', 14);
    dev.allResourcesProperties('AWS::Lambda::Function', {
      Runtime: 'nodejs24.x',
      Architectures: ['arm64'],
      Handler: 'index.handler',
      LoggingConfig: { LogFormat: 'JSON' },
    });
    dev.resourceCountIs('AWS::Lambda::Alias', 14);
    dev.allResourcesProperties('AWS::Lambda::Alias', { Name: 'live' });
  });

  test('reserves environments for buys and records in production alone', () => {
    expect(functionOf(prod, 'RequestsBuy')['ReservedConcurrentExecutions']).toBe(500);
    expect(functionOf(prod, 'BackgroundRecord')['ReservedConcurrentExecutions']).toBe(20);
    dev.allResourcesProperties('AWS::Lambda::Function', {
      ReservedConcurrentExecutions: Match.absent(),
    });
  });

  test('gives the record function as many environments as its queue may use', () => {
    const source = resource(prod, 'AWS::Lambda::EventSourceMapping', 'Orders').Properties;
    expect(source['ScalingConfig']).toEqual({ MaximumConcurrency: 20 });
  });

  test('reads the orders queue in batches of 10 and the sweeps queue one by one, failing in parts', () => {
    const source = (prefix: string) =>
      resource(dev, 'AWS::Lambda::EventSourceMapping', prefix).Properties;
    const partly = { FunctionResponseTypes: ['ReportBatchItemFailures'] };
    expect(source('Orders')).toMatchObject({ ...partly, BatchSize: 10 });
    expect(source('Sweeps')).toMatchObject({ ...partly, BatchSize: 1 });
  });

  test.each([
    ['Orders', 'BackgroundRecord'],
    ['Sweeps', 'BackgroundSweep'],
  ])('hides a message of %s six times as long as its function may run', (queue, worker) => {
    const { Timeout } = functionOf(dev, worker);
    const { VisibilityTimeout, RedrivePolicy } = resource(
      dev,
      'AWS::SQS::Queue',
      `${queue}Queue`,
    ).Properties;
    expect(VisibilityTimeout).toBe(6 * Number(Timeout));
    expect(RedrivePolicy).toMatchObject({ maxReceiveCount: 5 });
  });

  test('waits for the role before it reads a queue', () => {
    const { DependsOn } = resource(dev, 'AWS::Lambda::EventSourceMapping', 'Orders');
    expect(DependsOn).toContainEqual(expect.stringContaining('BackgroundRecordRoleDefaultPolicy'));
  });

  test('lets Scheduler assume its role for schedules of the group alone', () => {
    dev.hasResourceProperties('AWS::IAM::Role', {
      AssumeRolePolicyDocument: {
        Statement: [
          {
            Principal: { Service: 'scheduler.amazonaws.com' },
            Condition: {
              StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } },
              ArnEquals: { 'aws:SourceArn': { 'Fn::GetAtt': [Match.anyValue(), 'Arn'] } },
            },
          },
        ],
      },
    });
  });

  test('keeps what an asynchronous function failed to do', () => {
    const withDeadLetters = Object.entries(resourcesOf(dev, 'AWS::Lambda::Function'))
      .filter(([, { Properties }]) => Properties['DeadLetterConfig'])
      .map(([id]) => id.replace(/Function.*/, ''));
    expect(withDeadLetters.sort()).toEqual([
      'BackgroundClose',
      'BackgroundOpen',
      'BackgroundSweep',
      'ImportsImport',
      'MoneyReconcile',
      'OperatorsNote',
      'WarmingWarm',
    ]);
  });

  test('is as it was', () => {
    expect(dev.toJSON()).toMatchSnapshot();
  });
});
