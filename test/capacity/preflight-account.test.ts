import { describe, expect, test } from '@jest/globals';
import { LIMITS, limitsIn } from '../../capacity/limits.ts';
import {
  apiLines,
  edgeLine,
  lambdaLines,
  provisionedLine,
  tableRateLines,
} from '../../capacity/preflight-account.ts';
import { type Needs, needsOf } from '../../capacity/preflight-needs.ts';
import type { ApiFacts, LambdaFacts, TableFacts } from '../../domain/preflight-facts.ts';
import { learnt, unknown } from '../../domain/preflight-line.ts';
import type { Sale } from '../../domain/sale.ts';

const needs = (changes: Partial<Needs>): Needs =>
  ({ ...Object.fromEntries(Object.keys(LIMITS).map((name) => [name, 0])), ...changes }) as Needs;

const applied = (value: number) => learnt({ value, is: 'applied' as const });

const nobody = unknown('denied');

describe('apiLines()', () => {
  const METHOD = '/api/sales/{sale}/{doorKey}/orders/POST';
  const judged = (facts: Partial<ApiFacts>, changes: Partial<Needs>) => {
    const lines = apiLines(
      { account: nobody, plans: nobody, method: nobody, ...facts },
      needs(changes),
    );
    return (id: string) => lines.find((line) => line.id === id);
  };

  test('passes a rate that is just what is needed, and asks for more below', () => {
    const account = learnt({ rate: 12_345, burst: 5000 });
    expect(judged({ account }, { apiRate: 12_345 })('api-rate')?.verdict).toBe('pass');
    expect(judged({ account }, { apiRate: 12_346 })('api-rate')).toMatchObject({
      verdict: 'fail',
      quota: { service: 'apigateway', code: 'L-8A5B8E43' },
      ask: { service: 'apigateway', code: 'L-8A5B8E43', value: 13_000 },
    });
  });

  test('takes the tighter of a plan’s own rate and that of the buy method', () => {
    const plan = (methodRate: number) =>
      learnt([
        {
          ...{ name: 'Buy', rate: 500, burst: 500 },
          methods: { [METHOD]: { rate: methodRate, burst: 500 } },
        },
      ]);
    expect(judged({ plans: plan(400) }, { buyRate: 400 })('buy-plan')?.verdict).toBe('pass');
    expect(judged({ plans: plan(399) }, { buyRate: 400 })('buy-plan')?.verdict).toBe('fail');
    expect(judged({ plans: plan(400) }, { buyRate: 1, buyBurst: 501 })('buy-plan')?.verdict).toBe(
      'fail',
    );
  });

  test('fails a plan that is not there', () => {
    const line = judged({ plans: learnt([]) }, {})('browse-plan');
    expect([line?.verdict, line?.found]).toEqual(['fail', 'no plan knows /api/session/POST']);
  });
});

describe('lambdaLines()', () => {
  const facts = (reserved: number | 'unreserved', unreserved: number): LambdaFacts => {
    const fn = { reserved: learnt(reserved), version: nobody, provisioned: nobody };
    return { account: learnt({ total: 1000, unreserved }), buy: fn, record: fn };
  };
  const judged = (given: LambdaFacts) =>
    lambdaLines(given, needs({ buyEnvironments: 50, recordBatches: 50 })).map(
      ({ verdict }) => verdict,
    );

  test('compares what is reserved, or what the account has left where nothing is', () => {
    expect(judged(facts(50, 0))).toEqual(['pass', 'pass', 'pass']);
    expect(judged(facts(49, 900))).toEqual(['pass', 'fail', 'warn']);
    expect(judged(facts('unreserved', 50))).toEqual(['pass', 'pass', 'pass']);
    expect(judged(facts('unreserved', 49))).toEqual(['pass', 'fail', 'warn']);
  });
});

describe('provisionedLine()', () => {
  const ready = (available: number, status = 'READY') =>
    learnt({ requested: 60, available, status });
  const judge = (fact: Parameters<typeof provisionedLine>[0], now = 1000, most = 250) =>
    provisionedLine(fact, { wanted: 60, most, due: 1000 }, now).verdict;

  test('judges from 15 minutes before the opening on, and not a millisecond earlier', () => {
    expect(judge(learnt('none'), 999)).toBe('not-judged');
    expect(judge(learnt('none'), 1000)).toBe('fail');
  });

  test('wants all of them READY', () => {
    expect([judge(ready(60)), judge(ready(59))]).toEqual(['pass', 'fail']);
    expect(judge(ready(60, 'FAILED'))).toBe('fail');
    expect(judge(nobody)).toBe('not-judged');
  });

  test('warns while they are being started, if enough were asked for', () => {
    expect(judge(ready(10, 'IN_PROGRESS'))).toBe('warn');
    const few = learnt({ requested: 59, available: 10, status: 'IN_PROGRESS' });
    expect(judge(few)).toBe('fail');
  });

  test('tells why they failed', () => {
    const fact = learnt({ requested: 60, available: 0, status: 'FAILED', reason: 'out of them' });
    const { found } = provisionedLine(fact, { wanted: 60, most: 250, due: 0 }, 0);
    expect(found).toBe('0 of 60 FAILED: out of them');
  });

  test('warns where the stage keeps fewer, whatever is there', () => {
    expect([judge(ready(60), 1000, 60), judge(ready(60), 1000, 59)]).toEqual(['pass', 'warn']);
  });
});

describe('tableRateLines()', () => {
  const stock = (changes: object = {}): TableFacts => ({
    name: 'Stock',
    description: learnt({ status: 'ACTIVE', isProtected: true, ...changes }),
    recovery: nobody,
  });
  const judge = (quota: number, table: TableFacts, need = 5000) =>
    tableRateLines(applied(quota), table, needs({ tableWrites: need, warmWrites: need }));

  test('compares the quota, or the ceiling of the table where that is lower', () => {
    expect(judge(5000, stock())[0]?.verdict).toBe('pass');
    expect(judge(4999, stock())[0]).toMatchObject({ verdict: 'fail', ask: { code: 'L-AB614373' } });
    expect(judge(40_000, stock({ maxWrites: 5000 }))[0]?.verdict).toBe('pass');
    const capped = judge(40_000, stock({ maxWrites: 4999 }))[0];
    expect([capped?.verdict, capped?.ask]).toEqual(['fail', undefined]);
  });

  test('compares warm throughput, where this place has any', () => {
    expect(judge(1, stock({ warmWrites: 5000 }))[1]?.verdict).toBe('pass');
    expect(judge(1, stock({ warmWrites: 4999 }))[1]?.verdict).toBe('fail');
    expect(judge(1, stock())[1]?.verdict).toBe('not-judged');
  });

  test('says of a default that it is one', () => {
    const fact = learnt({ value: 40_000, is: 'default' as const });
    const [line] = tableRateLines(fact, stock(), needs({}));
    expect(line?.found).toBe('40,000 (the default)');
  });
});

describe('edgeLine()', () => {
  const listed = (value: number) => learnt({ value, is: 'applied' as const, code: 'L-1' });

  test('asks for more in us-east-1, where the quota is kept', () => {
    expect(edgeLine(listed(300_000), needs({ edgeRequests: 300_000 })).verdict).toBe('pass');
    expect(edgeLine(listed(300_000), needs({ edgeRequests: 300_001 }))).toMatchObject({
      verdict: 'fail',
      ask: { service: 'cloudfront', code: 'L-1', value: 310_000, region: 'us-east-1' },
    });
  });

  test('takes the documented default where it is not listed, and judges nothing above', () => {
    const { value } = LIMITS.edgeRequests;
    const judge = (edgeRequests: number) => edgeLine(learnt('not-listed'), needs({ edgeRequests }));
    expect([judge(value).verdict, judge(value + 1).verdict]).toEqual(['pass', 'not-judged']);
    expect(judge(value + 1).advice).toContain('AWS Support');
  });
});

describe('needsOf()', () => {
  const limits = limitsIn('us-east-1');
  const sale = (expectedShoppers: number, perSecond: number) =>
    ({
      ...{ id: 'night', opensAt: 0, closesAt: 3_600_000, paymentWindow: 900 },
      admission: { expectedShoppers, perSecond, difficulty: 0, ticketSeconds: 10 },
      items: [{ sku: 'lamp', units: 1000, limit: 1 }],
    }) as unknown as Sale;

  test('adds up rates of sales, and counts what they share once', () => {
    const one = needsOf([sale(10_000, 500)], limits);
    const two = needsOf([sale(10_000, 500), sale(10_000, 500)], limits);
    expect(two.buyRate).toBe(2 * one.buyRate);
    expect(two.concurrency).toBe(one.concurrency + one.buyEnvironments);
    expect([one.schedulesRun, two.schedulesRun]).toEqual([2, 3]);
  });

  test('takes the rate of a sale that expects nobody for its first second', () => {
    expect(needsOf([sale(0, 500)], limits).buyRate).toBeCloseTo(500);
  });

  test('believes whoever knows better how many come', () => {
    expect(needsOf([sale(10_000, 500)], limits, 20_000).buyRate).toBe(1000);
  });
});
