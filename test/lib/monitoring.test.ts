/** The alarms, the dashboard and the canaries of the templates, beside the manual that explains them. */

import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { Match, type Template } from 'aws-cdk-lib/assertions';
import { aStage, PROD, resource, resourcesOf, templatesOf } from './synth.ts';

const dev = templatesOf(aStage()).service;
const prod = templatesOf(aStage(PROD)).service;

const manual = readFileSync(new URL('../../docs/operations.md', import.meta.url), 'utf8');

const alarmsOf = (template: Template) =>
  Object.values(resourcesOf(template, 'AWS::CloudWatch::Alarm')).map(
    ({ Properties }) => Properties,
  );

const nameOf = ({ AlarmName }: Record<string, unknown>): string =>
  String(AlarmName).replace('FlashSale-dev-Service/', '');

/** Alarms are headings of the third level, in code; one heading may have several. */
const headings = (): string[] => {
  const section = manual.split(/^## /m).find((text) => text.startsWith('Alarms\n')) ?? '';
  const lines = section.split('\n').filter((line) => line.startsWith('### '));
  return lines.flatMap((line) => [...line.matchAll(/`(\w+)`/g)].map(([, name = '']) => name));
};

describe('alarms', () => {
  test('are the headings of the manual, each once', () => {
    expect(headings().sort()).toEqual(alarmsOf(dev).map(nameOf).sort());
  });

  test('each say what they mean and where to read on, and reach whoever is on call', () => {
    for (const alarm of alarmsOf(dev)) {
      const description = `. What to do: docs/operations.md, "${nameOf(alarm)}".`;
      expect(alarm['AlarmDescription']).toEqual(expect.stringContaining(description));
      const topic = [{ Ref: expect.stringMatching(/^MonitoringAlarmsTopic/) }];
      expect([alarm['AlarmActions'], alarm['OKActions']]).toEqual([topic, topic]);
    }
  });

  test('take silence for quiet: where it is not, their formula says so', () => {
    for (const alarm of alarmsOf(dev)) expect(alarm['TreatMissingData']).toBe('notBreaching');
  });

  test.each([
    'Oversold',
    'ShardDrift',
    'ClaimsMissing',
    'OrdersDeadLetters',
    'SweepsDeadLetters',
    'ScheduleDeadLetters',
  ])('%s fires at the first of them', (name) => {
    const alarm = alarmsOf(dev).find((one) => nameOf(one) === name);
    expect(alarm).toMatchObject({ Threshold: 0, DatapointsToAlarm: 1, EvaluationPeriods: 1 });
  });

  test('look at ten metrics at most: CloudWatch takes no more', () => {
    for (const { Metrics = [] } of alarmsOf(dev)) {
      const metrics = (Metrics as { MetricStat?: object }[]).filter(({ MetricStat }) => MetricStat);
      expect(metrics.length).toBeLessThanOrEqual(10);
    }
  });

  test('are found by the prefix that an output says', () => {
    dev.hasOutput('AlarmPrefix', { Value: 'FlashSale-dev-Service/' });
    for (const { AlarmName } of alarmsOf(dev)) {
      expect(AlarmName).toEqual(expect.stringMatching(/^FlashSale-dev-Service\/[A-Z]\w+$/));
    }
  });
});

describe('the topic of alarms', () => {
  test('is encrypted by a key that turns, and speaks TLS alone', () => {
    dev.hasResourceProperties('AWS::SNS::Topic', { KmsMasterKeyId: Match.anyValue() });
    dev.hasResourceProperties('AWS::KMS::Key', { EnableKeyRotation: true });
    dev.hasResourceProperties('AWS::SNS::TopicPolicy', {
      PolicyDocument: {
        Statement: Match.arrayWith([
          Match.objectLike({
            Effect: 'Deny',
            Condition: { Bool: { 'aws:SecureTransport': 'false' } },
          }),
          Match.objectLike({
            Effect: 'Allow',
            Principal: { Service: 'cloudwatch.amazonaws.com' },
            Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
          }),
        ]),
      },
    });
  });

  test('writes to an address where the parameter has one', () => {
    dev.hasParameter('AlarmEmail', { Default: '' });
    dev.hasResource('AWS::SNS::Subscription', {
      Condition: 'HasAlarmEmail',
      Properties: { Protocol: 'email', Endpoint: { Ref: 'AlarmEmail' } },
    });
  });
});

describe('deployments', () => {
  test('move every alias through CodeDeploy, and keep its logical id', () => {
    const aliases = Object.entries(resourcesOf(dev, 'AWS::Lambda::Alias'));
    expect(aliases.length).toBe(Object.keys(resourcesOf(dev, 'AWS::Lambda::Function')).length);
    for (const [id, { UpdatePolicy }] of aliases) {
      expect(id).toMatch(/Live[0-9A-F]{8}$/);
      expect(UpdatePolicy).toMatchObject({ CodeDeployLambdaAliasUpdate: expect.anything() });
    }
  });

  test.each([
    ['dev', dev, 'AllAtOnce'],
    ['prod', prod, 'Canary10Percent5Minutes'],
  ])('shift in %s as its stage says', (_, template, config) => {
    template.allResourcesProperties('AWS::CodeDeploy::DeploymentGroup', {
      DeploymentConfigName: `CodeDeployDefault.Lambda${config}`,
      DeploymentStyle: { DeploymentOption: 'WITH_TRAFFIC_CONTROL' },
    });
  });

  test('roll back where the function fails or is slow', () => {
    const { Properties } = resource(
      prod,
      'AWS::CodeDeploy::DeploymentGroup',
      'MonitoringCanariesBuy',
    );
    expect(Properties['AutoRollbackConfiguration']).toEqual({
      Enabled: true,
      Events: expect.arrayContaining(['DEPLOYMENT_STOP_ON_ALARM', 'DEPLOYMENT_FAILURE']),
    });
    expect(JSON.stringify(Properties['AlarmConfiguration'])).toMatch(/BuyFailing.*BuySlow/);
  });
});

describe('the dashboard', () => {
  const body = JSON.stringify(
    Object.values(resourcesOf(dev, 'AWS::CloudWatch::Dashboard'))[0]?.Properties['DashboardBody'],
  );

  test('has the sale at its top, chosen by whoever looks', () => {
    expect(body).toContain('populateFrom');
    const titles = [...body.matchAll(/title\\*":\\*"([^"\\]+)/g)].map(([, title]) => title);
    expect(titles.slice(0, 3)).toEqual(['Units now', 'In the time that is shown', 'Units']);
    expect(titles).toContain('Answers to a press of Buy, by code');
  });

  test('shows the state of every alarm', () => {
    for (const id of Object.keys(resourcesOf(dev, 'AWS::CloudWatch::Alarm'))) {
      expect(body).toContain(id);
    }
  });
});
