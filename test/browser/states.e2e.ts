/** @module Every state of the sale page: what it says, whether everybody can use it, and whether it fits a telephone. */

import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { violationsOn } from './axe.ts';
import { reach, STATES } from './states.ts';
import { openStubShop, type StubShop } from './stub-shop.ts';

let shop: StubShop;

beforeAll(async () => {
  shop = await openStubShop();
});

afterAll(() => shop.stop());

/** What the page shows, in its order, as soon as that is what is expected. */
async function textOf(page: Page, expected: RegExp): Promise<string> {
  const text = 'document.body.innerText';
  await page.waitForFunction(`${expected}.test(${text})`).catch(() => {});
  return page.evaluate(text);
}

describe.each(Object.entries(STATES))('the sale page, %s', (_name, state) => {
  let page: Page;

  beforeAll(async () => {
    page = await reach(state, shop, { bypassCSP: true });
  });

  afterAll(() => page.context().close());

  test('says it', async () => {
    expect(await textOf(page, state.says)).toMatch(state.says);
  });

  test.each(['light', 'dark'] as const)('has nothing that axe finds, %s', async (colorScheme) => {
    await page.emulateMedia({ colorScheme });
    expect(await violationsOn(page)).toEqual([]);
  });

  test('fits 360 px', async () => {
    await page.setViewportSize({ width: 360, height: 640 });
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(360);
  });
});

describe('violationsOn()', () => {
  test('finds what is wrong', async () => {
    const page = await reach(STATES['open']!, shop, { bypassCSP: true });
    await page.evaluate('document.querySelector("h1").style.color = "#f0f0f0"');
    expect(await violationsOn(page)).toContainEqual(expect.stringMatching(/^color-contrast: <h1/));
    await page.context().close();
  });
});
