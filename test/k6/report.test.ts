import { describe, expect, test } from '@jest/globals';
import { LOCAL_SCENARIOS, notShown, saleOf } from '../../load/k6/local-sales.ts';
import { type K6Summary, type Report, reportOf } from '../../load/k6/report.ts';
import { htmlOf } from '../../load/k6/report-html.ts';
import { textOf } from '../../load/k6/report-text.ts';
import { count } from '../../load/k6/report-words.ts';
import { barsOf, ofPress, ofRule, thresholdsOf, timeOf } from '../../load/k6/rules.ts';
import { settingsOf } from './stages.ts';

const rate = (passes: number, fails: number) => ({
  values: { passes, fails, rate: passes / (passes + fails) },
});
const counter = (many: number) => ({ values: { count: many, rate: 1 } });
const trend = (values: Readonly<Record<string, number>>, ok?: boolean, expression = '') => ({
  values: { count: 9, ...values },
  ...(ok !== undefined && { thresholds: { [expression]: { ok } } }),
});

const summary = (metrics: K6Summary['metrics'] = {}): K6Summary => ({
  state: { testRunDurationMs: 10_000 },
  metrics: {
    sale_arrived: trend({ count: 1_500, max: 1_987.4 }),
    http_reqs: counter(12_345),
    sale_orders: counter(100),
    sale_units_held: counter(100),
    sale_units_paid: counter(70),
    [ofRule('one-order')]: rate(0, 120),
    [ofPress('granted')]: counter(100),
    [ofPress('sold-out')]: counter(1_400),
    [ofPress('busy')]: counter(0),
    [timeOf('buy')]: trend({ med: 12.34, 'p(95)': 99, 'p(99)': 120, max: 200 }),
    sale_behind_gate: trend({ 'p(95)': 99 }, true, 'p(95)<=200'),
    ...metrics,
  },
});

const reported = (metrics: K6Summary['metrics'] = {}, env: Record<string, string> = {}): Report =>
  reportOf(settingsOf({ UNITS: '100', ...env }), summary(metrics));

describe('reportOf()', () => {
  test('is correct and in time where nothing is wrong', () => {
    expect(reported()).toMatchObject({
      ...{ correct: true, inTime: 'kept', shoppers: 1_500, arrivedWithinSeconds: 1.99 },
      ...{ orders: 100, units: { held: 100, paid: 70, of: 100 }, requestsPerSecond: 1_235 },
      presses: [
        { name: 'sold-out', count: 1_400 },
        { name: 'granted', count: 100 },
      ],
      requests: [{ asked: 'buy', count: 9, p50: 12.3, p95: 99, p99: 120, max: 200 }],
    });
  });

  test.each([
    ['a rule that was broken once', { [ofRule('one-order')]: rate(1, 119) }],
    ['one unit too many held', { sale_units_held: counter(101) }],
    ['one unit too many paid', { sale_units_paid: counter(101) }],
    ['nobody who came', { sale_arrived: trend({ count: 0 }) }],
  ])('is not correct with %s', (_what, metrics) => {
    expect(reported(metrics).correct).toBe(false);
  });

  test('does not judge what nobody knows: how many units there are', () => {
    const report = reported({ sale_units_held: counter(999) }, { UNITS: '' });
    expect(report).toMatchObject({ correct: true });
    expect(report.rules.at(-1)).toMatchObject({ rule: 'no-oversell', judged: 0 });
  });

  test('misses a bar, and says which', () => {
    const report = reported({ sale_behind_gate: trend({ 'p(95)': 201 }, false, 'p(95)<=200') });
    expect(report).toMatchObject({ correct: true, inTime: 'missed' });
    expect(report.bars.map(({ verdict }) => verdict)).toEqual([
      ...['missed', 'not-measured', 'not-measured', 'kept'],
    ]);
  });

  test('judges no time where it is told so', () => {
    const slow = { sale_behind_gate: trend({ 'p(95)': 9_999 }) };
    expect(reported(slow, { JUDGE_TIME: 'no' })).toMatchObject({
      correct: true,
      inTime: 'not-judged',
    });
  });
});

describe('thresholdsOf()', () => {
  const seen = { codes: ['granted'], asked: ['buy'], kinds: ['forged'] };

  test('are rules and bars, and what only brings figures', () => {
    expect(thresholdsOf(settingsOf({ UNITS: '7' }), seen)).toMatchObject({
      'sale_broken{rule:one-order}': ['rate==0'],
      sale_units_held: ['count<=7'],
      sale_units_paid: ['count<=7'],
      sale_behind_gate: ['p(95)<=200'],
      sale_queue_lag: ['p(95)<=5000'],
      sale_errors: ['rate<=0.01'],
      dropped_iterations: ['count<=0'],
      'sale_presses{code:granted}': ['count>=0'],
      'http_req_duration{asked:buy}': ['max>=0'],
    });
  });

  test('leave all bars out where time is not judged, and no rule', () => {
    const settings = settingsOf({ JUDGE_TIME: 'no' });
    const names = Object.keys(thresholdsOf(settings, seen));
    expect(names).toEqual(expect.arrayContaining([ofRule('contract'), ofRule('script')]));
    for (const { metric } of barsOf(settings)) expect(names).not.toContain(metric);
  });
});

describe('textOf()', () => {
  test('says the verdict first, and shows every rule, bar and request', () => {
    const text = textOf(reported());
    expect(text.split('\n')[1]).toBe('Correct: no rule was broken; in time: 2 of 2 bars kept.');
    expect(text).toContain('shoppers  1,500 came within 1.99 s; the run took 10 s');
    expect(text).toContain('100 units held at once, 70 paid, of 100');
    expect(text).toContain('kept    one-order   no shopper has two open orders: 0 of 120 broken');
    expect(text).toContain('p95 behind the gate: 99 ms, at most 200 ms');
  });

  test('says what is broken', () => {
    const text = textOf(reported({ [ofRule('one-order')]: rate(1, 119) }));
    expect(text).toContain('NOT CORRECT: a rule was broken');
    expect(text).toContain('BROKEN  one-order');
  });

  test.each([
    ['says that fewer came than were asked for', '1501', '1,500 of 1,501 came', 'NOT IN'],
    ['says nothing of it where all came', '1500', '1,500 came', 'FEWER CAME'],
  ])('%s', (_what, shoppers, came, unsaid) => {
    const text = textOf(reported({}, { SHOPPERS: shoppers }));
    expect(text).toContain(`shoppers  ${came} within`);
    expect(text).not.toContain(unsaid);
    expect(text.includes('; FEWER CAME THAN WERE ASKED FOR.')).toBe(shoppers === '1501');
  });

  test('says when nothing was played', () => {
    const text = textOf(reported({ sale_arrived: trend({ count: 0 }) }));
    expect(text).toContain('NOTHING WAS PLAYED: nobody came.');
  });
});

describe('htmlOf()', () => {
  test('is a page of its own: no script, nothing fetched', () => {
    const html = htmlOf(reported());
    expect(html).not.toMatch(/<script|<link|<img|src=|@import|url\(/);
    expect(html).toContain("default-src 'none'");
    expect(html).toContain('class="verdict good"');
  });

  test.each([
    ['bad', { [ofRule('one-order')]: rate(1, 119) }],
    ['warn', { sale_behind_gate: trend({ 'p(95)': 201 }, false, 'p(95)<=200') }],
  ])('shows a verdict that is %s', (name, metrics) => {
    expect(htmlOf(reported(metrics))).toContain(`class="verdict ${name}"`);
  });

  test('warns where fewer came than were asked for', () => {
    expect(htmlOf(reported({}, { SHOPPERS: '2000' }))).toContain('class="verdict warn"');
  });

  test('escapes what came from outside', () => {
    const html = htmlOf({ ...reported(), sale: '<b>"&' });
    expect(html).toContain('sale &lt;b&gt;&quot;&amp;');
    expect(html).not.toContain('<b>"');
  });
});

test.each([
  [0, '0'],
  [999, '999'],
  [1_000, '1,000'],
  [1_234_567.8, '1,234,567.8'],
])('count() of %d is %s', (value, text) => {
  expect(count(value)).toBe(text);
});

describe('notShown()', () => {
  const spike = LOCAL_SCENARIOS.find(({ name }) => name === 'spike')!;
  const seen = Object.fromEntries(
    ['contract', 'one-order', 'limit', 'order-kept', 'not-early', 'script'].map((rule) => [
      `sale_broken{rule:${rule}}`,
      rate(0, 1),
    ]),
  );

  test('is nothing where everything was looked at', () => {
    expect(notShown(spike, reported(seen))).toEqual([]);
  });

  test('names a rule that was never looked at, and an answer that nobody got', () => {
    expect(notShown(spike, reported({ ...seen, [ofRule('limit')]: rate(0, 0) }))).toEqual([
      'rule limit was never looked at',
    ]);
    expect(notShown(spike, reported({ ...seen, [ofPress('sold-out')]: counter(0) }))).toEqual([
      'no press was answered sold-out',
    ]);
  });

  test('wants every kind of bad press from abuse', () => {
    const abuse = LOCAL_SCENARIOS.find(({ name }) => name === 'abuse')!;
    expect(notShown(abuse, reported(seen))).toContain('nobody tried: forged');
  });
});

test.each(LOCAL_SCENARIOS)('$name has settings that its script reads', (scenario) => {
  expect(() => settingsOf(scenario.env(5), scenario.name)).not.toThrow();
  expect(saleOf(scenario, 0)).toMatchObject({ id: `load-${scenario.name}` });
});
