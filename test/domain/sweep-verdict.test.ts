import { describe, expect, test } from '@jest/globals';
import type { Claim } from '../../domain/items.ts';
import { isOfAge, judge } from '../../domain/sweep-verdict.ts';
import { OPENS_AT } from '../support/sales.ts';
import { aClaim, aHolder } from './claim-builders.ts';

const PAY_BY = OPENS_AT + 900_000;
const OVERDUE = PAY_BY + 60_001;
const LAPSED = OPENS_AT + 30_001;
const reserved: Partial<Claim> = { state: 'RESERVED', payBy: PAY_BY, reservedAt: OPENS_AT };

describe('judge()', () => {
  test.each([
    ['return', 'of another attempt', { holder: aHolder('ada', { attempt: 2 }) }, OPENS_AT],
    ['return', 'in another shard', { shard: 1 }, OPENS_AT],
    ['return', 'released', { state: 'RELEASED' }, OPENS_AT],
    ['finish', 'releasing', { state: 'RELEASING' }, OPENS_AT],
    ['leave', 'pending at the end of its lease', {}, LAPSED - 1],
    ['lapse', 'pending past its lease', {}, LAPSED],
    ['leave', 'reserved a minute after payBy', reserved, OVERDUE - 1],
    ['expire', 'reserved past that', reserved, OVERDUE],
    ['expire', 'reserved in another shard, overdue', { ...reserved, shard: 0 }, OVERDUE],
  ] as const)('says %s of a claim %s', (verdict, _, changes, now) => {
    const claim = aClaim(changes as Partial<Claim>);
    expect(judge(aHolder(), 0, claim, 'RESERVED', now)).toBe(verdict);
  });

  test.each([
    ['resend', 'RESERVED', undefined],
    ['leave', 'RESERVED', 'RESERVED'],
    ['resend', 'PAID', undefined],
    ['resend', 'PAID', 'RESERVED'],
    ['settle', 'PAID', 'PAID'],
  ] as const)('says %s of %s where the record says %s', (verdict, state, recorded) => {
    expect(judge(aHolder(), 0, aClaim({ ...reserved, state }), recorded, OPENS_AT)).toBe(verdict);
  });

  test('expires an overdue order although its record is missing: the release tells of both', () => {
    expect(judge(aHolder(), 0, aClaim(reserved), undefined, OVERDUE)).toBe('expire');
  });

  test('never expires a paid order, however late it is', () => {
    const claim = aClaim({ ...reserved, state: 'PAID' });
    expect(judge(aHolder(), 0, claim, 'PAID', OVERDUE * 2)).toBe('settle');
  });

  test('calls somebody where the claim is missing', () => {
    expect(judge(aHolder(), 0, undefined, undefined, OVERDUE)).toBe('alarm');
  });
});

describe('isOfAge()', () => {
  test('is true 30 seconds after the attempt began, and not a millisecond before', () => {
    expect(isOfAge(aHolder(), OPENS_AT + 29_999)).toBe(false);
    expect(isOfAge(aHolder(), OPENS_AT + 30_000)).toBe(true);
  });

  test('is true of what is no holder, so that somebody hears of it', () => {
    expect(isOfAge('not-a-holder', OPENS_AT)).toBe(true);
  });
});
