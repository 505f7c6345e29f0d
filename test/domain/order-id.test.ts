import { describe, expect, test } from '@jest/globals';
import { type HolderParts, holderOf, orderOf, partsOf, quantityOf } from '../../domain/order-id.ts';

const KEY = 'AQIDBAUGBwgJ_w';

const parts = (changes: Partial<HolderParts> = {}): HolderParts => ({
  buyerKey: KEY,
  n: 1,
  attempt: 2,
  quantity: 3,
  since: 1_795_809_600,
  ...changes,
});

describe('holderOf()', () => {
  test('lays the bytes out as documented, big endian', () => {
    const bytes = Buffer.from(holderOf(parts({ attempt: 0x0102, since: 0x0a0b0c0d })), 'base64url');
    expect(bytes.toString('hex')).toBe(
      `${Buffer.from(KEY, 'base64url').toString('hex')}010102030a0b0c0d`,
    );
  });

  test.each([
    ['n', 255],
    ['attempt', 65_535],
    ['quantity', 255],
    ['since', 0xffffffff],
  ] as const)('takes %s up to %d, and nothing outside or between', (name, most) => {
    expect(partsOf(holderOf(parts({ [name]: most })))?.[name]).toBe(most);
    expect(partsOf(holderOf(parts({ [name]: 0 })))?.[name]).toBe(0);
    for (const wrong of [most + 1, -1, 0.5, Number.NaN]) {
      expect(() => holderOf(parts({ [name]: wrong }))).toThrow(
        new RangeError(`Cannot make a holder with ${name} ${wrong}: it must be 0 to ${most}`),
      );
    }
  });

  test.each([
    ['too short', KEY.slice(1)],
    ['too long', `${KEY}A`],
    ['of another alphabet', `+${KEY.slice(1)}`],
    // The last character stands for two bits only: others would be a second name of the same bytes.
    ['not canonical', `${KEY.slice(0, 13)}x`],
  ])('refuses a buyer key that is %s', (_, buyerKey) => {
    expect(() => holderOf(parts({ buyerKey }))).toThrow(RangeError);
  });
});

describe('quantityOf()', () => {
  test.each([0, 1, 255])('reads %i, whatever stands beside it', (quantity) => {
    const others = [
      { attempt: 0, since: 0 },
      { attempt: 0xffff, since: 0xffffffff },
    ];
    for (const other of others) {
      expect(quantityOf(holderOf(parts({ quantity, ...other })))).toBe(quantity);
    }
  });

  test('is 0 of a text that is no holder', () => {
    const holder = holderOf(parts());
    for (const text of ['', holder.slice(1), `${holder}A`, `+${holder.slice(1)}`]) {
      expect(quantityOf(text)).toBe(0);
    }
  });
});

describe('partsOf()', () => {
  test('says that a text is no holder', () => {
    const holder = holderOf(parts());
    for (const text of ['', holder.slice(1), `${holder}A`, `+${holder.slice(1)}`, `${holder}\n`]) {
      expect(partsOf(text)).toBeUndefined();
    }
  });

  test('reads other parts from a holder in which any character was changed', () => {
    const holder = holderOf(parts());
    for (let at = 0; at < 24; at++) {
      const other = holder[at] === 'A' ? 'B' : 'A';
      const changed = `${holder.slice(0, at)}${other}${holder.slice(at + 1)}`;
      expect(partsOf(changed)).not.toEqual(partsOf(holder));
    }
  });
});

describe('orderOf()', () => {
  const HOLDER = holderOf(parts());

  test.each([
    '',
    'night',
    'night.lamp',
    `night.lamp.${HOLDER}.more`,
    `night.lamp.${HOLDER}A`,
    `.lamp.${HOLDER}`,
    `night..${HOLDER}`,
    `ni ght.lamp.${HOLDER}`,
    `night.la#mp.${HOLDER}`,
    `${'n'.repeat(41)}.lamp.${HOLDER}`,
    `night.${'l'.repeat(41)}.${HOLDER}`,
  ])('says that "%s" is no order id', (text) => {
    expect(orderOf(text)).toBeUndefined();
  });

  test('takes names of 40 characters', () => {
    const id = `${'n'.repeat(40)}.${'l'.repeat(40)}.${HOLDER}`;
    expect(orderOf(id)).toMatchObject({ holder: HOLDER });
  });
});
