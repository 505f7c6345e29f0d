import { describe, expect, test } from '@jest/globals';
import { formulaOf, type Values } from '../../local/cloudwatch/formula.ts';

const valuesOf = (text: string, metrics: Readonly<Record<string, Values>> = {}) =>
  formulaOf(text)(metrics, 3);

describe('formulaOf()', () => {
  test.each([
    ['1 + 2 * 3', 7],
    ['(1 + 2) * 3', 9],
    ['10 - 4 - 3', 3],
    ['8 / 4 / 2', 1],
    ['1 / 0', undefined],
    ['2 > 1', 1],
    ['2 <= 1', 0],
    ['1 == 1', 1],
    ['1 != 1', 0],
    ['1 > 2 OR 2 > 1', 1],
    ['1 > 2 || 1 > 2', 0],
    ['1 AND 0 OR 1', 1],
    ['1 && 2', 1],
    ['IF(1 > 2, 5, 6)', 6],
    ['IF(2 >= 2, 5, 6)', 5],
  ])('%s is %p', (text, value) => {
    expect(valuesOf(text)).toEqual([value, value, value]);
  });

  test('works on series place by place, and has no value where a part has none', () => {
    const m = { a: [1, undefined, 3], b: [10, 20, 0] };
    expect(valuesOf('a + b', m)).toEqual([11, undefined, 3]);
    expect(valuesOf('100 * a / b', m)).toEqual([10, undefined, undefined]);
    expect(valuesOf('IF(a, b, 0)', m)).toEqual([10, undefined, 0]);
  });

  test('fills what is missing with a number, or with what was there last', () => {
    const m = { a: [undefined, 2, undefined] };
    expect(valuesOf('FILL(a, 0)', m)).toEqual([0, 2, 0]);
    expect(valuesOf('FILL(a, REPEAT)', m)).toEqual([undefined, 2, 2]);
    expect(valuesOf('FILL(FILL(a, REPEAT), 0)', m)).toEqual([0, 2, 2]);
  });

  test.each([
    '1 +',
    '(1',
    '1 2',
    'SEARCH(1)',
    'IF(1, 2)',
    'FILL(1)',
    'a; b',
    ', 1',
    'FILL(1, REPEAT',
  ])('refuses %s rather than guess', (text) => {
    expect(() => valuesOf(text, { a: [], b: [] })).toThrow('Cannot read the formula');
  });

  test('refuses a metric that is not there', () => {
    expect(() => valuesOf('c', {})).toThrow('"c" is unknown here');
  });
});
