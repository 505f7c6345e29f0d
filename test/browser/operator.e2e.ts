/** @module The operators' page in Chromium: from a product to a sale that is watched, paused, resumed and judged. */

import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { violationsOn } from './axe.ts';
import { type BrowserOffice, fillIn, openBrowserOffice, signIn, tileSays } from './office.ts';

let office: BrowserOffice;

beforeAll(async () => {
  office = await openBrowserOffice({ id: 'night', items: [{ name: 'Lamp No. 7', units: 40 }] });
  await office.scene.open();
}, 120_000);

afterAll(() => office?.stop());

/** How Chromium logs an answer that says what is wrong with a form, or that somebody may not come in. */
const EXPECTED =
  /^error: Failed to load resource: .* status of (401|403|409|422) .*\/api\/operator\//;

afterEach(() => {
  expect(office.complaints.splice(0).filter((line) => !EXPECTED.test(line))).toEqual([]);
});

const said = (page: Page, text: string) => page.locator('#said').getByText(text).waitFor();

/** Presses the button of an open question. */
const answer = (page: Page, name: string) =>
  page.getByRole('dialog').getByRole('button', { name, exact: true }).click();

describe('the way in', () => {
  test('is signing in; whoever is no operator is told so, and signs out', async () => {
    const page = await office.visit();
    await signIn(page, 'Grace');
    await page.getByText('You are not in the group').waitFor();
    expect(await page.locator('#nav').isVisible()).toBe(false);
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByRole('button', { name: 'Sign in' }).waitFor();
    await signIn(page);
    await page.getByRole('link', { name: 'Night of the lamps' }).waitFor();
    expect(await page.locator('#who').textContent()).toBe('Olivia');
    expect(await page.evaluate('JSON.stringify(localStorage)')).not.toContain('eyJ');
  });

  test('loses nothing that was typed when it shuts', async () => {
    const page = await office.enter('#/products/new');
    await fillIn(page, 'SKU', 'KEPT');
    await page.evaluate('sessionStorage.setItem("flash-sale.operator", "x.y.z")');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Your sign-in has ended').waitFor();
    await page.getByRole('button', { name: 'Sign in again' }).click();
    // The form has a "Name" too: nothing is typed before its page is left.
    await page.waitForURL(({ pathname }) => !pathname.startsWith('/operator'));
    await page.getByLabel('Name').fill('Olivia');
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await page.getByRole('heading', { name: 'New product' }).waitFor();
    expect(await page.getByLabel('SKU', { exact: true }).inputValue()).toBe('KEPT');
  });
});

describe('plans', () => {
  test('go from a product to a draft, which is checked, mended and published', async () => {
    const page = await office.enter('#/products/new');
    for (const [label, value] of [
      ['SKU', 'DESK'],
      ['Name', 'Desk'],
      ['Price', '9.99'],
      ['Total units', '50'],
    ] as const) {
      await fillIn(page, label, value);
    }
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('It must be an integer of 0 or more').waitFor();
    expect(await page.evaluate('document.activeElement.dataset.path')).toBe('price');
    await fillIn(page, 'Price', '99900');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('row', { name: /DESK Desk €999.00 50 50/ }).waitFor();

    await page.getByRole('link', { name: 'Drafts' }).click();
    await page.getByRole('link', { name: 'Plan a sale' }).click();
    await fillIn(page, 'Title', 'An evening of desks');
    await fillIn(page, 'Id', 'evening');
    await fillIn(page, 'Time zone', 'Europe/Berlin');
    await page.getByRole('button', { name: 'Add an item' }).click();
    await page.getByLabel('Product').selectOption('DESK');
    await fillIn(page, 'Units', '60');
    await page.getByRole('button', { name: 'Check' }).click();
    await page.getByText('Product "DESK" has 50 free units, not 60').waitFor();
    await fillIn(page, 'Units', '20');
    await page.getByRole('button', { name: 'Check' }).click();
    await page.getByText('It can be published').waitFor();
    await page.getByRole('button', { name: 'Save' }).click();
    await said(page, 'Saved.');
    await page.getByRole('button', { name: 'Publish …' }).click();
    await answer(page, 'Publish');
    await page.getByRole('heading', { level: 1, name: 'An evening of desks' }).waitFor();
    await tileSays(page, 'For sale', 20);
    await page.getByText('Europe/Berlin').waitFor();
  });

  test('take rows of products, and tell each bad one with its line', async () => {
    const page = await office.enter('#/products');
    const rows = 'sku,name,price,currency,total\nA-1,First,100,EUR,5\nB-2,Second,x,EUR,6\n';
    await page.getByRole('textbox', { name: 'Rows' }).fill(rows);
    await page.getByRole('button', { name: 'Import' }).click();
    await page.getByText('1 added, 0 changed, 0 as they were, 1 refused.').waitFor();
    await page.getByRole('row', { name: /^3 .*price/ }).waitFor();
    expect(await page.getByRole('textbox', { name: 'Rows' }).inputValue()).toBe(rows);
  });
});

describe('a sale that is on', () => {
  test('is watched while a shopper buys, is paused and resumed, and is judged', async () => {
    const page = await office.enter('#/sales/night');
    await page.getByText('Selling').waitFor();
    await tileSays(page, 'For sale', 40);
    const shopper = await office.scene.enter();
    const orderId = await shopper.order('night');
    await office.scene.pay(await shopper.token(orderId));
    await page.locator('.legend', { hasText: 'Paid 1' }).waitFor();
    await tileSays(page, 'For sale', 39);
    await page.locator('.canvas[aria-label*="For sale: 39"]').waitFor();
    expect(await page.locator('.canvas canvas').count()).toBe(1);

    await page.getByRole('button', { name: 'Pause' }).click();
    await page.getByRole('dialog').getByText('Nobody can buy').waitFor();
    await page.keyboard.press('Escape');
    await page.getByText('Selling').waitFor();
    await page.getByRole('button', { name: 'Pause' }).click();
    await answer(page, 'Pause');
    await said(page, 'Paused.');
    await page.getByRole('button', { name: 'Resume' }).click();
    await page.getByRole('dialog').getByLabel('Slots begin in seconds').fill('60');
    await answer(page, 'Resume');
    await page.getByText('slots begin again at').waitFor();

    await page.getByRole('button', { name: 'Add units' }).click();
    await page.getByRole('dialog').getByLabel('Units').fill('5');
    await answer(page, 'Add');
    await page.getByText('sale restocked lamp +5').waitFor();
    await tileSays(page, 'For sale', 44);
    await page.getByRole('button', { name: 'Audit now' }).click();
    await page.getByText('No unit is sold twice kept').waitFor();

    await page.getByRole('link', { name: 'Log' }).click();
    await page
      .getByRole('row', { name: /pause night .*paused Olivia .*page at 127.0.0.1/ })
      .waitFor();
  });

  test('shows money that came too late, and gives it back once somebody agrees', async () => {
    const { scene } = office;
    const opensAt = scene.stack.clock.now() - 1000;
    const sale = { id: 'late', opensAt, refunds: 'approval', items: [{ units: 1 }] } as const;
    const { doorKey } = await scene.publishBare(sale);
    const [slow, quick] = [await scene.enter(), await scene.enter()];
    const lost = await slow.order('late', { doorKey });
    const token = await slow.token(lost);
    await slow.cancel(lost);
    // What others were told of the stock is a second old at most.
    await scene.stack.clock.advance(2000);
    await scene.order(quick, 'late', { doorKey });
    await scene.pay(token);
    const page = await office.enter('#/sales/late');
    await page.getByRole('button', { name: 'Approve' }).click();
    await answer(page, 'Give it back');
    await said(page, '€19.99 went back.');
    await page.getByText('payment refunded lamp €19.99 (late)').waitFor();
  });

  test('asks nothing while nobody looks, and says so when nothing answers', async () => {
    const page = await office.enter('#/sales/night');
    await tileSays(page, 'For sale', /^[1-9]/);
    await page.context().setOffline(true);
    await page.getByText('The shop does not answer. What you see may be old.').waitFor();
    await tileSays(page, 'For sale', /^[1-9]/);
    await page.context().setOffline(false);
    await page.locator('#offline').waitFor({ state: 'hidden' });
    const complaints = office.complaints.splice(0);
    expect(complaints.filter((line) => !/ERR_INTERNET_DISCONNECTED/.test(line))).toEqual([]);

    const hide = (state: string) =>
      page.evaluate(
        `Object.defineProperty(document, 'visibilityState', { value: '${state}', configurable: true }); document.dispatchEvent(new Event('visibilitychange'))`,
      );
    await hide('hidden');
    await page.waitForLoadState('networkidle');
    let asked = 0;
    page.on('request', () => asked++);
    // Two looks would have come by then.
    await page.waitForTimeout(5000);
    expect(asked).toBe(0);
    await Promise.all([page.waitForRequest('**/api/operator/sales/night'), hide('visible')]);
  });
});

const PHONE = { viewport: { width: 360, height: 640 }, isMobile: true, hasTouch: true };

const VIEWS = [
  ['#/', 'Sales'],
  ['#/sales/night', 'Night of the lamps'],
  ['#/products', 'Products'],
  ['#/products/new', 'New product'],
  ['#/drafts', 'Drafts'],
  ['#/drafts/new', 'Plan a sale'],
  ['#/log', "Operators' log"],
] as const;

describe('every view', () => {
  test.each([
    ['in the light', { colorScheme: 'light' }],
    ['in the dark', { colorScheme: 'dark' }],
    ['on a telephone', { ...PHONE, colorScheme: 'dark' }],
  ] as const)('is accessible %s, and never scrolls sideways', async (_, options) => {
    const page = await office.enter('', { ...options, bypassCSP: true });
    for (const [hash, title] of VIEWS) {
      await page.goto(`${office.scene.stack.siteUrl}/operator/${hash}`);
      await page.getByRole('heading', { level: 1, name: title }).waitFor();
      await page.getByText('Loading …').first().waitFor({ state: 'detached' });
      expect([title, await violationsOn(page)]).toEqual([title, []]);
      const overhang = await page.evaluate('document.documentElement.scrollWidth - innerWidth');
      expect([title, overhang]).toEqual([title, 0]);
    }
    await page.goto(`${office.scene.stack.siteUrl}/operator/#/sales/night`);
    await page.getByRole('button', { name: /Pause|Resume/ }).click();
    expect(await violationsOn(page)).toEqual([]);
  });
});
