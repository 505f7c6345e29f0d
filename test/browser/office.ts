/** @module Operators with a browser, at a stack that sells. */

import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { type SaleChanges, type Scene, startScene } from '../stack/scene.ts';
import { launchChromium } from './chromium.ts';

export type BrowserOffice = {
  readonly scene: Scene;
  /** What pages logged as errors or warnings, threw, or were refused by their security policy. */
  readonly complaints: string[];
  /** The operators' page in a browser of its own, signed in. */
  enter(hash?: string, options?: BrowserContextOptions): Promise<Page>;
  /** The same, before anybody has signed in. */
  visit(options?: BrowserContextOptions): Promise<Page>;
  stop(): Promise<void>;
};

export async function openBrowserOffice(first: SaleChanges = {}): Promise<BrowserOffice> {
  const browser = await launchChromium();
  try {
    return await open(browser, await startScene(first, { operators: true }));
  } catch (error) {
    await browser.close();
    throw error;
  }
}

async function open(browser: Browser, scene: Scene): Promise<BrowserOffice> {
  const complaints: string[] = [];
  const visit = async (options: BrowserContextOptions = {}) => {
    const context = await browser.newContext({ locale: 'en-GB', ...options });
    context.setDefaultTimeout(30_000);
    const page = await context.newPage();
    page.on('pageerror', (error) => complaints.push(`thrown: ${error.message}`));
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') {
        complaints.push(`${message.type()}: ${message.text()} ${message.location().url}`);
      }
    });
    await page.goto(`${scene.stack.siteUrl}/operator/`);
    return page;
  };
  return {
    scene,
    complaints,
    visit,
    async enter(hash = '', options = {}) {
      const page = await visit(options);
      await signIn(page);
      await page.getByRole('heading', { level: 1, name: 'Sales' }).waitFor();
      if (hash) await page.goto(`${scene.stack.siteUrl}/operator/${hash}`);
      return page;
    },
    async stop() {
      await browser.close();
      await scene.stop();
    },
  };
}

/** Goes to the provider, says a name, and comes back. */
export async function signIn(page: Page, name = 'Olivia'): Promise<void> {
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByLabel('Name').fill(name);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL('**/operator/**');
}

/** Waits until a tile says so: each part of the page asks for itself, one of them later than another. */
export const tileSays = (page: Page, label: string, value: number | RegExp): Promise<void> =>
  page
    .locator('.tiles > div', { hasText: label })
    .locator('dd', { hasText: typeof value === 'number' ? new RegExp(`^${value}$`) : value })
    .waitFor();

/** Fills a field of a form by its label. */
export const fillIn = (page: Page, label: string, value: string): Promise<void> =>
  page.getByLabel(label, { exact: true }).fill(value);
