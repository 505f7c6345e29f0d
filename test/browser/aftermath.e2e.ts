/** @module What goes wrong after the click, on the local stack: a lost answer, a reload, a lapsed order, a pause. */

import { afterEach, describe, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { pause, RESUME_SECONDS, resume } from '../../domain/pause.ts';
import { buy, openStorefront, orderId, reaches, type Storefront } from './storefront.ts';

let storefront: Storefront;

afterEach(() => storefront.stop());

/** Some time later: on the stack's clock, and for a page that wakes up then. */
async function later(page: Page, ms: number): Promise<void> {
  await storefront.local.stack.clock.advance(ms);
  await page.evaluate('dispatchEvent(new Event("online"))');
}

/** Hands the first buy to the shop, and loses the answer. Answers the addresses of all buys. */
async function loseFirstAnswer(page: Page): Promise<string[]> {
  const asked: string[] = [];
  await page.route('**/orders?**', async (route) => {
    asked.push(new URL(route.request().url()).search);
    if (asked.length > 1) return route.continue();
    expect((await route.fetch()).status()).toBe(201);
    return route.abort('connectionreset');
  });
  return asked;
}

describe('the sale page on the local stack', () => {
  test('finds the order whose answer was lost, though it was the last unit', async () => {
    storefront = await openStorefront();
    const page = await storefront.visit();
    const asked = await loseFirstAnswer(page);
    const id = await buy(page);
    expect(id).toMatch(/^night\.lamp\./);
    expect(asked).toEqual(['?sku=lamp&quantity=1', '?sku=lamp&quantity=1&again=1']);
  });

  test('finds it after a reload too, when the shopper asks', async () => {
    storefront = await openStorefront();
    const page = await storefront.visit();
    await loseFirstAnswer(page);
    await page.locator('[data-action="buy"]:enabled').click();
    await page.locator('#offline').waitFor();
    await page.reload();
    await page.getByRole('button', { name: 'Look for my order' }).click();
    await reaches(page, 'reserved');
    expect(await orderId(page)).toMatch(/^night\.lamp\./);
  });

  test('says that an order has expired, and that its unit came back', async () => {
    storefront = await openStorefront({ paymentWindow: 60 });
    const page = await storefront.visit();
    const late = await storefront.visit();
    await buy(page);
    await late.locator('[data-part="stock"][data-count="0"]').waitFor();
    await later(page, 180_000);
    await reaches(page, 'released');
    expect(await page.locator('[data-part="state"]').textContent()).toMatch(/not paid in time/);
    await late.getByText('Units came back.').waitFor();
  });

  test('stops at a pause, and sells in the new turn', async () => {
    storefront = await openStorefront();
    const { deployment, sale } = storefront.local;
    const page = await storefront.visit();
    await reaches(page, 'open');
    await pause(deployment, sale.id);
    await reaches(page, 'paused');
    await resume(deployment, sale.id, RESUME_SECONDS);
    await reaches(page, 'slot');
    expect(await page.locator('#countdown').textContent()).toMatch(/^(01:00|00:\d\d)$/);
    await later(page, RESUME_SECONDS * 1000);
    await buy(page);
  });
});
