import { describe, expect, test } from '@jest/globals';
import { traceIn } from '../../adapters/trace.ts';

const DEVICE = 'abcdefghijklmnopqrst_-';
const JA4 = 't13d1516h2_8daaf6152771_e5627efa2ab1';
const HEADERS = {
  'cloudfront-viewer-address': '198.51.100.10:46532',
  'cloudfront-viewer-ja4-fingerprint': JA4,
  'cloudfront-viewer-country': 'DE',
  'user-agent': 'Mozilla/5.0',
  'x-device': DEVICE,
};

const of = (changes: Partial<Record<keyof typeof HEADERS, string>>, salt = 'salt') =>
  traceIn({ ...HEADERS, ...changes }, salt);
const networkOf = (address: string) => of({ 'cloudfront-viewer-address': address }).network;

describe('traceIn()', () => {
  test('keeps hashes of network, device and agent, and says client and country', () => {
    expect(of({})).toEqual({
      network: expect.stringMatching(/^[\w-]{12}$/),
      device: expect.stringMatching(/^[\w-]{12}$/),
      ja4: JA4,
      agent: expect.stringMatching(/^[\w-]{8}$/),
      country: 'DE',
    });
  });

  test('adds 98 bytes to a claim at most', () => {
    const bytes = Object.entries(of({})).flat().join('').length;
    expect(bytes).toBe(98);
  });

  test('can be compared within a sale, and not between two', () => {
    expect(of({})).toEqual(of({}));
    const [one, other] = [of({}), of({}, 'other salt')];
    for (const name of ['network', 'device', 'agent'] as const) {
      expect(one[name]).not.toBe(other[name]);
    }
  });

  test('tells devices and agents apart', () => {
    expect(of({ 'x-device': 'A'.repeat(22) }).device).not.toBe(of({}).device);
    expect(of({ 'user-agent': 'curl/8' }).agent).not.toBe(of({}).agent);
  });

  test.each([
    ['198.51.100.10:46532', '198.51.100.255:1', '198.51.101.10:46532'],
    ['198.51.100.10:46532', '::ffff:198.51.100.7:80', '::ffff:198.51.10.7:80'],
    ['2001:db8:1:2:3:4:5:6:443', '2001:0db8:0001::9:50000', '2001:db8:2:2:3:4:5:6:443'],
    ['2001:db8::1:443', '2001:db8:0:9::1:443', '2001:db8:1::1:443'],
    ['::1:443', '0:0:0:1::1:443', '1::1:443'],
  ])('takes %s and %s for one network, and %s for another', (one, same, other) => {
    expect(networkOf(one)).toMatch(/^[\w-]{12}$/);
    expect(networkOf(same)).toBe(networkOf(one));
    expect(networkOf(other)).not.toBe(networkOf(one));
  });

  test.each([
    '',
    ':',
    '46532',
    '198.51.100.10',
    '198.51.100:1',
    '300.1.1.1:80',
    'host:80',
    'a::b::c:1',
  ])('leaves out the network of address "%s"', (address) => {
    const { network, ...others } = of({ 'cloudfront-viewer-address': address });
    expect(network).toBeUndefined();
    expect(Object.keys(others)).toEqual(['device', 'ja4', 'agent', 'country']);
  });

  test.each([
    ['x-device', 'device', ['', 'A'.repeat(21), 'A'.repeat(23), `${'A'.repeat(21)}=`]],
    ['cloudfront-viewer-ja4-fingerprint', 'ja4', ['', 'x', `${JA4}0`, JA4.replace('_', '-')]],
    ['cloudfront-viewer-country', 'country', ['', 'de', 'DEU', 'D']],
    ['user-agent', 'agent', ['']],
  ] as const)('leaves out a header "%s" that is not well formed', (header, name, values) => {
    for (const value of values) expect(of({ [header]: value })).not.toHaveProperty(name);
  });

  test('is empty where nothing is shown', () => {
    expect(traceIn({}, 'salt')).toEqual({});
  });
});
