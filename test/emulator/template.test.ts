import { describe, expect, test } from '@jest/globals';
import {
  apiOriginsAt,
  importsOnLines,
  openBuckets,
  type Template,
  withoutKinds,
} from './template.ts';

const templateOf = (Type: string, Properties: Readonly<Record<string, unknown>>): Template => ({
  Resources: { Bus: { Type: 'AWS::Events::EventBus' }, It: { Type, Properties } },
});

const propertiesAfter = ({ Resources }: Template) => Resources['It']?.Properties;

describe('withoutKinds()', () => {
  test('leaves out what the emulator refuses, and nothing else', () => {
    const template = templateOf('AWS::Events::Archive', {});
    const { template: left, notes } = withoutKinds(['AWS::Events::Archive'])(template);
    expect(Object.keys(left.Resources)).toEqual(['Bus']);
    expect(notes).toEqual(['left out AWS::Events::Archive It, which the emulator refuses']);
  });

  test('leaves out resources with a property that it refuses, and what refers to them', () => {
    const Type = 'AWS::CloudWatch::Alarm';
    const { template } = withoutKinds([`${Type}.Metrics`])({
      Resources: {
        Sum: { Type, Properties: { Metrics: [] } },
        Plain: { Type, Properties: { MetricName: 'Errors' } },
        Board: { Type: 'Board', Properties: { of: { 'Fn::GetAtt': ['Sum', 'Arn'] } } },
        Other: { Type: 'Board', Properties: { of: { Ref: 'Plain' } } },
      },
    });
    expect(Object.keys(template.Resources)).toEqual(['Plain', 'Other']);
  });

  test('leaves nothing that waits for what is gone, or is updated by it', () => {
    const Type = 'AWS::CodeDeploy::Application';
    const by = (Ref: string) => ({ CodeDeployLambdaAliasUpdate: { ApplicationName: { Ref } } });
    const alias = { Type: 'AWS::Lambda::Alias' };
    const { template } = withoutKinds([Type])({
      Resources: {
        Gone: { Type },
        One: { ...alias, DependsOn: ['Gone', 'Two'], UpdatePolicy: by('Gone') },
        Two: { ...alias, DependsOn: 'Gone', UpdatePolicy: by('Kept') },
      },
    });
    expect(template.Resources).toEqual({
      One: { ...alias, DependsOn: ['Two'] },
      Two: { ...alias, UpdatePolicy: by('Kept') },
    });
  });
});

describe('importsOnLines()', () => {
  test('parts the imports of a minified function', () => {
    const code = 'import a from"crypto";import b from"cloudfront";var c="import d from";';
    const { template } = importsOnLines(
      templateOf('AWS::CloudFront::Function', { FunctionCode: code }),
    );
    expect(propertiesAfter(template)?.['FunctionCode']).toBe(
      'import a from "crypto";\nimport b from "cloudfront";\nvar c="import d from";',
    );
  });

  test('leaves a function alone that imports nothing', () => {
    const template = templateOf('AWS::CloudFront::Function', { FunctionCode: 'var a;' });
    expect(importsOnLines(template)).toEqual({ template, notes: [] });
  });
});

describe('openBuckets()', () => {
  const denial = { Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } };
  const reading = { Effect: 'Allow', Action: 's3:GetObject' };
  const forAccount = { StringEquals: { 'AWS:SourceAccount': { Ref: 'AWS::AccountId' } } };
  const other = { Effect: 'Deny', Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'false' } } };

  const policyAfter = (...Statement: readonly object[]) =>
    openBuckets(templateOf('AWS::S3::BucketPolicy', { PolicyDocument: { Statement } }));

  test('takes out the refusal of plain HTTP and the condition on the account', () => {
    const { template } = policyAfter(denial, { ...reading, Condition: forAccount }, other);
    expect(propertiesAfter(template)).toEqual({ PolicyDocument: { Statement: [reading, other] } });
  });

  test('leaves a policy alone that has neither', () => {
    expect(policyAfter(reading, other).notes).toEqual([]);
  });
});

describe('apiOriginsAt()', () => {
  const name = { 'Fn::Join': ['', [{ Ref: 'Api' }, '.execute-api.', { Ref: 'AWS::Region' }]] };
  const files = { Id: 'files', DomainName: 'bucket.s3.amazonaws.com' };
  const api = {
    ...{ Id: 'api', DomainName: name, OriginPath: '/live' },
    CustomOriginConfig: { OriginProtocolPolicy: 'https-only', OriginReadTimeout: 15 },
  };
  const repair = apiOriginsAt(new URL('http://127.0.0.1:4566'), '/_aws/execute-api/');

  test('leads API origins to the emulator, and keeps the others', () => {
    const { template } = repair(
      templateOf('AWS::CloudFront::Distribution', {
        DistributionConfig: { Enabled: true, Origins: [files, api] },
      }),
    );
    expect(propertiesAfter(template)?.['DistributionConfig']).toEqual({
      Enabled: true,
      Origins: [
        files,
        {
          Id: 'api',
          DomainName: '127.0.0.1',
          OriginPath: { 'Fn::Join': ['', ['/_aws/execute-api/', { Ref: 'Api' }, '/live']] },
          CustomOriginConfig: {
            ...{ OriginProtocolPolicy: 'http-only', HTTPPort: 4566, OriginReadTimeout: 15 },
          },
        },
      ],
    });
  });
});
