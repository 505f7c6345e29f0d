import { describe, expect, test } from '@jest/globals';
import type { EnvironmentOf } from '../../../lib/function-env.ts';
import { aStage, resource, resourcesOf, templatesOf } from '../synth.ts';

const { service } = templatesOf(aStage());

describe('EnvironmentOf', () => {
  test('does not compile with a variable missing or one too many', () => {
    // @ts-expect-error `STOCK_TABLE` is missing.
    const missing: EnvironmentOf<'status'> = { CATALOGUE_TABLE: 'c' };
    // @ts-expect-error `BUS_NAME` is not read.
    const more: EnvironmentOf<'status'> = { CATALOGUE_TABLE: 'c', STOCK_TABLE: 's', BUS_NAME: 'b' };
    expect([missing, more]).toHaveLength(2);
  });
});

describe('SaleFunction', () => {
  test('keeps its logs for a while, not for ever', () => {
    for (const { Properties } of Object.values(resourcesOf(service, 'AWS::Logs::LogGroup'))) {
      expect(Properties['RetentionInDays']).toBe(7);
    }
  });

  test.each([
    ['RequestsBuy', 10],
    ['BackgroundRecord', 30],
    ['BackgroundSweep', 60],
    ['BackgroundOpen', 300],
  ])('runs %s for at most %i s', (prefix, seconds) => {
    const { Properties } = resource(service, 'AWS::Lambda::Function', prefix);
    expect(Properties['Timeout']).toBe(seconds);
  });
});
