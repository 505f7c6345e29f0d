import { describe, expect, test } from '@jest/globals';
import { Crews } from './crews.ts';
import { Rows } from './rows.ts';
import { textOf, Values } from './values.ts';

describe('Rows', () => {
  test('keeps equal rows once, however many there are', () => {
    const rows = new Rows(2);
    const add = () => {
      for (let i = 0; i < 50_000; i++) expect(rows.add([i % 223, Math.floor(i / 223)])).toBe(i);
    };
    add();
    add();
    expect(rows.size).toBe(50_000);
    expect([rows.at(49_999, 0), rows.at(49_999, 1)]).toEqual([49_999 % 223, 224]);
  });
});

describe('Crews', () => {
  test('is the same crew, whoever came first', () => {
    const crews = new Crews();
    const none = crews.begin([3, 1]);
    const one = crews.with(crews.with(none, 0, 0, [5]), 0, 0, [2]);
    const other = crews.with(crews.with(none, 0, 0, [2]), 0, 0, [5]);
    expect(one).toBe(other);
    expect([crews.left(one, 0), crews.left(one, 1)]).toEqual([1, 1]);
    expect([crews.actor(one, 0), crews.actor(one, 1), crews.actor(one, 2)]).toEqual([2, 5, 0]);
  });

  test('lets one of two equal actors go', () => {
    const crews = new Crews();
    const two = crews.with(crews.begin([2]), -1, 0, [7, 7]);
    expect(crews.with(two, -1, 7, [])).toBe(crews.with(crews.begin([2]), -1, 0, [7]));
  });

  test('refuses a budget that it cannot keep, and a crowd', () => {
    const crews = new Crews();
    expect(() => crews.begin([8])).toThrow('Cannot begin 8 times: 7 at most');
    const many = Array.from({ length: 13 }, (_, index) => index + 1);
    expect(() => crews.with(crews.begin([1]), -1, 0, many)).toThrow('more than 12 under way');
  });
});

describe('textOf()', () => {
  test('is equal for equal values, and only for them', () => {
    expect(textOf({ a: 1, b: new Set(['x', 'y']) })).toBe(textOf({ b: new Set(['y', 'x']), a: 1 }));
    expect(textOf({ a: 1, b: undefined })).toBe(textOf({ a: 1 }));
    expect(textOf({ a: '1' })).not.toBe(textOf({ a: 1 }));
    expect(textOf(['a,b'])).not.toBe(textOf(['a', 'b']));
    expect(textOf(new Set(['a']))).not.toBe(textOf(['a']));
  });

  test('numbers values, nothing being 0', () => {
    const values = new Values<object>();
    expect(values.number(undefined)).toBe(0);
    const number = values.number({ a: 1 });
    expect(values.number({ a: 1 })).toBe(number);
    expect(values.value(number)).toEqual({ a: 1 });
  });
});
