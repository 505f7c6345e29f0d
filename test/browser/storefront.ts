/** @module A small sale on the local stack, shoppers with browsers of their own, and all that their browsers complain of. */

import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { type LocalSale, type LocalSaleOptions, startLocalSale } from '../../cli/local-sale.ts';
import type { Sale } from '../../domain/sale.ts';
import { anItem, aPublishedSale } from '../support/sales.ts';
import { launchChromium } from './chromium.ts';

/** Long enough for a page to load and show its countdown. */
const OPENS_IN_MS = 5000;

export type Storefront = {
  readonly local: LocalSale;
  readonly url: string;
  /** What pages logged as errors or warnings, threw, or were refused by their security policy. */
  readonly complaints: string[];
  /** Somebody with a browser, cookies and storage of their own. */
  shopper(options?: BrowserContextOptions): Promise<BrowserContext>;
  /** A new shopper's page of the sale. */
  visit(options?: BrowserContextOptions): Promise<Page>;
  /** One more tab of a shopper. */
  tab(shopper: BrowserContext): Promise<Page>;
  stop(): Promise<void>;
};

/** Starts a sale with one lamp, unless told otherwise, that opens in 5 seconds. */
export async function openStorefront(
  changes: Partial<Sale> = {},
  options: Omit<LocalSaleOptions, 'sale'> = {},
): Promise<Storefront> {
  const browser = await launchChromium();
  try {
    return await open(browser, changes, options);
  } catch (error) {
    await browser.close();
    throw error;
  }
}

async function open(
  browser: Browser,
  changes: Partial<Sale>,
  options: Omit<LocalSaleOptions, 'sale'>,
): Promise<Storefront> {
  const opensAt = Date.now() + OPENS_IN_MS;
  const local = await startLocalSale({ ...options, sale: aSale({ opensAt, ...changes }) });
  const url = `${local.stack.siteUrl}/sales/${local.sale.id}/`;
  const complaints: string[] = [];

  const storefront: Storefront = {
    local,
    url,
    complaints,
    async shopper(options) {
      const context = await browser.newContext({ locale: 'en-GB', ...options });
      context.setDefaultTimeout(30_000);
      context.on('page', (page) => listen(page, complaints));
      return context;
    },
    visit: async (options) => storefront.tab(await storefront.shopper(options)),
    async tab(shopper) {
      const page = await shopper.newPage();
      await page.goto(url);
      return page;
    },
    async stop() {
      await browser.close();
      await local.stop();
    },
  };
  return storefront;
}

function aSale({ opensAt, ...changes }: Partial<Sale> & { opensAt: number }): Sale {
  const { doorKey, salt, slotSeed, publishedAt, ...sale } = aPublishedSale({
    opensAt,
    closesAt: opensAt + 3_600_000,
    items: [anItem({ units: 1 })],
    ...changes,
  });
  return sale;
}

/** Chromium logs what a security policy refuses as an error. */
function listen(page: Page, complaints: string[]): void {
  page.on('pageerror', (error) => complaints.push(`thrown: ${error.message}`));
  page.on('console', (message) => {
    if (message.type() !== 'error' && message.type() !== 'warning') return;
    complaints.push(`${message.type()}: ${message.text()} ${message.location().url}`);
  });
}

/** Waits until the page says that it is in a state. */
export const reaches = (page: Page, state: string): Promise<void> =>
  page.locator(`main#sale[data-state="${state}"]`).waitFor();

/** Buys the first item once the sale is open, and waits for the order. Answers its id. */
export async function buy(page: Page): Promise<string> {
  await page.locator('[data-action="buy"]:enabled').first().click();
  await reaches(page, 'reserved');
  return orderId(page);
}

/** Goes to the payment provider, pays, and waits until the page says so. */
export async function pay(page: Page): Promise<void> {
  await page.locator('[data-action="pay"]').click();
  await page.getByRole('button', { name: 'Pay', exact: true }).click();
  await reaches(page, 'paid');
}

/** The id of the newest order on a page. */
export const orderId = async (page: Page): Promise<string> =>
  (await page.locator('li[data-order-id]').first().getAttribute('data-order-id')) ?? '';

/** How many units the page says are left; -1 where it says nothing. */
export const unitsShown = async (page: Page): Promise<number> =>
  Number((await page.locator('[data-part="stock"]').first().getAttribute('data-count')) || '-1');
