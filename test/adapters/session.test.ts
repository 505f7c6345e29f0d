import { describe, expect, test } from '@jest/globals';
import { sign, verify } from '../../adapters/hmac.ts';
import { SESSION_SECONDS, sessionCookie, sessionIn } from '../../adapters/session.ts';
import { OPENS_AT } from '../support/sales.ts';

const KEYS = { active: 'k1', k1: 'secret' };
const NOW = OPENS_AT + 700;
const ADA = { shopper: 'i-ada' };
const cookie = (values: object, keys = KEYS) => `fs_session=${sign(keys, 'session', values)}`;
const WHOLE = { u: 'i-ada', t: 't-ada', e: OPENS_AT / 1000 };

describe('sessionIn()', () => {
  test('reads the cookie that sessionCookie() makes, beside others', () => {
    const [made] = sessionCookie(KEYS, ADA, NOW, true).split(';');
    const session = { shopper: 'i-ada', transaction: expect.any(String), isGuest: false };
    expect(sessionIn(KEYS, made, NOW)).toEqual(session);
    expect(sessionIn(KEYS, `a=b; ${made};c=d`, NOW)).toEqual(session);
  });

  test('is alive one millisecond before it expires, and not at it', () => {
    expect(sessionIn(KEYS, cookie(WHOLE), OPENS_AT - 1)).toMatchObject({ shopper: 'i-ada' });
    expect(sessionIn(KEYS, cookie(WHOLE), OPENS_AT)).toBeUndefined();
  });

  test('says that a shopper is a guest', () => {
    expect(sessionIn(KEYS, cookie({ ...WHOLE, g: 1 }), 0)?.isGuest).toBe(true);
    expect(sessionIn(KEYS, cookie({ ...WHOLE, g: true }), 0)?.isGuest).toBe(false);
  });

  test.each([
    ['without a shopper', { u: undefined }],
    ['without a transaction', { t: undefined }],
    ['without an end', { e: undefined }],
    ['whose end is a text', { e: '9999999999' }],
    ['whose shopper is a number', { u: 7 }],
  ])('reads none %s', (_, changes) => {
    expect(sessionIn(KEYS, cookie({ ...WHOLE, ...changes }), 0)).toBeUndefined();
  });

  test('reads none where there is no cookie, another, or one of somebody else', () => {
    expect(sessionIn(KEYS, undefined, 0)).toBeUndefined();
    expect(sessionIn(KEYS, 'other=1', 0)).toBeUndefined();
    expect(sessionIn(KEYS, 'fs_session=', 0)).toBeUndefined();
    expect(sessionIn(KEYS, cookie(WHOLE, { active: 'k1', k1: 'guess' }), 0)).toBeUndefined();
    const ticket = `fs_session=${sign(KEYS, 'ticket', WHOLE)}`;
    expect(sessionIn(KEYS, ticket, 0)).toBeUndefined();
  });
});

describe('sessionCookie()', () => {
  test('lives a day, out of the reach of scripts and other sites', () => {
    const [, ...attributes] = sessionCookie(KEYS, ADA, NOW, true).split('; ');
    expect(attributes).toEqual(['Path=/', 'Max-Age=86400', 'HttpOnly', 'SameSite=Lax', 'Secure']);
    const [made] = sessionCookie(KEYS, ADA, NOW, true).split(';');
    const end = OPENS_AT + SESSION_SECONDS * 1000;
    expect(sessionIn(KEYS, made, end - 1)).toBeDefined();
    expect(sessionIn(KEYS, made, end)).toBeUndefined();
  });

  test('travels without TLS only where the site has none', () => {
    expect(sessionCookie(KEYS, ADA, NOW, false)).not.toContain('Secure');
  });

  /** What a cookie that was made says. */
  const said = (identified: Parameters<typeof sessionCookie>[1]) => {
    const [made = ''] = sessionCookie(KEYS, identified, NOW, true).split(';');
    return verify(KEYS, 'session', made.slice('fs_session='.length));
  };

  test('carries membership and the age of the account, where they are known', () => {
    const whole = { u: 'i-ada', t: expect.any(String), e: OPENS_AT / 1000 + 86_400 };
    expect(said({ ...ADA, membership: 'gold', createdAt: 0 })).toEqual({
      ...whole,
      m: 'gold',
      b: 0,
    });
    expect(said({ ...ADA, membership: undefined })).toStrictEqual(whole);
  });

  test('fits what the gate reads, whatever it carries', () => {
    const shopper = `i-${'A'.repeat(22)}`;
    const longest = { shopper, membership: 'm'.repeat(40), createdAt: 9_999_999_999 };
    const keys = { active: 'k'.repeat(20), ['k'.repeat(20)]: 'secret' };
    const [made = ''] = sessionCookie(keys, longest, NOW, true).split(';');
    expect(made.length - 'fs_session='.length).toBeLessThan(600);
  });

  test('begins another transaction each time', () => {
    const transactions = [1, 2].map(() => {
      const [made] = sessionCookie(KEYS, ADA, NOW, true).split(';');
      return sessionIn(KEYS, made, NOW)?.transaction;
    });
    expect(new Set(transactions).size).toBe(2);
    expect(transactions[0]).toMatch(/^[A-Za-z0-9_-]{22}$/);
  });
});
