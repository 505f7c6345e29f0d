import { describe, expect, test } from '@jest/globals';
import { optionalText, readEnv, text, variableOr, wholeNumber } from '../../adapters/env.ts';

const spec = { TABLE: text, ISSUER: optionalText };

describe('readEnv()', () => {
  test('reads what the spec names, and nothing else', () => {
    const source = { TABLE: 'Stock', ISSUER: '', OTHER: 'x' };
    expect(readEnv(spec, source)).toEqual({ TABLE: 'Stock', ISSUER: '' });
  });

  test('names the variable that is not set, or that is empty and must not be', () => {
    expect(() => readEnv(spec, { ISSUER: '' })).toThrow(
      'Cannot start: environment variable "TABLE" is not set',
    );
    expect(() => readEnv(spec, { TABLE: '', ISSUER: '' })).toThrow(
      'Cannot start: environment variable "TABLE" is empty',
    );
    expect(() => readEnv(spec, { TABLE: 'x' })).toThrow('"ISSUER" is not set');
  });

  test('reads whole numbers, and nothing else for one', () => {
    expect(readEnv({ MOST: wholeNumber }, { MOST: '450' })).toEqual({ MOST: 450 });
    expect(readEnv({ MOST: wholeNumber }, { MOST: '0' })).toEqual({ MOST: 0 });
    for (const MOST of ['', '-1', '1.5', '1e3', 'many']) {
      expect(() => readEnv({ MOST: wholeNumber }, { MOST })).toThrow('"MOST" is no whole number');
    }
  });

  test('reads the environment of the process', () => {
    expect(readEnv({ PATH: text }).PATH).toBe(process.env['PATH']);
  });
});

describe('variableOr()', () => {
  test('reads a variable, or says what stands for one that is not set', () => {
    expect(variableOr('PATH', 'none')).toBe(process.env['PATH']);
    expect(variableOr('NOBODY_SETS_THIS', 'none')).toBe('none');
  });
});
