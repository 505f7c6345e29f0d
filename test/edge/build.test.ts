import { describe, expect, test } from '@jest/globals';
import { transformSync } from 'esbuild';
import { buildGate, MAX_GATE_BYTES } from '../../edge/build.ts';

const code = await buildGate();

describe('buildGate()', () => {
  test('stays below what CloudFront takes', () => {
    expect(Buffer.byteLength(code)).toBeLessThanOrEqual(MAX_GATE_BYTES);
  });

  test('has its two imports at the top, one handler, and no export', () => {
    expect(code).toMatch(/^(import [\w$]+ from"(crypto|cloudfront)";){2}(?!import)/);
    expect(code.match(/async function handler\(event\)/g)).toHaveLength(1);
    expect(code).not.toMatch(/\bimport\b.*;\s*export\b|\bexport\b/);
  });

  test('has no syntax beyond ES5 and what the runtime adds', () => {
    const supported = {
      arrow: true,
      'async-await': true,
      'const-and-let': true,
      'template-literal': true,
    };
    const plain = (target: string, extra = {}) =>
      transformSync(code, { target, supported: { ...supported, ...extra } }).code;
    expect(plain('es5')).toBe(plain('esnext', { 'nullish-coalescing': true }));
  });

  test('awaits in statements alone: the runtime refuses an await in arguments and literals', () => {
    const awaits = code.match(/.{8}\bawait\b/g) ?? [];
    expect(awaits.length).toBeGreaterThan(0);
    for (const found of awaits) expect(found).toMatch(/[=;{}]\s*await$|const \w+=await$/);
  });

  test('has no asynchronous closures, combinators or chains', () => {
    expect(code).not.toMatch(/async\s*\(|async\s+\w+\s*=>|async function\s*\(/);
    expect(code).not.toMatch(/\bPromise\b|\.then\(|\.catch\(|\.finally\(/);
  });

  test.each([
    ['process'],
    ['require'],
    ['setTimeout'],
    ['setInterval'],
    ['fetch'],
    ['URL'],
    ['eval'],
    ['Function'],
    ['Symbol'],
    ['Map'],
    ['Set'],
    ['structuredClone'],
    ['globalThis'],
    ['atob'],
    ['TextEncoder'],
  ])('does not name %s', (name) => {
    expect(code).not.toMatch(new RegExp(`(?<![\\w.$"'-])${name}\\b(?!["'-])`));
  });

  test('reads only Date.now of the clock, and nothing at random', () => {
    expect(code.match(/\bDate\b.{0,6}/g)).toEqual(['Date.now()']);
    expect(code).not.toContain('random');
  });
});
