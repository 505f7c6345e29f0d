/** @module Takes the README's pictures: plays `sales/demo.json` on the local stack and photographs what a shopper sees. */

import { readFile, stat } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { readSaleFile } from '../../adapters/sale-file.ts';
import { type LocalSale, startLocalSale } from '../../cli/local-sale.ts';
import type { Sale } from '../../domain/sale.ts';
import { launchChromium } from '../../test/browser/chromium.ts';
import { buy, pay, reaches } from '../../test/browser/storefront.ts';

const SALE_FILE = fileURLToPath(new URL('../../sales/demo.json', import.meta.url));
const IMAGES = fileURLToPath(new URL('./', import.meta.url));

/** A README is cloned with the code; larger pictures would weigh on it. */
const MOST_BYTES = 150_000;

const OPENS_IN_MS = 6000;

const DESK = { width: 900, height: 700 };
const PHONE = { width: 360, height: 700 };

const browser = await launchChromium();
try {
  await playSale(browser);
  await playSoldOut(browser);
} finally {
  await browser.close();
}

async function playSale(browser: Browser): Promise<void> {
  await withSale({}, async (local) => {
    const [page, phone] = [await visit(browser, local, DESK), await visit(browser, local, PHONE)];
    await reaches(page, 'waiting');
    await page.locator('[data-part="stock"]').first().waitFor();
    await shoot(page, 'waiting');
    await reaches(page, 'open');
    await shoot(page, 'open');
    await reaches(phone, 'open');
    await shoot(phone, 'phone');
    await buy(page);
    await page.locator('[data-part="stock"][data-count="99"]').waitFor();
    await shoot(page, 'reserved');
    await pay(page);
    await page.locator('[data-part="stock"]').first().waitFor();
    await shoot(page, 'paid');
  });
}

/** One unit of everything, so that one shopper clears the shelf. */
async function playSoldOut(browser: Browser): Promise<void> {
  const { items } = await demo();
  const few = items.map((item) => ({ ...item, units: 1, limit: 1 }));
  await withSale({ items: few }, async (local) => {
    const [first, late] = [await visit(browser, local, DESK), await visit(browser, local, DESK)];
    for (const { sku } of few) {
      await first.locator(`[data-sku="${sku}"] [data-action="buy"]:enabled`).click();
      await first.locator(`[data-order-id*=".${sku}."][data-state="reserved"]`).waitFor();
      await first.locator('[data-action="pay"]:visible').first().click();
      await first.getByRole('button', { name: 'Pay', exact: true }).click();
      await reaches(first, 'paid');
    }
    // The sweep moves paid units to the sold ones, and proves that nothing is left.
    await local.stack.clock.advance(120_000);
    await reaches(late, 'sold-out');
    await late
      .locator('[data-part="stock"]')
      .last()
      .getByText('Sold out.', { exact: true })
      .waitFor();
    await shoot(late, 'sold-out');
  });
}

async function withSale(
  changes: Partial<Sale>,
  play: (local: LocalSale) => Promise<void>,
): Promise<void> {
  const opensAt = Date.now() + OPENS_IN_MS;
  const sale = { ...(await demo()), opensAt, closesAt: opensAt + 3_600_000, ...changes };
  const local = await startLocalSale({ sale });
  try {
    await play(local);
  } finally {
    await local.stop();
  }
}

async function demo(): Promise<Sale> {
  const parsed = readSaleFile(await readFile(SALE_FILE, 'utf8'), SALE_FILE);
  if ('sale' in parsed) return parsed.sale;
  throw new Error(`Cannot read "${SALE_FILE}": ${parsed.mistakes.length} mistakes`);
}

async function visit(browser: Browser, { stack, sale }: LocalSale, viewport: typeof DESK) {
  const page = await browser.newPage({ viewport, locale: 'en-GB', colorScheme: 'light' });
  await page.goto(`${stack.siteUrl}/sales/${sale.id}/`);
  return page;
}

async function shoot(page: Page, name: string): Promise<void> {
  const path = `${IMAGES}${name}.png`;
  // Beside everything that changes its look under a pointer.
  await page.mouse.move(0, 0);
  await page.screenshot({ path, animations: 'disabled' });
  const { size } = await stat(path);
  console.log(`docs/images/${name}.png  ${Math.ceil(size / 1000)} kB`);
  if (size > MOST_BYTES)
    throw new Error(`Cannot keep "${path}": ${size} bytes, over ${MOST_BYTES}`);
}
