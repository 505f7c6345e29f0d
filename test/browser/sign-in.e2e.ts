/** @module Signing in, in Chromium: from the sale page to the provider's, and back with a session that can buy. */

import { afterEach, describe, expect, test } from '@jest/globals';
import axe from 'axe-core';
import type { Page } from 'playwright-core';
import { orderOf } from '../../domain/order-id.ts';
import { claimKeyOf } from '../../domain/steps.ts';
import {
  goToProvider,
  openDoor,
  openSignInStorefront,
  refuseGuests,
  sessionOf,
  signInAs,
} from './signing-in.ts';
import { buy, type Storefront } from './storefront.ts';

/** How Chromium logs that somebody has to sign in, or may not take part; nothing else may be logged. */
const EXPECTED =
  /^error: Failed to load resource: .* status of (401 \(Unauthorized\) .*\/api\/session|403 \(Forbidden\) .*\/ticket)$/;

let storefront: Storefront;

afterEach(async () => {
  const { complaints } = storefront;
  await storefront.stop();
  expect(complaints.filter((line) => !EXPECTED.test(line))).toEqual([]);
});

const barrier = (page: Page) => page.locator('#barrier-text');

/** Waits until the page says when it is this shopper's turn: only a ticket tells it. */
const hasPlace = (page: Page) => page.locator('#place').getByText('Your turn').waitFor();

/** Whose an order is. */
async function buyerOf(orderId: string): Promise<unknown> {
  const order = orderOf(orderId)!;
  const [claim] = await storefront.local.deployment.store.read([claimKeyOf(order, order.holder)]);
  return claim?.['shopper'];
}

describe('where guests are refused', () => {
  test('the page asks to sign in long before the opening, and then sells to who did', async () => {
    storefront = await openSignInStorefront();
    await refuseGuests(storefront);
    const page = await storefront.visit();
    await barrier(page).getByText('Please sign in').waitFor();
    expect(await sessionOf(page)).toEqual({});

    await goToProvider(storefront, page);
    await signInAs(storefront, page, { membership: 'gold' });
    await hasPlace(page);
    expect(await barrier(page).isVisible()).toBe(false);
    const session = await sessionOf(page);
    expect(session).toEqual({
      ...{ u: expect.stringMatching(/^i-[\w-]{22}$/), m: 'gold', b: expect.any(Number) },
      ...{ t: expect.any(String), e: expect.any(Number) },
    });
    expect(
      await page.evaluate('JSON.stringify([{ ...localStorage }, { ...sessionStorage }])'),
    ).not.toMatch(/eyJ|verifier|nonce/);

    await openDoor(storefront);
    await page.reload();
    expect(await buyerOf(await buy(page))).toBe(session['u']);
  });

  test('whoever cancels is told so kindly, and can try again', async () => {
    storefront = await openSignInStorefront();
    await refuseGuests(storefront);
    const page = await storefront.visit();
    await goToProvider(storefront, page);
    await page.getByRole('button', { name: 'Cancel' }).click();
    await page.waitForURL(storefront.url);
    await barrier(page).getByText('You did not sign in. To take part, please do.').waitFor();
    await goToProvider(storefront, page);
    await signInAs(storefront, page);
    await hasPlace(page);
    expect(await sessionOf(page)).not.toHaveProperty('m');
  });

  test('nobody gains anything from the address that somebody else was sent back to', async () => {
    storefront = await openSignInStorefront();
    await refuseGuests(storefront);
    const [page, thief] = [await storefront.visit(), await storefront.visit()];
    for (const one of [page, thief]) await goToProvider(storefront, one);
    const answer = page.waitForRequest((request) => /[?&]code=/.test(request.url()));
    await signInAs(storefront, page);
    await thief.goto((await answer).url());
    await barrier(thief).getByText('Please sign in again.').waitFor();
    expect([thief.url(), await sessionOf(thief)]).toEqual([storefront.url, {}]);
  });

  test('the page says so where the provider does not answer', async () => {
    storefront = await openSignInStorefront();
    await refuseGuests(storefront);
    await storefront.local.identity?.stop();
    const page = await storefront.visit();
    await page.locator('#sign-in').click();
    await barrier(page).getByText('does not answer').waitFor();
    expect(storefront.complaints.splice(0)).toContainEqual(
      expect.stringMatching(/CONNECTION_REFUSED.*openid-configuration/),
    );
  });
});

describe('a sale for members', () => {
  test('asks guests and others to sign in, and sells to members', async () => {
    storefront = await openSignInStorefront({ access: { memberships: ['gold'] } });
    const page = await storefront.visit();
    await barrier(page).getByText('gold').waitFor();
    expect(await sessionOf(page)).toMatchObject({ g: 1 });

    await goToProvider(storefront, page);
    await signInAs(storefront, page, { name: 'Grace', membership: 'silver' });
    await barrier(page).getByText('gold').waitFor();
    expect(await sessionOf(page)).toMatchObject({ m: 'silver' });

    await goToProvider(storefront, page);
    await signInAs(storefront, page, { name: 'Ada', membership: 'gold' });
    await hasPlace(page);
    const { u: shopper } = await sessionOf(page);
    await openDoor(storefront);
    await page.reload();
    expect(await buyerOf(await buy(page))).toBe(shopper);
  });
});

describe("the provider's page", () => {
  test('is accessible, and takes a name from the keyboard alone', async () => {
    storefront = await openSignInStorefront();
    await refuseGuests(storefront);
    const page = await storefront.visit();
    await goToProvider(storefront, page);
    await page.evaluate(axe.source);
    expect(await page.evaluate('axe.run().then(({ violations }) => violations)')).toEqual([]);
    await page.keyboard.press('Tab');
    await page.keyboard.type('Ada');
    await page.keyboard.press('Enter');
    await hasPlace(page);
  });
});
