/** A plan computes with `capacity/sizes.ts`: what is deployed must be of these sizes. */

import { describe, expect, test } from '@jest/globals';
import { limitsIn } from '../../capacity/limits.ts';
import { FUNCTION_MEMORY_MB, ORDERS_BATCH } from '../../capacity/sizes.ts';
import { aStage, PROD, resource, resourcesOf, templatesOf } from './synth.ts';

const STAGES = { dev: aStage(), prod: aStage(PROD) } as const;

describe.each(['dev', 'prod'] as const)('the sizes of %s', (name) => {
  const { service } = templatesOf(STAGES[name]);
  const limits = limitsIn('us-east-1', name);
  const throttles = Object.values(resourcesOf(service, 'AWS::ApiGateway::UsagePlan')).map(
    ({ Properties }) => Properties['Throttle'],
  );

  test('are those of the usage plans', () => {
    expect(throttles).toContainEqual({ RateLimit: limits.buyRate, BurstLimit: limits.buyBurst });
    expect(throttles).toContainEqual({
      RateLimit: limits.browseRate,
      BurstLimit: limits.browseBurst,
    });
  });

  test('are those of what is kept ready', () => {
    expect(service.findParameters('MostWarm')['MostWarm']?.['Default']).toBe(
      String(limits.mostReady),
    );
  });

  test('are those of the functions and their queues', () => {
    const buy = resource(service, 'AWS::Lambda::Function', 'RequestsBuy').Properties;
    expect(buy['MemorySize']).toBe(FUNCTION_MEMORY_MB);
    expect(buy['ReservedConcurrentExecutions'] ?? limits.concurrency).toBe(limits.buyEnvironments);
    const source = (prefix: string) =>
      resource(service, 'AWS::Lambda::EventSourceMapping', prefix).Properties;
    expect(source('Orders')).toMatchObject({
      BatchSize: ORDERS_BATCH,
      ScalingConfig: { MaximumConcurrency: limits.recordBatches },
    });
    expect(source('Sweeps')).toMatchObject({
      ScalingConfig: { MaximumConcurrency: limits.sweepRanges },
    });
  });
});
