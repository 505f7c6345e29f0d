/**
 * @module
 * Takes the pictures of the operators' page: of a sale on the local stack that a few shoppers buy in, of its plans, and
 * of what is asked before something is changed.
 */

import { mkdir, rm, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { type BrowserOffice, fillIn, openBrowserOffice } from '../../test/browser/office.ts';
import { pictureOf } from './picture.ts';

const FOLDER = fileURLToPath(new URL('./operator/', import.meta.url));

/** A repository is cloned with its pictures. */
const MOST_BYTES = 700_000;

const DESK: BrowserContextOptions = { viewport: { width: 1100, height: 200 }, colorScheme: 'light' };

const PHONE: BrowserContextOptions = { viewport: { width: 360, height: 200 }, colorScheme: 'dark' };

const ROWS = `sku,name,price,currency,total,provider,reference
LAMP-7,Lamp No. 7,12900,EUR,500,Atelier Nord,AN-7
SHADE-L,"Shade, linen",4900,EUR,1200,Atelier Nord,AN-21
CORD-R,"Cord, red",1900,EUR,many,Kabelwerk,K-3
`;

let bytes = 0;

await rm(FOLDER, { recursive: true, force: true });
await mkdir(FOLDER);
const office = await openBrowserOffice({
  ...{ id: 'night', title: 'Night of the lamps', refunds: 'approval' },
  items: [
    { name: 'Lamp No. 7', units: 60, limit: 2 },
    { sku: 'shade', name: 'Shade, linen', price: 4900, units: 24, limit: 2 },
  ],
});
try {
  const page = await office.enter('', DESK);
  await products(page);
  await draft(page);
  await sale(office, page);
} finally {
  await office.stop();
}
console.log(`${Math.ceil(bytes / 1000)} kB together`);
if (bytes > MOST_BYTES) throw new Error(`Cannot keep the pictures: ${bytes} bytes, over ${MOST_BYTES}`);

function view(page: Page, hash: string): Promise<unknown> {
  return page.goto(`${office.scene.stack.siteUrl}/operator/${hash}`);
}

async function products(page: Page): Promise<void> {
  await view(page, '#/products');
  await page.getByRole('textbox', { name: 'Rows' }).fill(ROWS);
  await page.getByRole('button', { name: 'Import' }).click();
  await page.getByText('1 refused').waitFor();
  await page.getByRole('link', { name: 'LAMP-7' }).waitFor();
  await shoot(page, 'products');
}

async function draft(page: Page): Promise<void> {
  await view(page, '#/drafts/new');
  await fillIn(page, 'Title', 'Lamps before midnight');
  await fillIn(page, 'Id', 'midnight');
  await fillIn(page, 'Time zone', 'Europe/Berlin');
  await fillIn(page, 'Expected shoppers', '20000');
  await page.getByRole('button', { name: 'Add an item' }).click();
  await fillIn(page, 'Units', '600');
  await page.getByRole('button', { name: 'Check' }).click();
  await page.getByText('500 free units').waitFor();
  await shoot(page, 'draft');
  await fillIn(page, 'Units', '200');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.locator('#said').getByText('Saved').waitFor();
}

/** Eighteen shoppers, some of whom pay, one of them too late. */
async function sale({ scene, enter }: BrowserOffice, page: Page): Promise<void> {
  await scene.open();
  await view(page, '#/sales/night');
  await page.getByText('Selling').waitFor();
  for (let number = 0; number < 18; number++) {
    const shopper = await scene.enter();
    const sku = number % 3 === 0 ? 'shade' : 'lamp';
    const orderId = await shopper.order('night', { sku, quantity: (number % 2) + 1 });
    if (number % 3 !== 1) await scene.pay(await shopper.token(orderId));
    await page.waitForTimeout(700);
  }
  await page.getByRole('button', { name: 'Audit now' }).click();
  await page.getByText('No unit is sold twice kept').waitFor();
  await shoot(page, 'sale');
  await page.setViewportSize({ width: 1100, height: 700 });
  await page.getByRole('button', { name: 'Pause' }).click();
  await shoot(page, 'pause');
  await page.getByRole('dialog').getByRole('button', { name: 'Pause' }).click();
  await page.getByText('Nobody can buy. Orders').waitFor();
  const phone = await enter('#/sales/night', PHONE);
  await phone.getByText('Nobody can buy. Orders').waitFor();
  await phone.waitForTimeout(5000);
  await shoot(phone, 'paused-phone');
  await view(page, '#/');
  await page.getByRole('link', { name: 'Night of the lamps' }).waitFor();
  await shoot(page, 'sales');
  await view(page, '#/log');
  await page.getByRole('row', { name: /pause night/ }).waitFor();
  await shoot(page, 'log');
}

async function shoot(page: Page, name: string): Promise<void> {
  const picture = await pictureOf(page);
  await writeFile(`${FOLDER}${name}.webp`, picture);
  bytes += picture.byteLength;
  console.log(`docs/images/operator/${name}.webp  ${Math.ceil(picture.byteLength / 1000)} kB`);
  await page.setViewportSize({ width: page.viewportSize()?.width ?? 0, height: 200 });
}
