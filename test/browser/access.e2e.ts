/** @module What it takes to get a place: proof of work, the announced code, a CAPTCHA, a draw; mostly on the real gate. */

import { afterEach, describe, expect, test } from '@jest/globals';
import type { Request } from 'playwright-core';
import { codeHash } from '../../adapters/slots.ts';
import { buy, openStorefront, reaches, type Storefront } from './storefront.ts';
import { aSale, aStatus, aTicket, refused, usualAnswers } from './stub-answers.ts';
import { openStubShop } from './stub-shop.ts';

const ADMISSION = { expectedShoppers: 0, perSecond: 250, difficulty: 2000, ticketSeconds: 10 };

let stop: () => Promise<void>;

afterEach(() => stop());

async function openReal(changes: Parameters<typeof openStorefront>[0]): Promise<Storefront> {
  const storefront = await openStorefront(changes);
  stop = storefront.stop;
  return storefront;
}

describe('the sale page at the gate', () => {
  test('solves the challenge before the opening, and buys with what it got for it', async () => {
    const storefront = await openReal({ admission: ADMISSION });
    const shopper = await storefront.shopper();
    const requests: Request[] = [];
    shopper.on('request', (request) => {
      if (request.url().includes('/api/sales/')) requests.push(request);
    });
    const page = await storefront.tab(shopper);
    await buy(page);
    const paths = requests.map((request) => new URL(request.url()).pathname.split('/')[4] ?? '');
    expect(paths.filter((path) => path === 'challenge')).toHaveLength(1);
    expect(paths.filter((path) => path === 'ticket')).toHaveLength(1);
    const devices = new Set(requests.flatMap((request) => request.headers()['x-device'] ?? []));
    expect([...devices]).toEqual([expect.stringMatching(/^[A-Za-z0-9_-]{22}$/)]);
    expect(storefront.complaints).toEqual([]);
  });

  test('shows the own turn before the opening, and sells when it has come', async () => {
    const storefront = await openReal({
      admission: { ...ADMISSION, expectedShoppers: 1000 },
    });
    const page = await storefront.visit();
    await page.getByText(/^Your turn: \d\d:\d\d:\d\d, (\d second|right at)/).waitFor();
    await buy(page);
    expect(await page.locator('#lot').textContent()).toMatch(/^Your lot: [\d,]+ of 65,536$/);
    expect(storefront.complaints).toEqual([]);
  });

  test('asks for the announced code, says when it is wrong, and keeps the right one', async () => {
    const codeSha256 = codeHash('night', 'Lamp light');
    const storefront = await openReal({ admission: ADMISSION, access: { codeSha256 } });
    const page = await storefront.visit();
    await reaches(page, 'code-wrong');
    await page.getByLabel('Your code').fill('candle');
    await page.keyboard.press('Enter');
    await page.getByRole('alert').getByText('This code does not fit').waitFor();
    await page.getByLabel('Your code').fill('  lamp Light ');
    await page.getByRole('button', { name: 'Use this code' }).click();
    await reaches(page, 'open');
    await page.reload();
    await buy(page);
    expect(
      storefront.complaints.filter((line) => !/403 \(Forbidden\).*\/ticket/.test(line)),
    ).toEqual([]);
  });
});

describe('the sale page, where a CAPTCHA is wanted', () => {
  test('leads to it, and asks again when the shopper is back', async () => {
    const shop = await openStubShop();
    stop = shop.stop;
    shop.answers.sale = { body: aSale({ access: { captcha: true } }) };
    shop.answers.ticket = { status: 405, body: '<html>' };
    const page = await shop.visit();
    await reaches(page, 'captcha-required');
    shop.answers.ticket = usualAnswers().ticket;
    await page.getByRole('link', { name: 'Show that you are human' }).click();
    await reaches(page, 'open');
    expect(new URL(page.url()).search).toBe('');
    const ticket = shop.requests.filter((request) => request.url().includes('/ticket'));
    expect(ticket.at(-1)?.url()).toMatch(/\/ticket\?captcha=1$/);
  });
});

describe('the sale page, while places are drawn', () => {
  test('shows the place once it is drawn, with no proof of work before', async () => {
    const shop = await openStubShop();
    stop = shop.stop;
    const opensAtEpochMs = Date.now() + 600_000;
    shop.answers.sale = {
      body: aSale({
        opensAtEpochMs,
        challenge: true,
        slotWidthMs: 60_000,
        draw: { source: 'drand' },
      }),
    };
    shop.answers.status = aStatus('scheduled');
    shop.answers.ticket = refused(403, 'not-open', { opensAtEpochMs });
    const page = await shop.visit();
    await reaches(page, 'drawing');
    expect(shop.requests.some((request) => request.url().endsWith('/challenge'))).toBe(false);
    shop.answers.ticket = aTicket(opensAtEpochMs + 30_000 - Date.now());
    await page.evaluate('dispatchEvent(new Event("online"))');
    await reaches(page, 'waiting');
    await page.getByText('30 seconds after the opening').waitFor();
  });
});
