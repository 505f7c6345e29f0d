import { describe, expect, test } from '@jest/globals';
import { findK6 } from '../../load/k6/binary.ts';

describe('findK6()', () => {
  test('takes what K6_PATH names, where it can be run', () => {
    // Any program that ends well will do.
    expect(findK6({ K6_PATH: '/bin/true' })).toBe('/bin/true');
  });

  test.each([['/nowhere/k6'], ['/bin/false']])('says how to get one in place of %s', (path) => {
    expect(() => findK6({ K6_PATH: path })).toThrow(
      new RegExp(
        `^Cannot run "${path}": it is no k6.*go install go\\.k6\\.io/k6@v\\d+\\.\\d+\\.\\d+$`,
        's',
      ),
    );
  });
});
