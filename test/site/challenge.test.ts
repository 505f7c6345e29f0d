import { describe, expect, test } from '@jest/globals';
import { sharesOf } from '../../site/challenge.ts';

describe('sharesOf()', () => {
  test.each([
    [7, 2, ['0-3', '4-7']],
    [8, 2, ['0-4', '5-8']],
    [0, 4, ['0-0']],
    [2000, 3, ['0-666', '667-1333', '1334-2000']],
  ])('cuts 0 to %i into %i without gaps', (most, workers, shares) => {
    expect(sharesOf(most, workers).map(({ start, end }) => `${start}-${end}`)).toEqual(shares);
  });
});
