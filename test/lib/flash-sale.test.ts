import { describe, expect, test } from '@jest/globals';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { anApp, aStage, PROD } from './synth.ts';

describe('flashSale()', () => {
  test.each([
    ['dev', {}],
    ['prod', PROD],
  ])('passes cdk-nag in %s, the upload of the site included', (_, context) => {
    const { app } = anApp(aStage(context), { site: true });
    expect(() => app.synth()).not.toThrow();
  });

  test('fails cdk-nag for a bucket that nobody thought about', () => {
    const { app, stacks } = anApp(aStage());
    new Bucket(stacks.data, 'Careless');
    expect(() => app.synth()).toThrow(/Careless[\s\S]*AwsSolutions-S10/);
  });

  test('needs no account and no Region', () => {
    const { stacks } = anApp(aStage());
    for (const { environment } of Object.values(stacks)) {
      expect(environment).toBe('aws://unknown-account/unknown-region');
    }
  });

  test('writes no secret into a template: keys are generated or referred to', () => {
    const { app } = anApp(aStage(PROD));
    const text = JSON.stringify(app.synth().stacks.map(({ template }) => template));
    expect(text).not.toMatch(/"(SecretString|GenerateDistinctId)":/);
    const values = [...text.matchAll(/"HeaderName":"x-api-key","HeaderValue":(.{0,60})/g)];
    expect(values).toHaveLength(3);
    for (const [, value] of values) expect(value).toContain('{{resolve:secretsmanager:');
  });

  test('names the same assets in a second synth', () => {
    const assets = () =>
      anApp(aStage())
        .app.synth()
        .stacks.flatMap(({ template }) => JSON.stringify(template).match(/[0-9a-f]{64}/g) ?? []);
    expect(assets()).toEqual(assets());
  });
});
