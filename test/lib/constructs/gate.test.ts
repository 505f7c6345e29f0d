import { describe, expect, test } from '@jest/globals';
import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { KeyValueStore } from 'aws-cdk-lib/aws-cloudfront';
import { Gate, MAX_GATE_BYTES } from '../../../lib/constructs/gate.ts';

function aGate(code?: string) {
  const stack = new Stack(new App({ builtinCloudFormationValidation: false }), 'Test');
  const store = new KeyValueStore(stack, 'Store');
  new Gate(stack, 'Gate', { store, ...(code !== undefined && { code }) });
  return Template.fromStack(stack);
}

describe('Gate', () => {
  test('takes as many bytes as CloudFront does', () => {
    expect(() => aGate('x'.repeat(MAX_GATE_BYTES))).not.toThrow();
  });

  test('refuses one byte more, naming both sizes', () => {
    expect(() => aGate('x'.repeat(MAX_GATE_BYTES + 1))).toThrow(
      'Cannot deploy the gate: 10241 bytes is above the 10240 that CloudFront takes',
    );
  });

  test('counts bytes, not characters', () => {
    expect(() => aGate('é'.repeat(MAX_GATE_BYTES / 2 + 1))).toThrow(/10242 bytes/);
  });

  test('deploys the built gate on runtime 2.0 with its store', () => {
    const template = aGate();
    template.hasResourceProperties('AWS::CloudFront::Function', {
      AutoPublish: true,
      FunctionConfig: { Runtime: 'cloudfront-js-2.0' },
    });
    const [gate] = Object.values(template.findResources('AWS::CloudFront::Function'));
    expect(gate?.['Properties'].FunctionCode).toMatch(/function handler\(/);
    expect(gate?.['Properties'].FunctionCode).not.toMatch(/\bexport\b/);
    expect(gate?.['Properties'].FunctionConfig.KeyValueStoreAssociations).toHaveLength(1);
  });
});
