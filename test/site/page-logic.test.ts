import { describe, expect, test } from '@jest/globals';
import { moveAfter } from '../../site/buying.ts';
import { lengthText, remainingText } from '../../site/countdown.ts';
import { priceText } from '../../site/money.ts';
import { emptyPage, type OrderOnPage, stateOf } from '../../site/page-state.ts';
import { parseFlag } from '../../site/sale-flag.ts';
import { hasReturned, shownNext } from '../../site/stock-shown.ts';
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
    expect(remainingText(ms, (days) => `${days} d`)).toBe(text);
  });
});

describe('lengthText()', () => {
  test.each([
    [0, 'en', '0 seconds'],
    [999, 'en', '1 second'],
    [12_400, 'de', '12 Sekunden'],
    [60_000, 'en', '1 minute'],
    [85_000, 'de', '1 Minute 25 Sekunden'],
    [3_599_000, 'en', '59 minutes 59 seconds'],
    [3_601_000, 'en', '60 minutes'],
  ])('writes %i ms in %s as %s', (ms, locale, text) => {
    expect(lengthText(ms, locale)).toBe(text);
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

describe('hasReturned()', () => {
  const status = (remaining: number | null, releases: number, soldOut = false) => ({
    sku: 'mug',
    unpaid: 0,
    remaining,
    releases,
    soldOut,
  });

  test.each([
    ['the first status', undefined, status(5, 3), false],
    ['a count that falls', status(5, 1), status(4, 1), false],
    ['a count that rises', status(3, 1), status(4, 2), true],
    ['units that came back and went again', status(3, 1), status(3, 2), false],
    ['an end of sold out', status(0, 1, true), status(0, 2), true],
    ['stock without an end', status(null, 1), status(null, 2), false],
  ])('of %s', (_case, shown, next, has) => {
    expect(hasReturned(shown, next)).toBe(has);
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
    ['unreachable', 'wait'],
    ['paused', 'wait-for-slot'],
    ['not-your-turn', 'wait-for-slot'],
    ['ticket-expired', 'ticket'],
    ['challenge-failed', 'solution'],
    ['session-missing', 'session'],
    ['door-key-wrong', 'door'],
    ['code-wrong', 'give-up'],
    ['sold-out', 'give-up'],
    ['limit-reached', 'give-up'],
    ['something new', 'give-up'],
  ])('after %s is %s', (code, move) => {
    expect(moveAfter({ code }, 1, 0)).toBe(move);
  });

  test('gives up what was renewed often enough', () => {
    expect(moveAfter({ code: 'ticket-invalid' }, 3, 2)).toBe('ticket');
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
    ['drawing, while places are drawn', { stage: 'waiting' as const, isDrawing: true }, 'drawing'],
    [
      'what is lacking for a place',
      { stage: 'waiting' as const, barrier: { code: 'code-wrong' } },
      'code-wrong',
    ],
    [
      'closed, whatever is lacking',
      { phase: 'closed' as const, barrier: { code: 'blocked' } },
      'closed',
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
