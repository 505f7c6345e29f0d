import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { Address, Query } from '../../load/k6/browser-globals.ts';

describe('Query', () => {
  test('encodes pairs as browsers do', () => {
    const text = fc.string({ unit: 'grapheme' });
    fc.assert(
      fc.property(fc.dictionary(text, text), (pairs) => {
        expect(String(new Query(pairs))).toBe(String(new URLSearchParams(pairs)));
      }),
    );
  });

  test('reads what browsers write', () => {
    const text = fc.string({ unit: 'grapheme' });
    fc.assert(
      fc.property(text, text, (token, other) => {
        const search = `?${new URLSearchParams({ other, token })}`;
        expect(new Query(search).get('token')).toBe(token);
      }),
    );
  });

  test('has nothing for a name that is not there', () => {
    expect(new Query('?a=1').get('b')).toBeNull();
    expect(new Query('').get('a')).toBeNull();
  });
});

describe('Address', () => {
  test.each([
    'https://pay.example.com/checkout?token=a.b%20c&x=1#top',
    'http://127.0.0.1:8080/checkout?token=a+b',
    'https://pay.example.com/checkout',
  ])('reads %s as browsers do', (text) => {
    const [own, real] = [new Address(text), new URL(text)];
    expect(own).toMatchObject({
      ...{ href: real.href, origin: real.origin, pathname: real.pathname, search: real.search },
    });
    expect(own.searchParams.get('token')).toBe(real.searchParams.get('token'));
    const path = '/checkout/pay';
    expect(new Address(path, own).href).toBe(new URL(path, real).href);
  });

  test('refuses what is no address', () => {
    expect(() => new Address('checkout')).toThrow('Cannot read "checkout" as an address');
  });
});
