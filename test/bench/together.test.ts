import { expect, test } from '@jest/globals';
import { rounds } from '../../bench/rounds.ts';
import { together } from '../../bench/together.ts';

test('together() measures once a round, and every figure is of that round', async () => {
  let round = 0;
  const measure = async () => {
    round += 1;
    return { rate: 100 * round, p95: round };
  };
  const figures = await rounds(
    3,
    together(measure, [
      { of: 'rate', name: 'rate', unit: '/s' },
      { of: 'p95', name: 'p95', unit: 'ms', bar: { of: 'median', is: 'at most', value: 2 } },
    ]),
  );
  expect(round).toBe(3);
  expect(figures).toEqual([
    { name: 'rate', unit: '/s', median: 200, least: 100, most: 300 },
    {
      ...{ name: 'p95', unit: 'ms', median: 2, least: 1, most: 3 },
      bar: { of: 'median', is: 'at most', value: 2 },
    },
  ]);
});
