import { describe, expect, test } from '@jest/globals';
import { metricLine } from '../../adapters/metrics.ts';

const directive = (line: string) => JSON.parse(line)['_aws'].CloudWatchMetrics[0];

describe('metricLine()', () => {
  test('is one line in the embedded metric format, by its dimensions and by function', () => {
    const line = metricLine({ Sale: 'night', Sku: 'lamp' }, { Units: 5, LagSeconds: [1, 2] }, 7);
    expect(line).not.toContain('\n');
    expect(JSON.parse(line)).toEqual({
      _aws: {
        Timestamp: 7,
        CloudWatchMetrics: [
          {
            Namespace: 'FlashSale',
            Dimensions: [['Sale', 'Sku'], ['FunctionName']],
            Metrics: [
              { Name: 'Units', Unit: 'Count' },
              { Name: 'LagSeconds', Unit: 'Seconds' },
            ],
          },
        ],
      },
      ...{ Sale: 'night', Sku: 'lamp', FunctionName: 'none', Units: 5, LagSeconds: [1, 2] },
    });
  });

  test('is by function alone where nothing else is said', () => {
    expect(directive(metricLine({}, { Failed: 1 }, 7)).Dimensions).toEqual([['FunctionName']]);
  });

  test('leaves the function out where many functions or none are meant', () => {
    const options = { below: '/Answers', byFunction: false };
    const line = metricLine({ Sale: 'night' }, { 'sold-out': 1 }, 7, options);
    const expected = { Namespace: 'FlashSale/Answers', Dimensions: [['Sale']] };
    expect(directive(line)).toMatchObject(expected);
    expect(line).not.toContain('FunctionName');
  });
});
