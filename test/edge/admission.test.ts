import { createHash } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { anEvent, answered, aSale, aSession, gateAt, OPENS_AT, TRANSACTION } from './gate-scene.ts';

const NOW = OPENS_AT - 1000;
const IDENTIFIED = `i-${'c'.repeat(22)}`;

const member = (claims: object) =>
  aSession({ content: { u: IDENTIFIED, t: TRANSACTION, e: 9e9, ...claims } });

async function codeFor(changes: object, cookie: string, headers = {}) {
  const event = anEvent({ method: 'POST', uri: '/api/sales/demo/ticket', cookie, headers });
  const { status, code } = answered(await gateAt(NOW, { 'sale/demo': aSale(changes) })(event));
  return code ?? status;
}

describe('a sale for members', () => {
  test.each([
    ['one of the memberships', { m: 'gold' }, 200],
    ['the other', { m: 'platinum' }, 200],
    ['another membership', { m: 'silver' }, 'not-eligible'],
    ['a part of a membership', { m: 'gol' }, 'not-eligible'],
    ['none', {}, 'not-eligible'],
  ])('and a shopper with %s', async (_case, claims, expected) => {
    expect(await codeFor({ m: ['gold', 'platinum'] }, member(claims))).toBe(expected);
  });

  test('refuses guests', async () => {
    expect(await codeFor({ m: ['gold'] }, aSession())).toBe('not-eligible');
  });
});

describe('a sale for accounts of some age', () => {
  const BORN = 1_700_000_000;

  test.each([
    ['at that second', { b: BORN }, 200],
    ['a second later', { b: BORN + 1 }, 'not-eligible'],
    ['nobody knows when', {}, 'not-eligible'],
    ['in words', { b: 'long ago' }, 'not-eligible'],
  ])('and an account that was created %s', async (_case, claims, expected) => {
    expect(await codeFor({ b: BORN }, member(claims))).toBe(expected);
  });
});

describe('a sale with an announced code', () => {
  const h = createHash('sha256').update('demo.SPRING%20NIGHT').digest('hex');

  test.each([
    ['the code', { 'x-code': 'SPRING%20NIGHT' }, 200],
    ['another', { 'x-code': 'SPRING' }, 'code-wrong'],
    ['the hash of the code', { 'x-code': h }, 'code-wrong'],
    ['none', {}, 'code-wrong'],
  ])('and %s', async (_case, headers, expected) => {
    expect(await codeFor({ h }, aSession(), headers)).toBe(expected);
  });
});

describe('a sale with a CAPTCHA', () => {
  test('takes the word of WAF, which nobody else can write', async () => {
    expect(await codeFor({ k: true }, aSession())).toBe('captcha-required');
    expect(await codeFor({ k: true }, aSession(), { 'x-amzn-waf-captcha': 'solved' })).toBe(200);
  });
});
