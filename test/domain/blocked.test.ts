import { describe, expect, test } from '@jest/globals';
import { type Blocked, type BlockedChange, block, unblock } from '../../domain/blocked.ts';

const JA4 = 't13d1516h2_8daaf6152771_02713d6af862';
const OTHER_JA4 = 't13i0909h1_0123456789ab_ba9876543210';

const change = (changes: Partial<BlockedChange>): BlockedChange => ({
  addresses: [],
  ja4: [],
  ...changes,
});

const blocked = (changes: Partial<BlockedChange>, old: Blocked = {}) => block(old, change(changes));

describe('block()', () => {
  test('adds to what is there, each once', () => {
    const old = blocked({ addresses: ['203.0.113.7'], agent: 'curl', ja4: [`${JA4}=2`] });
    const addresses = ['203.0.113.7', '198.51.100.'];
    expect(blocked({ addresses, ja4: [`${OTHER_JA4}=6`, `${JA4}=1`] }, old)).toEqual({
      ...{ a: addresses, g: 'curl', j: { [JA4]: 1, [OTHER_JA4]: 6 } },
    });
  });

  test('has no members for what blocks nobody', () => {
    expect(blocked({ agent: 'curl|python' })).toEqual({ g: 'curl|python' });
    expect(blocked({})).toEqual({});
  });

  test.each([
    '203.0.113.7',
    '255.255.255.255',
    '198.51.100.',
    '10.',
    '2001:db8:0:0:0:0:0:1',
    '2001:db8::1',
    '::1',
    '2001:db8::',
    '2001:db8:1:',
    'fe80:',
    '1:2:3:4:5:6:7:',
  ])('takes address %s', (address) => {
    expect(blocked({ addresses: [address] })).toEqual({ a: [address] });
  });

  test.each([
    '203.0.113',
    '203.0.113.256',
    '203.0.113.7.',
    '203.0.113.07',
    '203.0.113.0/24',
    '10',
    '.',
    ':',
    '',
    '2001:DB8::1',
    '2001:db8',
    '1:2:3:4:5:6:7:8:',
    '1:2:3:4:5:6:7:8:9',
    '1::2::3',
    '12345::',
    '1:2:3:4:5:6:7:8::',
    'shop.example.com',
  ])('refuses address "%s"', (address) => {
    expect(() => blocked({ addresses: [address] })).toThrow(
      `Cannot block address "${address}": it must be an IPv4 or IPv6 address`,
    );
  });

  test('takes a regular expression of 200 characters, and refuses 201 or none', () => {
    expect(blocked({ agent: 'a'.repeat(200) })).toEqual({ g: 'a'.repeat(200) });
    for (const agent of ['a'.repeat(201), '']) {
      expect(() => blocked({ agent })).toThrow('a regular expression of 1 to 200 characters');
    }
  });

  test.each([
    ['(', 'Invalid regular expression'],
    ['mozilla', 'with which every browser begins'],
    ['x*', 'with which every browser begins'],
  ])('refuses agent "%s"', (agent, why) => {
    expect(() => blocked({ agent })).toThrow(`Cannot block agent "${agent}": `);
    expect(() => blocked({ agent })).toThrow(why);
  });

  test('can block those who name no agent at all', () => {
    expect(blocked({ agent: '^$' })).toEqual({ g: '^$' });
  });

  test('takes 1 to 6 points, and refuses what is no fingerprint with its points', () => {
    for (const points of [1, 6]) {
      expect(blocked({ ja4: [`${JA4}=${points}`] })).toEqual({ j: { [JA4]: points } });
    }
    for (const text of [`${JA4}=0`, `${JA4}=7`, `${JA4}=x`, JA4, `${JA4.toUpperCase()}=2`, '=2']) {
      expect(() => blocked({ ja4: [text] })).toThrow(`Cannot take "${text}": it must be a JA4`);
    }
  });

  test('refuses what the edge store could not take, and takes one byte less', () => {
    const many = Array.from({ length: 60 }, (_, i) => `203.0.113.${100 + i}`);
    const old = blocked({ addresses: many });
    const room = 1024 - JSON.stringify(old).length - ',"g":""'.length;
    expect(JSON.stringify(blocked({ agent: 'x'.repeat(room) }, old))).toHaveLength(1024);
    expect(() => blocked({ agent: 'x'.repeat(room + 1) }, old)).toThrow(
      'Cannot block so many: the list would have 1025 bytes, and the edge store takes 1024',
    );
  });
});

describe('unblock()', () => {
  const old = { a: ['10.', '203.0.113.7'], g: 'curl', j: { [JA4]: 2, [OTHER_JA4]: 3 } };

  test('takes out what is named, and nothing else', () => {
    const ja4 = [JA4, `${OTHER_JA4}=1`];
    expect(unblock(old, change({ addresses: ['10.'], ja4 }))).toEqual({
      ...{ a: ['203.0.113.7'], g: 'curl' },
    });
    expect(unblock(old, change({ agent: 'curl' }))).not.toHaveProperty('g');
  });

  test('leaves what is not there as it is', () => {
    const others = change({ addresses: ['11.'], agent: 'wget', ja4: [`${JA4.slice(1)}x=1`] });
    expect(unblock(old, others)).toEqual(old);
  });

  test('is nothing at all where nobody is left', () => {
    const all = change({ addresses: old.a, agent: 'curl', ja4: [JA4, OTHER_JA4] });
    expect(unblock(old, all)).toEqual({});
  });
});
