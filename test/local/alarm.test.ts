import { describe, expect, test } from '@jest/globals';
import { accessLog } from '../../local/cloudwatch/access-log.ts';
import { type AlarmSpec, evaluate } from '../../local/cloudwatch/alarm.ts';
import { patternOf } from '../../local/cloudwatch/log-filter.ts';
import { statisticOf } from '../../local/cloudwatch/statistic.ts';
import { Metrics } from '../../local/metrics.ts';

const MINUTE_MS = 60_000;
const NOW = 100 * MINUTE_MS;
const METRIC = { namespace: 'Shop', name: 'Lost', dimensions: { Sale: 'night' } };

const anAlarm = (changes: Partial<AlarmSpec> = {}): AlarmSpec => ({
  ...{ name: 'Lost', description: '', periodMs: MINUTE_MS, actions: [] },
  ...{ comparison: 'GreaterThanThreshold', threshold: 5, periods: 3, breachingPeriods: 2 },
  watched: { metric: METRIC, statistic: 'Sum' },
  missing: 'notBreaching',
  ...changes,
});

/** Metrics with one value in each of the last whole minutes, the oldest first. */
function metricsWith(...values: readonly (number | undefined)[]): Metrics {
  const metrics = new Metrics();
  values.forEach((value, index) => {
    const at = NOW - (values.length - index) * MINUTE_MS;
    if (value !== undefined) metrics.series(METRIC).add(value, at);
  });
  return metrics;
}

const stateOf = (alarm: AlarmSpec, ...values: readonly (number | undefined)[]) =>
  evaluate(alarm, metricsWith(...values), NOW).state;

describe('evaluate()', () => {
  test('is in alarm when so many of the last periods breach, and not one fewer', () => {
    expect(stateOf(anAlarm(), 6, 0, 6)).toBe('ALARM');
    expect(stateOf(anAlarm(), 0, 0, 6)).toBe('OK');
    expect(stateOf(anAlarm(), 6, 6, 0, 0)).toBe('OK');
  });

  test.each([
    ['GreaterThanThreshold', 5, 6],
    ['GreaterThanOrEqualToThreshold', 4, 5],
    ['LessThanThreshold', 5, 4],
    ['LessThanOrEqualToThreshold', 6, 5],
  ])('%s is not met at %p, and is at %p', (comparison, inside, outside) => {
    const alarm = anAlarm({ comparison, periods: 1, breachingPeriods: 1 });
    expect([stateOf(alarm, inside), stateOf(alarm, outside)]).toEqual(['OK', 'ALARM']);
  });

  test('waits for the end of a minute', () => {
    const metrics = new Metrics();
    const alarm = anAlarm({ periods: 1, breachingPeriods: 1 });
    metrics.series(METRIC).add(6, NOW);
    expect(evaluate(alarm, metrics, NOW + MINUTE_MS - 1).state).toBe('OK');
    expect(evaluate(alarm, metrics, NOW + MINUTE_MS).state).toBe('ALARM');
    expect(evaluate(alarm, metrics, NOW + 2 * MINUTE_MS).state).toBe('OK');
  });

  test('moves longer periods on with every minute', () => {
    const alarm = anAlarm({ periodMs: 3 * MINUTE_MS, periods: 1, breachingPeriods: 1 });
    expect(stateOf(alarm, 6, 0, 0)).toBe('ALARM');
    expect(stateOf(alarm, 6, 0, 0, 0)).toBe('OK');
  });

  test('takes missing periods as it is told', () => {
    expect(stateOf(anAlarm())).toBe('OK');
    expect(stateOf(anAlarm({ missing: 'breaching' }), undefined, undefined, 0)).toBe('ALARM');
    expect(stateOf(anAlarm({ missing: 'missing' }))).toBe('INSUFFICIENT_DATA');
    expect(stateOf(anAlarm({ missing: 'missing' }), 0)).toBe('OK');
  });

  test('computes a formula over metrics', () => {
    const of = { a: { metric: METRIC, statistic: 'Sum' }, b: { metric: METRIC, statistic: 'p50' } };
    const alarm = anAlarm({ watched: { formula: 'FILL(a, 0) + FILL(b, 0)', of } });
    expect(evaluate(alarm, metricsWith(3, undefined, 2), NOW)).toMatchObject({
      ...{ state: 'OK', values: [6, 0, 4], reason: '1 of 3 periods breach 5: 6, 0, 4' },
    });
  });

  test('refuses a comparison that it does not know', () => {
    expect(() => stateOf(anAlarm({ comparison: 'GreaterThanUpperThreshold' }))).toThrow(
      'Cannot watch "Lost": comparison "GreaterThanUpperThreshold" is unknown here',
    );
  });
});

describe('statisticOf()', () => {
  const metrics = new Metrics();
  for (let value = 1; value <= 100; value++) metrics.series(METRIC).add(value, NOW);
  const buckets = metrics.between(METRIC, NOW, NOW + 1);

  test.each([
    ['Sum', 5050],
    ['SampleCount', 100],
    ['Average', 50.5],
    ['Minimum', 1],
    ['Maximum', 100],
    ['p50', 50],
    ['p99', 99],
    ['p99.9', 100],
  ])('%s of 1 to 100 is %p', (name, value) => {
    expect(statisticOf(name)(buckets)).toBe(value);
  });

  test('refuses others', () => {
    expect(() => statisticOf('TM(10%:90%)')).toThrow('statistic "TM(10%:90%)" is unknown');
  });
});

describe('patternOf()', () => {
  test.each([
    ['{ $.error = "THROTTLED" }', { error: 'THROTTLED' }, true],
    ['{ $.error = "THROTTLED" }', { error: 'THROTTLED2' }, false],
    ['{ $.status = "5*" && $.error != "-" }', { status: '504', error: 'X' }, true],
    ['{ $.status = "5*" && $.error != "-" }', { status: '503', error: '-' }, false],
    ['{ $.status = "5*" && $.error != "-" }', { status: '429', error: 'X' }, false],
  ])('%s and %j: %p', (pattern, line, matches) => {
    expect(patternOf(pattern)(line)).toBe(matches);
  });

  test.each(['[a, b]', '{ $.status > 500 }', 'ERROR'])('refuses %s', (pattern) => {
    expect(() => patternOf(pattern)).toThrow('is unknown to the local stack');
  });
});

describe('accessLog()', () => {
  test("feeds the filters of its own log group with the API's own answers", () => {
    const metrics = new Metrics();
    const filter = { pattern: '{ $.error = "THROTTLED" }', value: 1 };
    const spec = {
      destinationArn: 'arn:aws:logs:us-east-1:000000000000:Access',
      format: '{"status":"$context.status","error":"$context.error.responseType","x":"$context.x"}',
    };
    const filters = ['Access', 'Other'].map((logGroup) => ({
      ...{ ...filter, logGroup, metric: { ...METRIC, name: logGroup } },
    }));
    const write = accessLog(spec, filters, metrics);
    write({ status: 429, error: 'THROTTLED' }, NOW);
    write({ status: 429, error: undefined }, NOW);
    expect(metrics.snapshot()).toMatchObject([{ name: 'Access', sum: 1, count: 1 }]);
  });
});
