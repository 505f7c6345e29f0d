import { describe, expect, test } from '@jest/globals';
import { distributionLine, versionLine } from '../../domain/preflight-deployment.ts';
import type { FunctionFacts } from '../../domain/preflight-facts.ts';
import { learnt, unknown } from '../../domain/preflight-line.ts';
import { alarmLines, deadLettersLine, schedulesLine } from '../../domain/preflight-watch.ts';

describe('schedulesLine()', () => {
  const AT = 1_000_000;
  const wanted = { name: 'night-open', at: AT, until: AT, target: 'arn:open' };
  const judge = (fact: Parameters<typeof schedulesLine>[0][number]['fact'], now = AT - 1000) =>
    schedulesLine([{ wanted, fact }], now);
  const set = (changes: object = {}) =>
    learnt({ state: 'ENABLED', at: AT as number | undefined, target: 'arn:open', ...changes });

  test.each([
    // Schedules have whole seconds.
    [AT - 999, 'pass'],
    [AT - 1000, 'fail'],
    [AT + 999, 'pass'],
    [AT + 1000, 'fail'],
    [undefined, 'fail'],
  ])('set for %s instead of 1,000,000: %s', (at, verdict) => {
    expect(judge(set({ at }), AT - 100_000).verdict).toBe(verdict);
  });

  test('lets one be late that was made late, and fires within the minute', () => {
    const now = AT + 5000;
    expect(judge(set({ at: now + 60_000 }), now).verdict).toBe('pass');
    expect(judge(set({ at: now + 60_001 }), now).verdict).toBe('fail');
  });

  test('misses one until it has fired', () => {
    expect(judge(learnt('missing'), AT - 1)).toMatchObject({ found: 'night-open is missing' });
    expect(judge(learnt('missing'), AT).verdict).toBe('pass');
  });

  test('tells one that is disabled, and one that calls somebody else', () => {
    expect(judge(set({ state: 'DISABLED' })).found).toBe('night-open is DISABLED');
    expect(judge(set({ target: 'arn:close' })).found).toBe('night-open calls arn:close');
    expect(judge(set({ at: undefined })).found).toContain('night-open is at no instant');
  });

  test('judges none where one cannot be asked for', () => {
    expect(judge(unknown('denied'))).toMatchObject({ verdict: 'not-judged', found: 'denied' });
  });
});

describe('alarmLines()', () => {
  const alarm = (name: string, state: string, acts = true) => ({ name, state, acts });

  test('passes what is quiet or has no data yet, and counts the latter', () => {
    const [line] = alarmLines(learnt([alarm('a', 'OK'), alarm('b', 'INSUFFICIENT_DATA')]));
    expect(line).toMatchObject({ verdict: 'pass', found: '2 alarms, 1 of them without data yet' });
  });

  test('fails where there are none', () => {
    expect(alarmLines(learnt([])).map(({ verdict }) => verdict)).toEqual(['fail', 'fail']);
  });

  test('names those that fire, and those that nobody hears', () => {
    const lines = alarmLines(learnt([alarm('a', 'ALARM'), alarm('b', 'OK', false)]));
    expect(lines.map(({ found }) => found)).toEqual(['in ALARM: a', 'silent: b']);
  });
});

test('deadLettersLine() counts one message as too many', () => {
  const queues = (count: number) => [
    { name: 'ordersDlq', fact: learnt(0) },
    { name: 'sweepsDlq', fact: learnt(count) },
  ];
  expect(deadLettersLine(queues(0))).toMatchObject({ verdict: 'pass', found: 'all 2' });
  expect(deadLettersLine(queues(1))).toMatchObject({ verdict: 'fail', found: 'sweepsDlq 1' });
});

describe('versionLine()', () => {
  const of = (version: object) =>
    versionLine('buy-version', { version: learnt(version) } as unknown as FunctionFacts);

  test.each([
    [{ number: '7', state: 'Active' }, 'pass', 'version 7 is Active'],
    [{ number: '7', state: 'Pending' }, 'fail', 'version 7 is Pending'],
    [{ number: '7', state: 'Active', other: '8' }, 'fail', 'and version 8 has a share'],
  ])('judges %j', (version, verdict, found) => {
    expect(of(version)).toMatchObject({ verdict, found: expect.stringContaining(found) });
  });
});

test.each([
  ['Deployed', true, 'pass'],
  ['InProgress', true, 'fail'],
  ['Deployed', false, 'fail'],
])('distributionLine() judges %s, enabled: %s', (status, isEnabled, verdict) => {
  expect(distributionLine(learnt({ status, isEnabled })).verdict).toBe(verdict);
});
