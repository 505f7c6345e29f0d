import { describe, expect, test } from '@jest/globals';
import { sign } from '../../adapters/hmac.ts';
import { checkTicket } from '../../adapters/ticket.ts';
import { aPublishedSale, OPENS_AT } from '../support/sales.ts';

const KEYS = { active: 'k1', k1: 'secret' };
/** Slots are spread over 10 seconds. */
const SALE = aPublishedSale({
  admission: { expectedShoppers: 1000, perSecond: 100, difficulty: 0, ticketSeconds: 10 },
});
const WHOLE = { s: 'night', f: 32_768, e: OPENS_AT + 60_000 };

const check = (values: object, now: number, { sale = SALE, shopper = 'ada', keys = KEYS } = {}) =>
  checkTicket(keys, sale, shopper, sign(KEYS, 'ticket', values, 'ada'), now);

describe('checkTicket()', () => {
  test('is good from its slot on, and not one millisecond before', () => {
    expect(check(WHOLE, OPENS_AT + 4999)).toBe('not-your-turn');
    expect(check(WHOLE, OPENS_AT + 5000)).toBe('good');
  });

  test('is good at once for the first fraction, and last for the last', () => {
    expect(check({ ...WHOLE, f: 0 }, OPENS_AT)).toBe('good');
    expect(check({ ...WHOLE, f: 65_535 }, OPENS_AT + 9998)).toBe('not-your-turn');
    expect(check({ ...WHOLE, f: 65_535 }, OPENS_AT + 9999)).toBe('good');
  });

  test('is good at the opening for everybody where nobody is expected', () => {
    const sale = aPublishedSale();
    expect(check({ ...WHOLE, f: 65_535 }, OPENS_AT, { sale })).toBe('good');
  });

  test('is good from its slot in the new epoch on, after a resume', () => {
    const sale = { ...SALE, slotsFrom: OPENS_AT + 20_000 };
    expect(check(WHOLE, OPENS_AT + 24_999, { sale })).toBe('not-your-turn');
    expect(check(WHOLE, OPENS_AT + 25_000, { sale })).toBe('good');
    const uncrowded = aPublishedSale({ slotsFrom: OPENS_AT + 20_000 });
    expect(check(WHOLE, OPENS_AT + 19_999, { sale: uncrowded })).toBe('not-your-turn');
    expect(check(WHOLE, OPENS_AT + 20_000, { sale: uncrowded })).toBe('good');
  });

  test('is good one millisecond before it expires, and not at it', () => {
    expect(check(WHOLE, OPENS_AT + 59_999)).toBe('good');
    expect(check(WHOLE, OPENS_AT + 60_000)).toBe('ticket-expired');
  });

  test.each([
    ['of another sale', { s: 'other' }],
    ['without a sale', { s: undefined }],
    ['without a fraction', { f: undefined }],
    ['whose fraction is a text', { f: '0' }],
    ['without an end', { e: undefined }],
  ])('is invalid %s', (_, changes) => {
    expect(check({ ...WHOLE, ...changes }, OPENS_AT + 5000)).toBe('ticket-invalid');
  });

  test('is invalid for another shopper, under another key, or where there is none', () => {
    const now = OPENS_AT + 5000;
    expect(check(WHOLE, now, { shopper: 'eve' })).toBe('ticket-invalid');
    expect(check(WHOLE, now, { keys: { active: 'k1', k1: 'guess' } })).toBe('ticket-invalid');
    expect(checkTicket(KEYS, SALE, 'ada', '', now)).toBe('ticket-invalid');
    const session = sign(KEYS, 'session', WHOLE, 'ada');
    expect(checkTicket(KEYS, SALE, 'ada', session, now)).toBe('ticket-invalid');
  });
});
