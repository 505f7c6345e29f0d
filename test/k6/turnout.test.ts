import { describe, expect, test } from '@jest/globals';
import { expectedOf, shareOf } from '../../load/k6/turnout.ts';
import { settingsOf } from './stages.ts';

describe('shareOf()', () => {
  test.each([
    [null, 1],
    [undefined, 1],
    ['', 1],
    ['0:1', 1],
    ['0:1/3', 1 / 3],
    ['1/3:2/3', 1 / 3],
    ['3/4:1', 1 / 4],
  ])('%j is %d', (segment, share) => {
    expect(shareOf(segment)).toBeCloseTo(share, 12);
  });

  test.each(['1/3', '2/3:1/3', 'a:b', '0:'])('refuses %j', (segment) => {
    expect(() => shareOf(segment)).toThrow(`Cannot read the segment "${segment}"`);
  });
});

describe('expectedOf()', () => {
  const env = { SHOPPERS: '300', RATE: '50', DOUBLE_RATE: '10', DURATION_SECONDS: '8' };

  test.each([
    ['spike', 1, 300],
    ['spike', 1 / 3, 100],
    ['tail', 1, 400],
    ['tail', 1 / 3, 133],
    ['abuse', 1, 480],
  ] as const)('%s, a share of %d: %d', (scenario, share, expected) => {
    expect(expectedOf(settingsOf(env, scenario), share)).toBe(expected);
  });
});
