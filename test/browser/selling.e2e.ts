/** @module How the sale page sells: one request a press, in the shopper's turn, and with counts that are true. */

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { reaches, unitsShown } from './storefront.ts';
import {
  anItem,
  anOrder,
  aSale,
  aStatus,
  aTicket,
  inTurn,
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

const count = (end: string) =>
  shop.requests.filter((request) => new URL(request.url()).pathname.endsWith(end)).length;

describe('the Buy button', () => {
  test('makes one request of a double click, whatever the answer', async () => {
    shop.answers.buy = refused(409, 'limit-reached');
    page = await shop.visit();
    await reaches(page, 'open');
    await page.locator('[data-action="buy"]').dblclick();
    await page.getByText('as many of these as one person may buy').waitFor();
    expect(count('/orders')).toBe(1);
    await page.locator('[data-action="buy"]:enabled').click();
    await page.locator('[data-action="buy"]:disabled').waitFor();
  });

  test('stays grey until sale.js says that the sale has started', async () => {
    shop.answers.flag = { text: 'window.flashSale={"saleStarted":false};' };
    page = await shop.visit();
    await reaches(page, 'opening');
    expect(await page.locator('[data-action="buy"]').isDisabled()).toBe(true);
    shop.answers.flag = usualAnswers().flag;
    await reaches(page, 'open');
    expect(await page.locator('[data-action="buy"]').isEnabled()).toBe(true);
  });

  test('waits for a turn that has moved, and asks once when it comes', async () => {
    shop.answers.buy = refused(429, 'not-your-turn', { retryAfterSeconds: 60 });
    page = await shop.visit();
    await reaches(page, 'open');
    shop.answers.ticket = aTicket(4000);
    await page.locator('[data-action="buy"]').click();
    await page.getByText('Your turn comes soon').first().waitFor();
    shop.answers.buy = anOrder();
    await reaches(page, 'reserved');
    expect(count('/orders')).toBe(2);
  });

  test('stands beside a smaller number that can be had', async () => {
    shop.answers.sale = { body: aSale({ items: [anItem({ limitPerShopper: 3 })] }) };
    shop.answers.buy = refused(409, 'quantity-unavailable', { largest: 2 });
    page = await shop.visit();
    await reaches(page, 'open');
    await page.getByLabel('Quantity').selectOption('3');
    await page.locator('[data-action="buy"]').click();
    await page.getByText('You can still get 2').waitFor();
    expect(new URL(shop.requests.at(-1)!.url()).search).not.toContain('again');
  });
});

describe('the count of units', () => {
  const left = (units: number) =>
    page.locator(`[data-part="stock"][data-count="${units}"]`).waitFor();

  test('never rises while nothing came back', async () => {
    shop.answers.status = aStatus('open', { remaining: 3 });
    page = await shop.visit();
    await left(3);
    shop.answers.status = aStatus('open', { remaining: 9, unpaid: 1 });
    // Two, since one may have been answered before.
    for (let looks = 0; looks < 2; looks++) await page.waitForResponse('**/api/sales/night');
    await page.locator('[data-part="stock"]').waitFor();
    expect(await unitsShown(page)).toBe(3);
    expect(await page.getByText('Units came back').count()).toBe(0);
  });

  test('rises with an announcement, and sold out ends with one', async () => {
    shop.answers.status = aStatus('open', { remaining: 0, unpaid: 2, soldOut: true });
    page = await shop.visit();
    await reaches(page, 'sold-out');
    shop.answers.status = aStatus('open', { remaining: 2, releases: 1 });
    await page.getByRole('status').getByText('Units came back.').waitFor();
    expect(await unitsShown(page)).toBe(2);
    await reaches(page, 'open');
  });
});

describe('a pause', () => {
  test('takes a new ticket when it ends, and counts down to the new turn', async () => {
    page = await shop.visit();
    await reaches(page, 'open');
    shop.answers.status = () => aStatus('paused');
    await reaches(page, 'paused');
    expect(await page.locator('[data-action="buy"]').isDisabled()).toBe(true);
    const tickets = count('/ticket');
    shop.answers.ticket = aTicket(12_000);
    shop.answers.status = () => aStatus('open');
    await reaches(page, 'slot');
    expect(count('/ticket')).toBe(tickets + 1);
    expect(await page.locator('#place').textContent()).toMatch(/^Your turn: \d\d:\d\d:\d\d$/);
    await page.locator('main[data-state="open"]').waitFor();
  });
});

describe('a session that ends during the sale', () => {
  test('is begun again', async () => {
    const signIn = { issuer: 'https://login.test', clientId: 'shop' };
    shop.answers.sale = { body: aSale({ signIn }) };
    page = await shop.visit();
    await reaches(page, 'open');
    shop.answers.buy = inTurn(refused(401, 'session-missing'), anOrder());
    const sessions = count('/session');
    await page.locator('[data-action="buy"]').click();
    await reaches(page, 'reserved');
    expect(count('/session')).toBe(sessions + 1);
  });

  test('leads to the sign-in, where it cannot be', async () => {
    const signIn = { issuer: 'https://login.test', clientId: 'shop' };
    shop.answers.sale = { body: aSale({ signIn }) };
    page = await shop.visit();
    await reaches(page, 'open');
    for (const route of ['session', 'ticket', 'buy'] as const) {
      shop.answers[route] = refused(401, 'session-missing');
    }
    await page.locator('[data-action="buy"]').click();
    await page.getByRole('button', { name: 'Sign in' }).waitFor();
  });
});
