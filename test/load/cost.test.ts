import { describe, expect, test } from '@jest/globals';
import { costOf } from '../../load/cost.ts';
import { between, tallyOf, usageSeen } from '../../load/usage.ts';
import { aCall, aLog, answer, NOTHING, REQUESTS } from './load-builders.ts';

describe('costOf()', () => {
  test('costs nothing when nothing was used', () => {
    expect(costOf(NOTHING).usd).toBe(0);
  });

  test('counts each request at the edge, and leaves the provider to pay for itself', () => {
    const requests = { ...REQUESTS, buy: 1_000_000, provider: 5 };
    const traffic = { requests, bytes: 2e9 };
    const { lines } = costOf({ ...NOTHING, edgeRequests: 1_000_000, traffic });
    expect(lines.slice(0, 4)).toEqual([
      { what: 'CloudFront requests', count: 1_000_000, usd: 1 },
      { what: 'CloudFront transfer, GB', count: 2, usd: 0.17 },
      { what: 'gate: function runs', count: 1_000_000, usd: expect.closeTo(0.1) },
      { what: 'gate: KeyValueStore reads', count: 3_000_000, usd: expect.closeTo(0.09) },
    ]);
  });

  test('adds up what functions asked for', () => {
    const calls = [
      aCall({ calls: 1_000_000, writeUnits: 1_000_000 }),
      aCall({ operation: 'BatchGetItem', readUnits: 1_000_000 }),
      aCall({ service: 'sqs', operation: 'SendMessage', calls: 1_000_000 }),
      aCall({ service: 'events', operation: 'PutEvents', calls: 1_000_000 }),
    ];
    const million = { apiRequests: 1_000_000, runs: 1_000_000, scheduled: 1_000_000 };
    const { usd, lines } = costOf({ ...NOTHING, ...million, calls });
    expect(Object.fromEntries(lines.slice(4).map((line) => [line.what, line.usd]))).toEqual({
      'API Gateway requests': 3.5,
      'Lambda runs': 0.2,
      'Lambda GB-seconds (assumed: 40 ms a run)': expect.closeTo(0.266668),
      'DynamoDB write units': 0.625,
      'DynamoDB read units': 0.125,
      'SQS calls': expect.closeTo(1.2),
      'EventBridge events': 1,
      'Scheduler runs': 1,
    });
    expect(usd).toBeCloseTo(7.916668);
  });
});

describe('tallyOf()', () => {
  const functions = (invocations: number) => {
    const count = { errors: 0, throttles: 0, coldStarts: 0 };
    return { Buy: { ...count, invocations }, Sweep: { ...count, invocations: 2 } };
  };
  const front = { '/api/*': { requests: 9, edge: 1, hits: 2, origin: 6 } };
  const api = { 'x/live': { requests: 6, throttled: { buy: 2 }, forbidden: 1 } };

  test('adds up what is paid for: no throttled and no refused request of the API', () => {
    expect(tallyOf({ front, waf: {}, api, functions: functions(5) })).toEqual({
      edgeRequests: 9,
      apiRequests: 3,
      runs: 7,
      scheduled: 2,
    });
  });

  test('can be told from an earlier one', () => {
    const before = tallyOf({ front: {}, waf: {}, api, functions: functions(1) });
    const after = tallyOf({ front, waf: {}, api, functions: functions(5) });
    const came = { edgeRequests: 9, apiRequests: 0, runs: 4, scheduled: 0 };
    expect(between(before, after)).toEqual(came);
  });
});

describe('usageSeen()', () => {
  test('leaves out what ends at the edge, and counts what the provider sends', () => {
    const answers = [
      answer({ status: 201 }),
      answer({ code: 'sold-out' }),
      answer({ code: 'not-open' }),
    ];
    const requests = { ...REQUESTS, buy: 3, order: 2, checkout: 1, provider: 2 };
    const log = aLog({ answers, traffic: { requests, bytes: 0 }, paid: ['x'] });
    expect(usageSeen(log)).toMatchObject({ edgeRequests: 7, apiRequests: 6, runs: 6 });
  });
});
