/** @module What a shopper does and sees, in Chromium, on the bundled code: from the countdown to the paid order. */

import { afterEach, describe, expect, test } from '@jest/globals';
import { isBroken } from '../../domain/audit.ts';
import { anItem } from '../support/sales.ts';
import {
  buy,
  openStorefront,
  orderId,
  pay,
  reaches,
  type Storefront,
  unitsShown,
} from './storefront.ts';

/** How Chromium logs the answer "sold out"; nothing else may be logged. */
const CONFLICT = /^error: Failed to load resource: .* status of 409 \(Conflict\) .*\/orders\?/;
const BUSY = /^error: Failed to load resource: .* status of 429 \(Too Many Requests\) .*\/orders\?/;

let storefront: Storefront;

afterEach(async () => {
  const { complaints } = storefront;
  await storefront.stop();
  expect(complaints).toEqual([]);
});

/** How often a domain event was published so far. */
const countOf = async (detailType: string): Promise<number> => {
  const { stack } = storefront.local;
  await stack.settle();
  return stack.events.filter((event) => event.detailType === detailType).length;
};

describe('the sale page', () => {
  test('counts down, sells, takes back the payer, and keeps the order', async () => {
    // Long enough that a busy machine has loaded the page by then.
    storefront = await openStorefront({ opensAt: Date.now() + 12_000 });
    const page = await storefront.visit();

    await reaches(page, 'waiting');
    const countdown = page.locator('#countdown');
    expect(await countdown.textContent()).toMatch(/^00:(0[1-9]|1[0-2])$/);
    const buyButton = page.locator('[data-action="buy"]');
    expect(await buyButton.isDisabled()).toBe(true);
    await reaches(page, 'open');
    expect(Date.now()).toBeGreaterThanOrEqual(storefront.local.sale.opensAt);
    expect(await countdown.isVisible()).toBe(false);

    const id = await buy(page);
    expect(id).toMatch(/^night\.lamp\.[\w-]{24}$/);
    const clock = page.locator('li[data-order-id] [data-part="countdown"]');
    expect(await clock.textContent()).toMatch(/^(15:00|14:5\d)$/);
    expect(await page.locator('li[data-order-id] [data-part="state"]').textContent()).toContain(
      '€19.99',
    );

    await page.locator('[data-action="pay"]').click();
    await page.waitForURL(`${storefront.local.sandbox.url}/checkout?**`);
    expect(await page.locator('main').textContent()).toContain('€19.99');
    await page.getByRole('button', { name: 'Pay', exact: true }).click();
    await page.waitForURL(`${storefront.url}?**`);
    await reaches(page, 'paid');
    expect(await orderId(page)).toBe(id);
    expect(await clock.isVisible()).toBe(false);

    await page.goto(storefront.url);
    await reaches(page, 'paid');
    expect(await orderId(page)).toBe(id);
    expect(await page.locator('li[data-order-id]').count()).toBe(1);
    expect(await buyButton.isDisabled()).toBe(true);
    const statement = storefront.local.sandbox.statement();
    expect(statement.payments).toMatchObject([{ orderId: id, amountMinor: 1999, currency: 'EUR' }]);
  });

  test('tells a second shopper that everything is sold', async () => {
    storefront = await openStorefront();
    const [first, second] = [await storefront.visit(), await storefront.visit()];
    await reaches(second, 'open');
    await buy(first);
    await second.locator('[data-action="buy"]').click();
    await reaches(second, 'sold-out');
    expect(storefront.complaints.splice(0)).toEqual([expect.stringMatching(CONFLICT)]);
    expect(await second.locator('#status').textContent()).toMatch(
      /^Everything is (sold\.|taken for now\.)/,
    );
    expect(await second.locator('[data-action="buy"]').isDisabled()).toBe(true);
    expect(await second.locator('li[data-order-id]').count()).toBe(0);

    const third = await storefront.visit();
    await reaches(third, 'sold-out');
    expect(await third.locator('[data-part="stock"]').textContent()).toMatch(/^Sold out/);
    expect(await unitsShown(third)).toBe(0);
  });

  test('offers a cancelled unit again, to the same shopper and to the next', async () => {
    storefront = await openStorefront();
    const [first, second] = [await storefront.visit(), await storefront.visit()];
    await reaches(second, 'open');
    await buy(first);
    await second.locator('[data-action="buy"]').click();
    await reaches(second, 'sold-out');
    expect(storefront.complaints.splice(0)).toEqual([expect.stringMatching(CONFLICT)]);

    await first.locator('[data-action="cancel"]').click();
    await reaches(first, 'released');
    await first.locator('[data-action="buy"]:enabled').waitFor();
    await reaches(second, 'open');
    await second.locator('[data-part="stock"][data-count="1"]').waitFor();
    await first.locator('[data-action="dismiss"]').click();
    await reaches(first, 'open');
    await buy(second);
    // Whoever comes first after a release may have to look for the unit, and is told to come back in a second.
    expect(storefront.complaints.splice(0).filter((line) => !BUSY.test(line))).toEqual([]);
    expect(isBroken(await storefront.local.audit())).toBe(false);
  });

  test('makes one order of two tabs', async () => {
    storefront = await openStorefront({ items: [anItem({ units: 2 })] });
    const shopper = await storefront.shopper();
    const first = await storefront.tab(shopper);
    // Two that begin at once begin two sessions, of which one counts: the other's ticket is refused, and asked for again.
    await reaches(first, 'open');
    const tabs = [first, await storefront.tab(shopper)];
    await Promise.all(tabs.map((tab) => reaches(tab, 'open')));
    // Both at once: the order of one would grey the button of the other.
    await Promise.all(
      tabs.map((tab) => tab.evaluate('document.querySelector("[data-action=buy]").click()')),
    );
    await Promise.all(tabs.map((tab) => reaches(tab, 'reserved')));
    const ids = await Promise.all(tabs.map(orderId));
    expect(ids[0]).not.toBe('');
    expect(ids[1]).toBe(ids[0]);
    expect(await countOf('order.reserved.v1')).toBe(1);
    const other = await storefront.visit();
    await other.locator('[data-part="stock"][data-count="1"]').waitFor();
  });

  test('lets a shopper try again after a declined payment', async () => {
    storefront = await openStorefront();
    const page = await storefront.visit();
    const id = await buy(page);
    await page.locator('[data-action="pay"]').click();
    await page.getByRole('button', { name: 'Decline' }).click();
    await reaches(page, 'reserved');
    expect(await page.locator('li[data-order-id] [data-part="message"]').textContent()).toContain(
      'did not go through',
    );
    await pay(page);
    expect(await orderId(page)).toBe(id);
  });

  test('sells to a shopper who has a keyboard only', async () => {
    storefront = await openStorefront({ items: [anItem({ units: 5, limit: 3 })] });
    const page = await storefront.visit();
    await reaches(page, 'open');
    const focused = () => page.evaluate('document.activeElement.getAttribute("aria-label")');
    const tabTo = async (selector: string) => {
      for (let presses = 0; presses < 10; presses++) {
        if (await page.locator(`${selector}:focus`).count()) return;
        await page.keyboard.press('Tab');
      }
      throw new Error(`Cannot reach "${selector}" by Tab`);
    };
    await tabTo('select[name="quantity"]');
    await page.keyboard.press('ArrowDown');
    await tabTo('[data-action="buy"]');
    expect(await focused()).toBe('Buy Lamp');
    await page.keyboard.press('Enter');
    await reaches(page, 'reserved');
    await page.locator('[data-action="pay"]:focus').waitFor();
    expect(await page.locator('li[data-order-id] [data-part="state"]').textContent()).toContain(
      '2 reserved for you. Pay €39.98',
    );
    await page.keyboard.press('Enter');
    await page.waitForURL(`${storefront.local.sandbox.url}/**`);
  });
});
