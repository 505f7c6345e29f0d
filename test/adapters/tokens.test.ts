import { describe, expect, test } from '@jest/globals';
import { buyerKeys, isMac, keyIdsOf, mac, sign, verify } from '../../adapters/hmac.ts';
import { aPublishedSale } from '../support/sales.ts';

const KEYS = { active: 'k2', k1: 'old key', k2: 'new key' };
const VALUES = { u: 'ada', e: 1 };

const changedAt = (token: string, at: number): string =>
  `${token.slice(0, at)}${token[at] === 'A' ? 'B' : 'A'}${token.slice(at + 1)}`;

describe('mac()', () => {
  test('is HMAC-SHA256 as RFC 4231 has it, as 43 base64url characters', () => {
    const hex = '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843';
    const right = mac('Jefe', 'what do ya want for nothing?');
    expect(right).toBe(Buffer.from(hex, 'hex').toString('base64url'));
    expect(right).toHaveLength(43);
  });
});

describe('isMac()', () => {
  test('takes the right one, and no other of any length', () => {
    const right = mac('key', 'text');
    expect(isMac('key', 'text', right)).toBe(true);
    for (const wrong of ['', right.slice(1), `${right}A`, changedAt(right, 0), 'é'.repeat(43)]) {
      expect(isMac('key', 'text', wrong)).toBe(false);
    }
    expect(isMac('other', 'text', right)).toBe(false);
    expect(isMac('key', 'other', right)).toBe(false);
  });
});

describe('verify()', () => {
  test('reads nothing where any character was changed', () => {
    const token = sign(KEYS, 'session', VALUES);
    for (let at = 0; at < token.length; at++) {
      expect(verify(KEYS, 'session', changedAt(token, at))).toBeUndefined();
    }
  });

  test('reads what an older key signed, as long as it is there', () => {
    const token = sign({ ...KEYS, active: 'k1' }, 'session', VALUES);
    expect(token).toMatch(/^k1\./);
    expect(verify(KEYS, 'session', token)).toEqual(VALUES);
    const { k1: _gone, ...left } = KEYS;
    expect(verify(left, 'session', token)).toBeUndefined();
  });

  test('signs with the active key', () => {
    expect(sign(KEYS, 'session', VALUES)).toMatch(/^k2\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]{43}$/);
  });

  test.each(['active', '__proto__', 'constructor', 'toString', '', 'k9'])(
    'takes "%s" for no key, whoever signed with what stands there',
    (kid) => {
      const json = Buffer.from(JSON.stringify(VALUES)).toString('base64url');
      for (const key of ['k2', '', 'undefined', '[object Object]', 'new key']) {
        const token = `${kid}.${json}.${mac(key, `session.${kid}.${json}`)}`;
        expect(verify(KEYS, 'session', token)).toBeUndefined();
      }
    },
  );

  test('takes what is no text for no key, whatever stands beside the keys', () => {
    const keys = { ...KEYS, made: { k1: { retired: 1 } } } as never;
    const json = Buffer.from(JSON.stringify(VALUES)).toString('base64url');
    for (const key of ['[object Object]', '{"k1":{"retired":1}}', 'undefined', '']) {
      const token = `made.${json}.${mac(key, `session.made.${json}`)}`;
      expect(verify(keys, 'session', token)).toBeUndefined();
    }
  });

  test('reads no token that was signed for something or somebody else', () => {
    const token = sign(KEYS, 'ticket', VALUES, 'ada');
    expect(verify(KEYS, 'ticket', token, 'ada')).toEqual(VALUES);
    expect(verify(KEYS, 'ticket', token, 'eve')).toBeUndefined();
    expect(verify(KEYS, 'ticket', token)).toBeUndefined();
    expect(verify(KEYS, 'session', token, 'ada')).toBeUndefined();
  });

  test.each(['', '.', '..', 'k1', 'k1.e30', `${sign(KEYS, 'session', VALUES)}.x`])(
    'takes "%s" for no token',
    (token) => {
      expect(verify(KEYS, 'session', token)).toBeUndefined();
    },
  );

  test.each(['null', '7', '"text"', 'not json', ''])(
    'reads nothing where %s was signed',
    (text) => {
      const json = Buffer.from(text).toString('base64url');
      const token = `k1.${json}.${mac('old key', `session.k1.${json}`)}`;
      expect(verify(KEYS, 'session', token)).toBeUndefined();
    },
  );

  test('trusts nothing where there is no key, and signs nothing', () => {
    expect(verify({}, 'session', sign(KEYS, 'session', VALUES))).toBeUndefined();
    expect(() => sign({}, 'session', VALUES)).toThrow(
      'Cannot sign: the active key "" is not there',
    );
  });
});

describe('keyIdsOf()', () => {
  test('names the keys of tokens, and none for what is no token', () => {
    const token = sign(KEYS, 'session', VALUES);
    expect(keyIdsOf(token, sign({ ...KEYS, active: 'k1' }, 'ticket', VALUES))).toEqual([
      'k2',
      'k1',
    ]);
    expect(keyIdsOf('', 'no token', '.', `${'k'.repeat(33)}.e30`)).toEqual([]);
  });
});

describe('buyerKeys', () => {
  test('are 10 bytes that are the same for one shopper, sale and SKU, and for no other', () => {
    const sale = aPublishedSale();
    const key = buyerKeys.of(sale, 'ada', 'lamp');
    expect(key).toMatch(/^[A-Za-z0-9_-]{13}[AQgw]$/);
    expect(buyerKeys.of(sale, 'ada', 'lamp')).toBe(key);
    const others = [
      buyerKeys.of(sale, 'eve', 'lamp'),
      buyerKeys.of(sale, 'ada', 'sofa'),
      buyerKeys.of({ ...sale, salt: 'other' }, 'ada', 'lamp'),
      buyerKeys.of(sale, 'ada\nlamp', ''),
    ];
    expect(new Set([key, ...others]).size).toBe(5);
  });
});
