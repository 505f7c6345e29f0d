import { describe, expect, test } from '@jest/globals';
import type { Answer } from '../../domain/preflight-facts.ts';
import { type Learnt, learnt, unknown } from '../../domain/preflight-line.ts';
import { clockLine, dataLine, flagLine, listLine, pageLine } from '../../domain/preflight-page.ts';
import type { PublishedSale } from '../../domain/sale.ts';

const OPENS_AT = 1_800_000_000_000;

const sale = { id: 'night', opensAt: OPENS_AT, doorKey: 'door' } as PublishedSale;

const answer = (
  body: string,
  { cache = 'public, max-age=1', status = 200, headers = {} } = {},
): Learnt<Answer> =>
  learnt({
    status,
    headers: { 'content-type': 'text/html', 'cache-control': cache, ...headers },
    body,
  });

const flag = (members: object) => `window.flashSale=${JSON.stringify(members)};\n`;

describe('flagLine()', () => {
  const early = (fact: Learnt<Answer>) => flagLine(sale, fact, OPENS_AT - 1).verdict;
  const open = (fact: Learnt<Answer>) => flagLine(sale, fact, OPENS_AT);

  test('wants the closed version until the last millisecond before the opening, and the open one from then on', () => {
    const closed = answer(flag({ saleStarted: false }));
    const started = answer(flag({ saleStarted: true, doorKey: 'door' }));
    expect([early(closed), open(closed).verdict]).toEqual(['pass', 'fail']);
    expect([early(started), open(started).verdict]).toEqual(['fail', 'pass']);
  });

  test.each([
    ['public, max-age=1', 'pass'],
    ['public, max-age=2', 'fail'],
    ['public, max-age=1, s-maxage=2', 'fail'],
    ['no-transform', 'fail'],
  ])('takes a closed version with "%s" for: %s', (cache, verdict) => {
    expect(early(answer(flag({ saleStarted: false }), { cache }))).toBe(verdict);
  });

  test('takes a closed version for wrong that says nothing of its age', () => {
    const { value } = answer(flag({ saleStarted: false })) as { value: Answer };
    const line = flagLine(sale, learnt({ ...value, headers: {} }), OPENS_AT - 1);
    expect([line.verdict, line.found]).toEqual(['fail', 'closed, no cache-control']);
  });

  test('names what else there can be', () => {
    const found = (body: string) => open(answer(body)).found;
    expect(found(flag({ saleStarted: false, saleEnded: true }))).toBe('ended');
    expect(found(flag({ saleStarted: true, doorKey: 'other' }))).toBe('open with another door key');
    expect(found('<html>')).toBe('unreadable');
  });
});

describe('pageLine()', () => {
  test.each([
    ['a page', answer('<html>'), 'pass', 'text/html'],
    [
      'another type',
      answer('', { headers: { 'content-type': 'text/plain' } }),
      'fail',
      'text/plain',
    ],
    ['no page', answer('', { status: 404 }), 'fail', 'it answers 404'],
    ['nobody', unknown('nobody answers (ECONNREFUSED)'), 'fail', 'nobody answers (ECONNREFUSED)'],
    [
      'a puzzle',
      answer('', { status: 202, headers: { 'x-amzn-waf-action': 'challenge' } }),
      'not-judged',
      'AWS WAF',
    ],
  ] as const)('judges %s', (_, fact, verdict, found) => {
    const line = pageLine(fact);
    expect([line.verdict, line.found]).toEqual([verdict, expect.stringContaining(found)]);
  });

  test('fails what has no type', () => {
    const line = pageLine(learnt({ status: 200, headers: {}, body: '' }));
    expect([line.verdict, line.found]).toEqual(['fail', 'no type']);
  });
});

describe('dataLine()', () => {
  const wanted = { id: 'night', items: [{ sku: 'lamp', priceMinor: 5 }], signIn: undefined };

  test('finds the same sale, whatever the order of its members', () => {
    expect(
      dataLine(wanted, answer('{"items":[{"priceMinor":5,"sku":"lamp"}],"id":"night"}')).verdict,
    ).toBe('pass');
    expect(
      dataLine(wanted, answer('{"items":[{"priceMinor":6,"sku":"lamp"}],"id":"night"}')).verdict,
    ).toBe('fail');
    expect(dataLine(wanted, answer('{')).verdict).toBe('fail');
  });

  test('wants it young', () => {
    const { found } = dataLine(wanted, answer('{}', { cache: 'max-age=60' }));
    expect(found).toBe('max-age=60');
  });
});

describe('listLine()', () => {
  test.each([
    [{ sales: [{ id: 'night', opensAtEpochMs: OPENS_AT }] }, 'pass', 'listed'],
    [
      { sales: [{ id: 'night', opensAtEpochMs: OPENS_AT + 1 }] },
      'fail',
      'listed with another opening',
    ],
    [{ sales: [{ id: 'day', opensAtEpochMs: OPENS_AT }] }, 'fail', 'it is not listed'],
    [{}, 'fail', 'it is not listed'],
  ])('judges %j', (list, verdict, found) => {
    expect(listLine(sale, answer(JSON.stringify(list)))).toMatchObject({ verdict, found });
  });

  test('fails a list that nobody can read', () => {
    expect(listLine(sale, answer('')).verdict).toBe('fail');
  });
});

describe('clockLine()', () => {
  test.each([
    [2000, 0, 'pass'],
    [2001, 0, 'warn'],
    [-2001, 0, 'warn'],
    // As wrong as the way there and back allows.
    [2021, 21, 'pass'],
    [2022, 21, 'warn'],
    [60_000, 0, 'warn'],
    [60_001, 0, 'fail'],
    [-60_001, 0, 'fail'],
  ])('judges %i ms ahead, give or take %i: %s', (aheadMs, errorMs, verdict) => {
    expect(clockLine(learnt({ aheadMs, errorMs })).verdict).toBe(verdict);
  });

  test('says which way', () => {
    const found = (aheadMs: number) => clockLine(learnt({ aheadMs, errorMs: 4 })).found;
    expect([found(30), found(-30)]).toEqual([
      '30 ms ahead, give or take 4',
      '30 ms behind, give or take 4',
    ]);
  });

  test('does not judge a clock that cannot be asked', () => {
    expect(clockLine(unknown('it answers 403')).verdict).toBe('not-judged');
  });
});
