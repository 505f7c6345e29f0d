import { describe, expect, test } from '@jest/globals';
import { median, rounds } from '../../bench/rounds.ts';
import { table } from '../../bench/table.ts';

const giving = (name: string, ...values: number[]) => ({
  name,
  unit: 'ms',
  measure: async () => values.shift() ?? Number.NaN,
});

describe('rounds()', () => {
  test('takes everything in turn, and gives medians with their spread', async () => {
    const order: string[] = [];
    const noting = (name: string) => ({
      name,
      unit: 'ms',
      measure: async () => order.push(name),
    });
    await rounds(2, [noting('a'), noting('b')]);
    expect(order).toEqual(['a', 'b', 'a', 'b']);
    const [figure] = await rounds(3, [giving('x', 9, 1, 4)]);
    expect(figure).toEqual({ name: 'x', unit: 'ms', median: 4, least: 1, most: 9 });
  });

  test('compares round by round: a machine that is slow in one slows both', async () => {
    const [base, other] = await rounds(
      3,
      [giving('base', 100, 10, 100), giving('other', 50, 5, 60)],
      'base',
    );
    expect(base?.ratio).toBeUndefined();
    expect(other?.ratio).toBe(0.5);
  });

  test('compares nothing with a baseline of another unit', async () => {
    const rate = { ...giving('rate', 50), unit: '/s' };
    const [, ms, other] = await rounds(
      1,
      [{ ...giving('base', 100), unit: '/s' }, giving('p95', 5), rate],
      'base',
    );
    expect([ms?.ratio, other?.ratio]).toEqual([undefined, 0.5]);
  });

  test('the median of an even number lies between the middle two', () => {
    expect(median([4, 1, 3, 2])).toBe(2.5);
  });
});

describe('table()', () => {
  test('lines figures up, and says the ratio only where there is one', () => {
    const figures = [
      { name: 'base', unit: '/s', median: 12_345, least: 12_000, most: 13_000 },
      { name: 'other', unit: '/s', median: 9.87, least: 9.87, most: 9.87, ratio: 0.5 },
    ];
    expect(table('Title', figures)).toBe(
      [
        'Title',
        '           median      least … most   of the baseline',
        'base    12,345 /s   12,000 … 13,000',
        'other      9.9 /s                              × 0.50',
      ].join('\n'),
    );
  });

  test('prints the bar of a figure, and whether it is met', () => {
    const bar = { of: 'median', is: 'at most', value: 2 } as const;
    const figures = [
      { name: 'inside', unit: 'ms', median: 2, least: 2, most: 2, bar },
      { name: 'outside', unit: 'ms', median: 2.1, least: 2.1, most: 2.1, bar },
    ];
    expect(table('Title', figures)).toBe(
      [
        'Title',
        '          median                  bar',
        'inside      2 ms       at most 2: met',
        'outside   2.1 ms   at most 2: NOT MET',
      ].join('\n'),
    );
  });
});
