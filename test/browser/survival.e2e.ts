/** @module What the sale page survives: reloads, lost answers, other tabs, no connection, sleep, a wrong clock. */

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { orderId, reaches } from './storefront.ts';
import {
  type Answers,
  anOrder,
  aSale,
  aStatus,
  HOUR,
  inTurn,
  ORDER_ID,
  refused,
  usualAnswers,
} from './stub-answers.ts';
import { openStubShop, type StubShop } from './stub-shop.ts';

let shop: StubShop;
let page: Page;

beforeAll(async () => {
  shop = await openStubShop();
});

beforeEach(() => {
  shop.answers = usualAnswers();
  shop.requests.length = 0;
});

afterEach(() => page.context().close());

afterAll(() => shop.stop());

const press = () => page.locator('[data-action="buy"]:enabled').click();

/** The addresses of the buys so far, without what does not change. */
const buys = (): string[] =>
  shop.requests
    .map((request) => new URL(request.url()))
    .filter(({ pathname }) => pathname.endsWith('/orders'))
    .map(({ search }) => search);

const nothingAnswers = (): Answers =>
  Object.fromEntries(Object.keys(usualAnswers()).map((name) => [name, 'lost'])) as Answers;

describe('the sale page, reloaded', () => {
  test('keeps the order', async () => {
    page = await shop.visit();
    await press();
    await reaches(page, 'reserved');
    await page.reload();
    await reaches(page, 'reserved');
    expect(await orderId(page)).toBe(ORDER_ID);
    expect(buys()).toEqual(['?sku=lamp&quantity=1']);
  });

  test('does not buy by itself when the answer was still out, and says what to do', async () => {
    shop.answers.buy = 'lost';
    page = await shop.visit();
    await press();
    await page.locator('#offline').waitFor();
    shop.answers.buy = anOrder();
    shop.answers.status = aStatus('open', { remaining: 0, soldOut: true });
    await page.reload();
    await reaches(page, 'sold-out');
    const asked = buys().length;
    await page.getByText('the answer was lost').waitFor();
    expect(await page.locator('[data-action="buy"]').textContent()).toBe('Look for my order');
    expect(buys()).toHaveLength(asked);
    await press();
    await reaches(page, 'reserved');
    expect(buys().at(-1)).toBe('?sku=lamp&quantity=1&again=1');
    expect(await page.getByText('the answer was lost').count()).toBe(0);
  });
});

describe('the sale page, when an answer is lost', () => {
  test.each([
    ['on its way', 'lost' as const],
    ['in the shop', refused(503, 'unavailable', { retryAfterSeconds: 1 })],
  ])('%s, looks for the order that may be there', async (_where, reply) => {
    shop.answers.buy = inTurn(reply, anOrder());
    page = await shop.visit();
    await press();
    await reaches(page, 'reserved');
    expect(buys()).toEqual(['?sku=lamp&quantity=1', '?sku=lamp&quantity=1&again=1']);
  });
});

describe('the sale page, in two tabs', () => {
  const otherTab = async () => {
    const tab = await page.context().newPage();
    await tab.goto(page.url());
    await reaches(tab, 'open');
    return tab;
  };

  test('shows in one what was bought in the other, and forgets what was dismissed there', async () => {
    page = await shop.visit();
    const tab = await otherTab();
    await press();
    await reaches(tab, 'reserved');
    expect(await orderId(tab)).toBe(ORDER_ID);
    shop.answers.order = anOrder('RELEASED', { reason: 'expired' });
    await Promise.all([page.reload(), tab.reload()]);
    await reaches(tab, 'released');
    await page.locator('[data-action="dismiss"]').click();
    await reaches(tab, 'open');
  });

  test('buys in one only', async () => {
    shop.answers.buy = refused(429, 'busy', { retryAfterSeconds: 1 });
    page = await shop.visit();
    const tab = await otherTab();
    await press();
    await page.getByText('You are in line').first().waitFor();
    await tab.locator('[data-action="buy"]:enabled').click();
    await tab.getByText('Another tab of yours').first().waitFor();
    shop.answers.buy = inTurn(anOrder(), refused(409, 'sold-out'));
    await Promise.all([reaches(page, 'reserved'), reaches(tab, 'reserved')]);
    expect(await orderId(tab)).toBe(ORDER_ID);
    expect(await tab.locator('[data-part="message"]:visible').count()).toBe(0);
  });
});

describe('the sale page, offline for a while', () => {
  test('says so, and goes on by itself', async () => {
    page = await shop.visit();
    await reaches(page, 'open');
    shop.answers = nothingAnswers();
    await page.locator('#offline').waitFor();
    shop.answers = usualAnswers();
    await page.locator('#offline').waitFor({ state: 'hidden' });
    await press();
    await reaches(page, 'reserved');
  });

  test('opens in time for whoever came without a connection', async () => {
    shop.answers = nothingAnswers();
    page = await shop.visit();
    await page.locator('#offline').waitFor();
    await reaches(page, 'loading');
    shop.answers = usualAnswers();
    await page.evaluate('dispatchEvent(new Event("online"))');
    await reaches(page, 'open');
  });
});

describe('the sale page, on a machine that', () => {
  test('slept past the opening, is open when it wakes', async () => {
    const opensAtEpochMs = Date.now() + HOUR / 2;
    shop.answers.sale = { body: aSale({ opensAtEpochMs, closesAtEpochMs: Date.now() + 2 * HOUR }) };
    shop.answers.status = () => aStatus('scheduled');
    page = await shop.visit('/');
    await page.clock.install();
    await page.goto('https://shop.test/sales/night/');
    await reaches(page, 'waiting');
    await page.locator('#countdown').waitFor();
    shop.answers.time = () => ({ body: { epochMs: Date.now() + HOUR } });
    shop.answers.status = () => aStatus('open');
    // Timers stood still, and are due all at once.
    await page.clock.fastForward(10_000);
    await reaches(page, 'open');
  });

  test.each([
    ['an hour fast', HOUR],
    ['an hour slow', -HOUR],
  ])('has a clock %s, counts down by the time of the shop', async (_how, wrongMs) => {
    const opensAtEpochMs = Date.now() + HOUR / 2;
    shop.answers.sale = { body: aSale({ opensAtEpochMs, closesAtEpochMs: Date.now() + 2 * HOUR }) };
    shop.answers.status = () => aStatus('scheduled');
    page = await shop.visit('/');
    await page.addInitScript(`{
      const now = Date.now.bind(Date);
      Date.now = () => now() + ${wrongMs};
      Object.defineProperty(performance, 'timeOrigin', { value: performance.timeOrigin + ${wrongMs} });
    }`);
    await page.goto('https://shop.test/sales/night/');
    await reaches(page, 'waiting');
    expect(await page.locator('#countdown').textContent()).toMatch(/^(30:00|29:\d\d)$/);
  });
});
