import { describe, expect, test } from '@jest/globals';
import { moveAfter } from '../../site/buying.ts';
import { remainingText } from '../../site/countdown.ts';
import { priceText } from '../../site/money.ts';
import { emptyPage, type OrderOnPage, stateOf } from '../../site/page-state.ts';
import { parseFlag } from '../../site/sale-flag.ts';
import { shownNext } from '../../site/stock-shown.ts';
import { refusalText } from '../../site/texts.ts';
import { retryDelayMs } from '../../site/waiting.ts';

describe('priceText()', () => {
  test.each([
    [1990, 'EUR', '€19.90'],
    [1990, 'JPY', '¥1,990'],
    [1990, 'BHD', 'BHD 1.990'],
    [0, 'USD', '$0.00'],
  ])('writes %i minor units of %s as %s', (minor, currency, text) => {
    expect(priceText(minor, currency, 'en').replace(/\s/g, ' ')).toBe(text);
  });
});

describe('remainingText()', () => {
  test.each([
    [-5, '00:00'],
    [0, '00:00'],
    [1, '00:01'],
    [59_001, '01:00'],
    [3_599_000, '59:59'],
    [3_600_000, '1:00:00'],
    [90_061_000, '1 d 01:01:01'],
  ])('writes %i ms as %s', (ms, text) => {
    expect(remainingText(ms)).toBe(text);
  });
});

describe('parseFlag()', () => {
  test('reads the flag as data', () => {
    const text = 'window.flashSale={"saleStarted":true,"doorKey":"k","version":2};\n';
    expect(parseFlag(text)).toEqual({ saleStarted: true, doorKey: 'k', version: 2 });
  });

  test.each([[''], ['<html>'], ['window.flashSale={'], ['window.flashSale={};alert(1)'], ['{}']])(
    'reads nothing from %j',
    (text) => {
      expect(parseFlag(text)).toBeUndefined();
    },
  );
});

describe('shownNext()', () => {
  const status = (remaining: number | null, releases = 0, soldOut = false) => ({
    sku: 'mug',
    unpaid: 0,
    remaining,
    releases,
    soldOut,
  });

  test('shows the first status as it is', () => {
    expect(shownNext(undefined, status(5))).toEqual(status(5));
  });

  test('falls with the stock', () => {
    expect(shownNext(status(5), status(3)).remaining).toBe(3);
  });

  test('does not rise while nothing was released', () => {
    expect(shownNext(status(3), status(5)).remaining).toBe(3);
  });

  test('rises when something was released', () => {
    expect(shownNext(status(0, 0, true), status(1, 1))).toEqual(status(1, 1));
  });

  test('stays sold out until something was released', () => {
    expect(shownNext(status(0, 1, true), status(4, 1)).soldOut).toBe(true);
  });

  test('ignores a status from before a release that was seen', () => {
    expect(shownNext(status(2, 4), status(1, 3))).toEqual(status(2, 4));
  });

  test('shows no number where there is none', () => {
    expect(shownNext(status(null), status(null)).remaining).toBeNull();
  });
});

describe('retryDelayMs()', () => {
  test.each([
    [0, undefined, 0, 1000],
    [2, undefined, 0, 4000],
    [9, undefined, 0, 8000],
    [0, 7, 0, 7000],
    [0, 7, 1, 10_500],
    [0, 0, 1, 0],
  ])('after %i tries, asked for %p s, with chance %d, is %i ms', (tries, after, chance, ms) => {
    expect(retryDelayMs(tries, after, () => chance)).toBe(ms);
  });
});

describe('moveAfter()', () => {
  test.each([
    ['busy', 'wait'],
    ['paused', 'wait'],
    ['unreachable', 'wait'],
    ['ticket-expired', 'renew-ticket'],
    ['session-missing', 'renew-session'],
    ['door-key-wrong', 'renew-door'],
    ['sold-out', 'give-up'],
    ['limit-reached', 'give-up'],
    ['something new', 'give-up'],
  ])('after %s is %s', (code, move) => {
    expect(moveAfter({ code }, 1, 0)).toBe(move);
  });

  test('gives up what was renewed often enough', () => {
    expect(moveAfter({ code: 'ticket-invalid' }, 3, 2)).toBe('renew-ticket');
    expect(moveAfter({ code: 'ticket-invalid' }, 4, 3)).toBe('give-up');
  });

  test('gives up after minutes', () => {
    expect(moveAfter({ code: 'busy' }, 39, 0)).toBe('wait');
    expect(moveAfter({ code: 'busy' }, 40, 0)).toBe('give-up');
  });
});

describe('stateOf()', () => {
  const anOrder = (status: 'RESERVED' | 'PAID' | 'RELEASED', checking = false): OrderOnPage => ({
    order: { orderId: 'demo.mug.x', status, quantity: 1, amountMinor: 1, currency: 'EUR' },
    checking,
    busy: false,
    message: '',
  });

  test.each([
    ['the stage', { stage: 'open' as const }, 'open'],
    [
      'paused, when the shop says so',
      { stage: 'open' as const, phase: 'paused' as const },
      'paused',
    ],
    ['closed, whatever the stage', { stage: 'slot' as const, phase: 'closed' as const }, 'closed'],
    [
      'waiting still, when the shop pauses before',
      { stage: 'waiting' as const, phase: 'paused' as const },
      'waiting',
    ],
    ['the newest order', { orders: [anOrder('RESERVED'), anOrder('PAID')] }, 'reserved'],
    ['paying, back from the provider', { orders: [anOrder('RESERVED', true)] }, 'paying'],
    ['paid, also while still checking', { orders: [anOrder('PAID', true)] }, 'paid'],
    [
      'buying before all',
      { buying: { sku: 'mug', progress: '' }, orders: [anOrder('PAID')] },
      'buying',
    ],
  ])('is %s', (_case, changes, state) => {
    expect(stateOf({ ...emptyPage(), ...changes })).toBe(state);
  });
});

describe('refusalText()', () => {
  test.each([
    ['bad-request'],
    ['session-missing'],
    ['not-open'],
    ['door-key-wrong'],
    ['ticket-invalid'],
    ['ticket-expired'],
    ['not-eligible'],
    ['unknown-sale'],
    ['unknown-item'],
    ['unknown-order'],
    ['sold-out'],
    ['quantity-unavailable'],
    ['limit-reached'],
    ['order-state'],
    ['closed'],
    ['not-your-turn'],
    ['busy'],
    ['too-many-requests'],
    ['paused'],
    ['unavailable'],
  ])('has a sentence for %s', (code) => {
    expect(refusalText({ code })).toMatch(/^[A-Z].*[.]$/);
  });

  test('names the largest quantity that is left', () => {
    expect(refusalText({ code: 'quantity-unavailable', largest: 2 })).toContain('get 2');
  });
});
