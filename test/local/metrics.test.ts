import { describe, expect, test } from '@jest/globals';
import { Metrics } from '../../local/metrics.ts';

const line = (
  values: object,
  Dimensions: readonly (readonly string[])[] | undefined = [['Sale']],
) =>
  JSON.stringify({
    _aws: {
      Timestamp: 1,
      CloudWatchMetrics: [
        {
          Namespace: 'Shop',
          ...(Dimensions && { Dimensions }),
          Metrics: Object.keys(values).map((Name) => ({ Name, Unit: 'Count' })),
        },
      ],
    },
    Sale: 'night',
    ...values,
  });

describe('Metrics', () => {
  test('adds up what functions print, by dimensions', () => {
    const metrics = new Metrics();
    expect(metrics.read(line({ Held: 2 }))).toBe(true);
    expect(metrics.read(line({ Held: [3, 4] }))).toBe(true);
    expect(metrics.read(line({ Held: 10 }, []))).toBe(true);
    expect(metrics.sum('Shop', 'Held', { Sale: 'night' })).toBe(9);
    expect(metrics.sum('Shop', 'Held')).toBe(19);
    expect(metrics.sum('Shop', 'Held', { Sale: 'day' })).toBe(0);
    expect(metrics.sum('Other', 'Held')).toBe(0);
    expect(metrics.snapshot()[0]).toMatchObject({ count: 3, max: 4, last: 4, unit: 'Count' });
    metrics.reset();
    expect(metrics.snapshot()).toEqual([]);
  });

  test.each(['plain text', '{"_aws": broken', '{"_aws":{}}'])('leaves %j to the log', (text) => {
    expect(new Metrics().read(text)).toBe(false);
  });
});
