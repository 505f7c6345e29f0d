/** @module The page on a small telephone, and under its security policy. */

import { afterEach, describe, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { anItem } from '../support/sales.ts';
import { buy, openStorefront, pay, reaches, type Storefront } from './storefront.ts';

const PHONE = { viewport: { width: 360, height: 640 }, isMobile: true, hasTouch: true };

/** Nothing in it can be broken at a space. */
const LONG = 'Straßenbahnhaltestellenbeleuchtungsanlagenprüfgerätekoffer';

let storefront: Storefront;

afterEach(() => storefront.stop());

/** How many px the page is wider than its window. Mobile Chromium widens the window itself, so the device's counts. */
const overhang = (page: Page) => page.evaluate('document.documentElement.scrollWidth - 360');

describe('the page on 360 px', () => {
  test('never scrolls sideways', async () => {
    const items = [anItem({ name: LONG, limit: 3 }), anItem({ sku: 'other-'.repeat(6), units: 0 })];
    storefront = await openStorefront({ title: LONG, items, paymentWindow: 3600 });
    const page = await storefront.visit(PHONE);
    const widths: Record<string, unknown> = {};
    const measure = async (state: string) => {
      await reaches(page, state);
      widths[state] = await overhang(page);
    };
    await measure('waiting');
    await measure('open');
    await buy(page);
    await measure('reserved');
    await pay(page);
    await measure('paid');
    await page.goto(storefront.local.stack.siteUrl);
    await page.locator('#list li').waitFor();
    widths['list'] = await overhang(page);
    expect(widths).toEqual({ waiting: 0, open: 0, reserved: 0, paid: 0, list: 0 });

    // The measure itself: one thing that is too wide is seen.
    await page.evaluate('document.querySelector("h1").style.width = "400px"');
    expect(await overhang(page)).toBeGreaterThan(0);
  });
});

describe('the security policy of the page', () => {
  test('refuses what is not from the site, and the browser says so', async () => {
    storefront = await openStorefront();
    const page = await storefront.visit();
    await reaches(page, 'open');
    expect(storefront.complaints).toEqual([]);
    await page.evaluate(
      'document.head.append(Object.assign(document.createElement("script"), { textContent: "window.ran = 1" }))',
    );
    await page.evaluate(`fetch("${storefront.local.sandbox.url}/style.css").catch(() => {})`);
    expect(await page.evaluate('window.ran')).toBeUndefined();
    expect(storefront.complaints).toContainEqual(
      expect.stringMatching(/inline script.*'script-src/),
    );
    expect(storefront.complaints).toContainEqual(
      expect.stringMatching(/connecting.*"connect-src/i),
    );
  });
});
