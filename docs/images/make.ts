/**
 * @module
 * Takes the pictures of the storefront: one of each state of the sale page, as the tests reach it, and the list of
 * sales. Beside them the README's, of a sale on the local stack.
 */

import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { readSaleFile } from '../../adapters/sale-file.ts';
import { startLocalSale } from '../../cli/local-sale.ts';
import { wholeSale } from '../../domain/planned-sale.ts';
import { launchChromium } from '../../test/browser/chromium.ts';
import { reach, STATES } from '../../test/browser/states.ts';
import { buy } from '../../test/browser/storefront.ts';
import { anItem, aSale, HOUR, usualAnswers } from '../../test/browser/stub-answers.ts';
import { openStubShop, type StubShop } from '../../test/browser/stub-shop.ts';
import { pictureOf } from './picture.ts';

const IMAGES = fileURLToPath(new URL('./', import.meta.url));

const SALE_FILE = fileURLToPath(new URL('../../sales/demo.json', import.meta.url));

/** A repository is cloned with its pictures: all of them together stay small. */
const MOST_BYTES = 1_400_000;

const OPENS_IN_MS = 8000;

const DESK: BrowserContextOptions = { viewport: { width: 820, height: 200 } };

const PHONE: BrowserContextOptions = { viewport: { width: 360, height: 200 } };

/** States that are shown in other ways too: in the dark, on a small telephone, in German. */
const VARIANTS: Readonly<Record<string, readonly [state: string, options: BrowserContextOptions]>> = {
  'slot-dark': ['slot', { ...DESK, colorScheme: 'dark' }],
  'reserved-dark': ['reserved', { ...DESK, colorScheme: 'dark' }],
  'open-phone': ['open', PHONE],
  'reserved-phone': ['reserved', { ...PHONE, colorScheme: 'dark' }],
  'waiting-german': ['waiting', { ...PHONE, locale: 'de-DE' }],
};

let bytes = 0;

const shop = await openStubShop();
try {
  await rm(`${IMAGES}storefront`, { recursive: true, force: true });
  await mkdir(`${IMAGES}storefront`);
  for (const name of Object.keys(STATES)) await shootState(name, name, DESK);
  for (const [name, [state, options]] of Object.entries(VARIANTS)) {
    await shootState(name, state, options);
  }
  await shootList(shop);
} finally {
  await shop.stop();
}
await shootLocal();
console.log(`${Math.ceil(bytes / 1000)} kB together`);
if (bytes > MOST_BYTES) throw new Error(`Cannot keep the pictures: ${bytes} bytes, over ${MOST_BYTES}`);

async function shootState(
  name: string,
  state: string,
  options: BrowserContextOptions,
): Promise<void> {
  const found = STATES[state];
  if (!found) throw new Error(`Cannot take picture "${name}": there is no state "${state}"`);
  const page = await reach(found, shop, options);
  await page.locator('[data-part="stock"]:visible, #status').first().waitFor();
  await shoot(page, `storefront/${name}`);
  await page.context().close();
}

/** Three sales, seen from Potsdam. */
async function shootList(shop: StubShop): Promise<void> {
  const at = (title: string, name: string, latitude: number, longitude: number, changes = {}) =>
    aSale({ id: title, title, items: [anItem({ name: title, place: { name, latitude, longitude } })], ...changes });
  const soon = { opensAtEpochMs: Date.now() + HOUR / 2 };
  const sales = [
    at('Aurora One: the first hundred pairs', 'Hamburg Altona', 53.55, 9.93),
    at('Night of the lamps', 'Berlin Mitte', 52.52, 13.405, soon),
    at('The walnut workshop', 'Leipzig', 51.34, 12.37, { closesAtEpochMs: Date.now() - HOUR }),
  ];
  shop.answers = {
    ...usualAnswers(),
    list: { body: { sales } },
    where: { body: { country: 'DE', latitude: '52.39', longitude: '13.06' } },
  };
  const page = await shop.visit('/', { viewport: { width: 1000, height: 200 } });
  await page.locator('#list li').first().waitFor();
  await shoot(page, 'storefront/list');
}

/** The demonstration sale as `npm start` plays it, with one pair reserved. */
async function shootLocal(): Promise<void> {
  const parsed = readSaleFile(await readFile(SALE_FILE, 'utf8'), SALE_FILE);
  const whole = 'sale' in parsed && wholeSale(parsed.sale);
  if (!whole) throw new Error(`Cannot read "${SALE_FILE}": it has mistakes, or needs a catalogue`);
  const opensAt = Date.now() + OPENS_IN_MS;
  const sale = { ...whole, opensAt, closesAt: opensAt + HOUR };
  const local = await startLocalSale({ sale });
  const browser = await launchChromium();
  try {
    const page = await browser.newPage({ ...DESK, locale: 'en-GB', colorScheme: 'light' });
    await page.goto(`${local.stack.siteUrl}/sales/${sale.id}/`);
    await buy(page);
    await page.locator('[data-part="stock"]').first().waitFor();
    // As PNG, for whoever shows the README elsewhere.
    await page.screenshot({ path: `${IMAGES}reserved.png`, fullPage: true, animations: 'disabled' });
  } finally {
    await browser.close();
    await local.stop();
  }
}

async function shoot(page: Page, name: string): Promise<void> {
  const picture = await pictureOf(page);
  await writeFile(`${IMAGES}${name}.webp`, picture);
  bytes += picture.byteLength;
  console.log(`docs/images/${name}.webp  ${Math.ceil(picture.byteLength / 1000)} kB`);
}
