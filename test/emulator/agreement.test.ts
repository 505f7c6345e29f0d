import { describe, expect, test } from '@jest/globals';
import { compare } from './agreement.ts';

describe('compare()', () => {
  const known = { b: { emulator: '1', local: '2' } };

  test('takes answers that are alike, and differences that are known', () => {
    const emulator = { a: 'x', b: '1', only: 'here' };
    expect(compare({ emulator, local: { a: 'x', b: '2' } }, known)).toEqual({
      ...{ alike: 1, asked: 2, complaints: [] },
    });
  });

  test('complains of a difference that nobody has written down', () => {
    expect(compare({ emulator: { a: 'x' }, local: { a: 'y' } }, known).complaints).toEqual([
      'a: the emulator says "x", the local stack "y"',
    ]);
  });

  test('complains of a difference that is gone', () => {
    expect(compare({ emulator: { b: '2' }, local: { b: '2' } }, known).complaints).toEqual([
      'b: the emulator says "2", the local stack "2"; docs/emulator.md says otherwise',
    ]);
  });
});
