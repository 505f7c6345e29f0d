import { describe, expect, test } from '@jest/globals';
import { optionalText, readEnv, text } from '../../adapters/env.ts';

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

  test('reads the environment of the process', () => {
    expect(readEnv({ PATH: text }).PATH).toBe(process.env['PATH']);
  });
});
