/** Where reports about money are kept, and what makes them. */

import { describe, expect, test } from '@jest/globals';
import { aStage, PROD, resource, templatesOf } from '../synth.ts';

const dev = templatesOf(aStage());
const prod = templatesOf(aStage(PROD));

const rulesOf = ({ data }: typeof dev) => {
  const { Properties } = resource(data, 'AWS::S3::Bucket', 'ReportsBucket');
  const { Rules } = Properties['LifecycleConfiguration'] as { Rules: readonly object[] };
  return Rules[0] as Readonly<Record<string, unknown>>;
};

describe('ReportsBucket', () => {
  test('is private, versioned, and outlives its stack', () => {
    expect(resource(dev.data, 'AWS::S3::Bucket', 'ReportsBucket')).toMatchObject({
      DeletionPolicy: 'Retain',
      Properties: {
        PublicAccessBlockConfiguration: { BlockPublicAcls: true, RestrictPublicBuckets: true },
        VersioningConfiguration: { Status: 'Enabled' },
      },
    });
  });

  test('keeps reports for a month in dev, and ten years in prod, cold from the first quarter on', () => {
    expect(rulesOf(dev)).toMatchObject({ ExpirationInDays: 30 });
    expect(rulesOf(dev)).not.toHaveProperty('Transitions');
    expect(rulesOf(prod)).toMatchObject({
      ExpirationInDays: 3653,
      Transitions: [{ StorageClass: 'GLACIER_IR', TransitionInDays: 90 }],
    });
  });
});

describe('MoneyFunctions', () => {
  test('reconciles each night, without the id of a sale', () => {
    const { Properties } = resource(dev.service, 'AWS::Scheduler::Schedule', 'MoneyNightly');
    expect(Properties).toMatchObject({
      ScheduleExpression: 'cron(17 3 * * ? *)',
      FlexibleTimeWindow: { Mode: 'OFF' },
      Target: { Input: '{"task":"reconcile"}', DeadLetterConfig: expect.anything() },
    });
    expect(JSON.stringify(Properties['Target'])).toContain('MoneyReconcileLive');
    expect(JSON.stringify(Properties['GroupName'])).toMatch(/Schedules-?Group/);
  });

  test('has the longest time that there is, and memory for a statement', () => {
    const { Properties } = resource(dev.service, 'AWS::Lambda::Function', 'MoneyReconcile');
    expect(Properties).toMatchObject({ Timeout: 900, MemorySize: 1769 });
  });

  test('says where it is, and whom it asks', () => {
    const outputs = dev.service.toJSON()['Outputs'];
    expect(outputs).toHaveProperty('ReconcileFunctionArn');
    expect(outputs['PaymentProviderUrl']).toEqual({ Value: { Ref: 'PaymentProviderUrl' } });
  });
});
