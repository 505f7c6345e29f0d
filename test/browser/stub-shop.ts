/**
 * @module
 * The real page on a shop that answers whatever a test wants: for states that the local stack reaches only after hours,
 * or by accident. What the shop really answers is tested in `storefront.e2e.ts`.
 */

import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import type { Browser, BrowserContextOptions, Page, Request, Route } from 'playwright-core';
import { buildSite } from '../../site/build.ts';
import { launchChromium } from './chromium.ts';
import { type Answers, type Reply, routeOf, usualAnswers } from './stub-answers.ts';

/** Never asked: every request is answered here. With https, as workers, locks and hashes need. */
const ORIGIN = 'https://shop.test';

const SALE_PATH = '/sales/night/';

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css',
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.svg': 'image/svg+xml',
};

export type StubShop = {
  /** What is answered from now on; tests change it. */
  answers: Answers;
  /** What was asked below `/api/` and for the flag, in order. */
  readonly requests: Request[];
  /** A new browser's page of the sale, or of another path. */
  visit(path?: string, options?: BrowserContextOptions): Promise<Page>;
  stop(): Promise<void>;
};

export async function openStubShop(): Promise<StubShop> {
  const site = await mkdtemp(join(tmpdir(), 'site-'));
  await buildSite(site);
  const browser = await launchChromium();
  const shop: StubShop = {
    answers: usualAnswers(),
    requests: [],
    visit: (path = SALE_PATH, options) => visit(shop, browser, site, path, options),
    async stop() {
      await browser.close();
      await rm(site, { recursive: true });
    },
  };
  return shop;
}

async function visit(
  shop: StubShop,
  browser: Browser,
  site: string,
  path: string,
  options?: BrowserContextOptions,
): Promise<Page> {
  const context = await browser.newContext({
    locale: 'en-GB',
    timezoneId: 'Europe/Berlin',
    ...options,
  });
  context.setDefaultTimeout(30_000);
  await context.route('**/*', (route) => answer(shop, site, route));
  const page = await context.newPage();
  await page.goto(ORIGIN + path);
  return page;
}

async function answer(shop: StubShop, site: string, route: Route): Promise<void> {
  const request = route.request();
  const { pathname } = new URL(request.url());
  const name = routeOf(request.method(), pathname);
  if (name === undefined) return sendFile(route, site, pathname);
  shop.requests.push(request);
  const made = shop.answers[name];
  const reply = typeof made === 'function' ? made(request) : made;
  return send(route, reply);
}

function send(route: Route, reply: Reply): Promise<void> {
  if (reply === 'lost') return route.abort('connectionfailed');
  const { status = 200, body, text } = reply;
  const isProblem = status >= 400;
  return route.fulfill({
    status,
    contentType: isProblem
      ? 'application/problem+json'
      : text
        ? 'text/javascript'
        : 'application/json',
    body: text ?? (body === undefined ? '' : JSON.stringify(body)),
  });
}

async function sendFile(route: Route, site: string, path: string): Promise<void> {
  const file = path === '/' ? 'index.html' : path === SALE_PATH ? 'sale.html' : path.slice(1);
  const body = await readFile(join(site, file));
  await route.fulfill({ body, contentType: TYPES[extname(file)] ?? 'text/plain' });
}
