/** @module The list of sales, and the language of both pages. */

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { violationsOn } from './axe.ts';
import { anItem, aSale, HOUR, usualAnswers } from './stub-answers.ts';
import { openStubShop, type StubShop } from './stub-shop.ts';

const BERLIN = { name: 'Berlin Mitte', latitude: 52.52, longitude: 13.405 };
const HAMBURG = { name: 'Hamburg Altona', latitude: 53.55, longitude: 9.9333 };

let shop: StubShop;
let page: Page;

beforeAll(async () => {
  shop = await openStubShop();
});

beforeEach(() => {
  shop.answers = usualAnswers();
  const at = (id: string, place: typeof BERLIN, changes: object = {}) =>
    aSale({ id, title: `Sale in ${place.name}`, items: [anItem({ place })], ...changes });
  const opensAtEpochMs = Date.now() + HOUR / 2;
  const sales = [
    at('over', BERLIN, { closesAtEpochMs: Date.now() - 1000 }),
    at('north', HAMBURG),
    at('here', BERLIN, { opensAtEpochMs }),
  ];
  shop.answers.list = { body: { sales } };
  shop.answers.where = { body: { country: 'DE', latitude: '52.39000', longitude: '13.06000' } };
});

afterEach(() => page.context().close());

afterAll(() => shop.stop());

const cards = () => page.locator('#list li').allInnerTexts();

describe('the list of sales', () => {
  test('begins with the nearest, and says about how far it is', async () => {
    page = await shop.visit('/', { bypassCSP: true, locale: 'de-DE' });
    await page.locator('#list li').first().waitFor();
    expect((await cards()).map((text) => text.replace(/\s+/g, ' ').trim())).toEqual([
      expect.stringMatching(/^Öffnet in (30:00|29:\d\d) .*Berlin Mitte · etwa 27 km von Ihnen$/),
      expect.stringMatching(/^Jetzt offen .*Hamburg Altona · etwa 2\d\d km von Ihnen$/),
      expect.stringMatching(/^Beendet .*Berlin Mitte/),
    ]);
  });

  test.each(['light', 'dark'] as const)('has nothing that axe finds, %s', async (colorScheme) => {
    page = await shop.visit('/', { bypassCSP: true, colorScheme });
    await page.locator('#list li').first().waitFor();
    expect(await violationsOn(page)).toEqual([]);
    await page.setViewportSize({ width: 360, height: 640 });
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(360);
  });

  test('leads to the sale, by the keyboard too', async () => {
    page = await shop.visit('/');
    const first = page.getByRole('link', { name: 'Sale in Berlin Mitte' }).first();
    await first.focus();
    expect(await first.getAttribute('href')).toBe('/sales/here/');
  });

  test('says when there is none, and when it cannot be had', async () => {
    shop.answers.list = { status: 404 };
    page = await shop.visit('/');
    await page.getByText('no sales at the moment').waitFor();
    shop.answers.list = 'lost';
    await page.reload();
    await page.getByText('No connection to the shop').waitFor();
    shop.answers.list = usualAnswers().list;
    await page.locator('#list li').first().waitFor();
    expect(await page.locator('#offline').isVisible()).toBe(false);
  });
});

describe('the language', () => {
  const language = () => page.evaluate('document.documentElement.lang');

  test("is the browser's, until another is chosen, which then stays", async () => {
    page = await shop.visit(undefined, { locale: 'de-AT' });
    await page.getByRole('button', { name: 'Kaufen Lamp No. 7' }).waitFor();
    expect(await language()).toBe('de');
    expect(await page.locator('[data-part="price"]').textContent()).toMatch(/^€\s129,00$/);
    await page.getByRole('link', { name: 'English' }).click();
    await page.getByRole('button', { name: 'Buy Lamp No. 7' }).waitFor();
    expect(await language()).toBe('en');
    await page.goto(page.url().replace(/\?.*/, ''));
    await page.getByRole('button', { name: 'Buy Lamp No. 7' }).waitFor();
    await page.getByRole('link', { name: 'Deutsch' }).click();
    await page.getByRole('button', { name: 'Kaufen Lamp No. 7' }).waitFor();
  });

  test('loads the texts of that language alone', async () => {
    const scripts: string[] = [];
    page = await shop.visit('/', { locale: 'de-DE' });
    page.on('request', (request) => scripts.push(request.url()));
    await page.reload();
    await page.locator('#list li').first().waitFor();
    expect(scripts.join(' ')).toContain('/texts.de-');
    expect(scripts.join(' ')).not.toContain('/texts.en-');
  });

  test('has nothing that axe finds in German', async () => {
    page = await shop.visit(undefined, { bypassCSP: true, locale: 'de-DE' });
    await page.getByRole('button', { name: 'Kaufen Lamp No. 7' }).waitFor();
    expect(await violationsOn(page)).toEqual([]);
  });
});
