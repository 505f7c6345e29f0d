/** @module The pictures of the command line: `watch` while people buy, and `plan`. */

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startLocalSale } from '../../cli/local-sale.ts';
import type { Sale } from '../../domain/sale.ts';
import { launchChromium } from '../../test/browser/chromium.ts';
import { openMall } from '../../test/support/shopper.ts';
import { pictureOf } from './picture.ts';
import { onTerminal, type TerminalSize, terminalPage } from './terminal.ts';

const SIZE: TerminalSize = { columns: 96, rows: 24 };

const PLAN_SIZE: TerminalSize = { columns: 112, rows: 24 };

/** Long enough that the chart says something. */
const WATCHED_SECONDS = 100;

const HOUR_MS = 3_600_000;

const IMAGES = fileURLToPath(new URL('./', import.meta.url));

const browser = await launchChromium();
try {
  await shootPlan();
  await shootWatch();
} finally {
  await browser.close();
}

/** Takes a picture of a screen, as wide as it is. */
async function shoot(name: string, content: string): Promise<void> {
  const page = await browser.newPage({ viewport: { width: 1400, height: 200 } });
  await page.setContent(content);
  const { width = 0 } = (await page.locator('pre').boundingBox()) ?? {};
  await page.setViewportSize({ width: Math.ceil(width), height: 200 });
  const picture = await pictureOf(page);
  await writeFile(`${IMAGES}${name}.webp`, picture);
  console.log(`docs/images/${name}.webp  ${Math.ceil(picture.byteLength / 1000)} kB`);
  await page.close();
}

async function shootPlan(): Promise<void> {
  const words = ['plan', '--shoppers', '100000', '--units', '100', '--seconds', '60'];
  await shoot('plan', terminalPage(words, await onTerminal(words, PLAN_SIZE)));
}

async function shootWatch(): Promise<void> {
  const local = await startLocalSale({ sale: aSale(Date.now() + 4000) });
  const folder = await mkdtemp(join(tmpdir(), 'pictures-'));
  const outputs = join(folder, 'outputs.json');
  const { awsUrl: endpoint, outputs: stacks } = local.stack;
  await writeFile(outputs, JSON.stringify({ endpoint, outputs: stacks }));
  const crowd = startCrowd(local);
  try {
    const words = ['watch', 'lamps', '--seconds', String(WATCHED_SECONDS)];
    const screen = await onTerminal([...words, '--outputs', outputs], SIZE);
    await shoot('watch', terminalPage(words.slice(0, 2), screen));
  } finally {
    await crowd.stop();
    await local.stop();
    await rm(folder, { recursive: true });
  }
}

function aSale(opensAt: number): Sale {
  return {
    ...{ id: 'lamps', title: 'Night of the lamps', opensAt, closesAt: opensAt + HOUR_MS },
    ...{ timeZone: 'UTC', paymentWindow: 900, currency: 'EUR', afterExpiry: 'allow' },
    admission: { expectedShoppers: 0, perSecond: 250, difficulty: 0, ticketSeconds: 10 },
    items: [
      { sku: 'lamp-brass', name: 'Lamp, brass', price: 24_900, units: 900, limit: 2 },
      { sku: 'lamp-black', name: 'Lamp, black', price: 19_900, units: 120, limit: 1 },
      { sku: 'shade', name: 'Shade', price: 4900, units: 'unlimited', limit: 5 },
    ],
  };
}

/** Shoppers who come one after the other; some pay, some change their mind. */
function startCrowd({ stack, sandbox }: Awaited<ReturnType<typeof startLocalSale>>) {
  const mall = openMall(stack);
  let isOver = false;
  const visit = async (number: number) => {
    const shopper = await mall.enter();
    const { status, body } = await shopper.buy('lamps', wishOf(number));
    if (status !== 201) return;
    if (number % 11 === 0) await shopper.cancel(body['orderId']);
    else if (number % 3 > 0) sandbox.pay(await shopper.token(body['orderId']));
  };
  const come = async () => {
    for (let number = 0; !isOver; number++) {
      await visit(number);
      // It comes in waves, as crowds do.
      await new Promise((resolve) => setTimeout(resolve, 60 + 50 * Math.sin(number / 40)));
    }
  };
  const over = come();
  return {
    async stop() {
      isOver = true;
      await over;
      mall.close();
    },
  };
}

function wishOf(number: number) {
  if (number % 5 === 0) return { sku: 'lamp-black' };
  return number % 7 === 0 ? { sku: 'shade', quantity: 2 } : { sku: 'lamp-brass' };
}
