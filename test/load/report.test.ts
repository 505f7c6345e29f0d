import { describe, expect, test } from '@jest/globals';
import { effortOf, hasBrokenPromise, latencyOf } from '../../load/report.ts';
import { aCall, aLog, answer, aReport, broken } from './load-builders.ts';

describe('effortOf()', () => {
  test('tells writes from reads and from other calls, for each of so many', () => {
    const calls = [
      aCall({ calls: 4, writeUnits: 6 }),
      aCall({ operation: 'PutItem', calls: 2, writeUnits: 2 }),
      aCall({ operation: 'BatchGetItem', calls: 2, readUnits: 3 }),
      aCall({ service: 'sqs', operation: 'SendMessage', calls: 2 }),
      aCall({ service: 'events', operation: 'PutEvents', calls: 2 }),
    ];
    expect(effortOf(calls, 2)).toEqual({
      dynamoWrites: 3,
      dynamoReads: 1,
      writeUnits: 4,
      readUnits: 1.5,
      sqs: 1,
      other: 1,
    });
  });
});

describe('latencyOf()', () => {
  test('takes the nearest rank', () => {
    const tookMs = Array.from({ length: 100 }, (_, index) => 100 - index);
    expect(latencyOf(tookMs)).toEqual({ p50: 50, p95: 95, p99: 99, max: 100 });
  });

  test('is nothing of nothing', () => {
    expect(latencyOf([])).toEqual({ p50: 0, p95: 0, p99: 0, max: 0 });
  });
});

describe('reportOf()', () => {
  test('counts an order once, however often it was answered, and refusals by code', () => {
    expect(aReport()).toMatchObject({
      attempts: 5,
      wins: 1,
      paid: 1,
      rejects: { 'sold-out': 2, busy: 1 },
    });
  });

  test('counts a refusal without a code', () => {
    const log = aLog({ answers: [answer({})] });
    expect(aReport({ log }).rejects).toEqual({ unknown: 1 });
  });

  test('names the ids that break a promise, and says why beside', () => {
    const { promises, findings } = aReport({ verdict: broken(1) });
    expect(promises['no-oversell']).toEqual(['s-0']);
    expect(promises['no-leak']).toBe(true);
    expect(findings).toEqual([{ promise: 'no-oversell', id: 's-0', what: 'is gone' }]);
  });
});

describe('hasBrokenPromise()', () => {
  test('says so of a list alone', () => {
    expect(hasBrokenPromise(aReport({ verdict: broken(1) }))).toBe(true);
    expect(hasBrokenPromise(aReport())).toBe(false);
  });
});
