/** The content security policy at work in Chromium: what an injected script, style or frame could not do. */

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { openStorefront, type Storefront } from '../browser/storefront.ts';

let storefront: Storefront;
let page: Page;
/** Somebody else's site, and what it was asked for. */
let evil: { readonly url: string; readonly asked: string[]; stop(): Promise<void> };

beforeAll(async () => {
  evil = await startEvilSite();
  storefront = await openStorefront();
  page = await storefront.visit();
  await page.evaluate('window.ran = []; undefined');
});

afterAll(async () => {
  await storefront?.stop();
  await evil?.stop();
});

async function startEvilSite() {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url ?? '');
    response.setHeader('access-control-allow-origin', '*');
    if (request.url === '/frame') {
      const target = storefront.url;
      response.setHeader('content-type', 'text/html');
      response.end(`<iframe id="shop" src="${target}"></iframe>`);
    } else {
      response.setHeader('content-type', 'text/javascript').end('window.ran.push("evil")');
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    asked,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Runs a script that injects something, until the browser has said that it refused a directive. */
async function refused(inject: string, directive: string): Promise<void> {
  // Not by `waitForFunction`: it polls with code made of text, which the policy refuses too.
  await page.evaluate(`new Promise((resolve) => {
    document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) => {
      if (effectiveDirective === ${JSON.stringify(directive)}) resolve();
    });
    (() => { ${inject} })();
  })`);
}

const insert = (html: string) =>
  `document.body.insertAdjacentHTML('beforeend', ${JSON.stringify(html)})`;

const append = (tag: string, properties: string) =>
  `const made = document.createElement('${tag}'); Object.assign(made, { ${properties} }); document.body.append(made)`;

describe('what is injected into the page', () => {
  test.each([
    ['an inline script', append('script', 'textContent: "ran.push(1)"'), 'script-src-elem'],
    ['a handler', `${insert('<img src="x" onerror="ran.push(2)">')}`, 'script-src-attr'],
    [
      'a handler that is clicked',
      `${insert('<b id="b" onclick="ran.push(3)">b</b>')}; b.click()`,
      'script-src-attr',
    ],
    [
      'a script of a data URL',
      append('script', 'src: "data:text/javascript,ran.push(4)"'),
      'script-src-elem',
    ],
    [
      'a script of a blob',
      `const url = URL.createObjectURL(new Blob(['ran.push(5)'])); ${append('script', 'src: url')}`,
      'script-src-elem',
    ],
    [
      'an inline module',
      append('script', 'type: "module", textContent: "ran.push(6)"'),
      'script-src-elem',
    ],
    ['a style element', append('style', 'textContent: "body { display: none }"'), 'style-src-elem'],
    ['a style attribute', insert('<p style="display: none">x</p>'), 'style-src-attr'],
    [
      'a base',
      `const base = document.createElement('base'); base.href = 'https://evil.example/'; document.head.append(base)`,
      'base-uri',
    ],
    ['an object', insert('<object data="/x.pdf"></object>'), 'object-src'],
    ['a frame', insert('<iframe src="data:text/html,x"></iframe>'), 'frame-src'],
  ])('is refused: %s', async (_, inject, directive) => {
    await refused(inject, directive);
    expect(await page.evaluate('ran')).toEqual([]);
    expect(await page.evaluate('getComputedStyle(document.body).display')).not.toBe('none');
  });

  test('runs no script in a frame of its own making either', async () => {
    const scripts = await page.evaluate(`new Promise((resolve) => {
      const frame = document.createElement('iframe');
      frame.srcdoc = '<script>parent.ran.push(7)</script>';
      frame.addEventListener('load', () => resolve(frame.contentDocument.scripts.length));
      document.body.append(frame);
    })`);
    expect([scripts, await page.evaluate('ran')]).toEqual([1, []]);
  });

  test('cannot make code of text', async () => {
    // In the page's own world: what playwright evaluates is exempt, what a timer of the page evaluates is not.
    for (const code of ['eval("ran.push(8)")', 'Function("ran.push(9)")()']) {
      const outcome = await page.evaluate(
        `new Promise((resolve) => setTimeout(() => { try { ${code}; resolve('ran') } catch (error) { resolve(error.name) } }))`,
      );
      expect(outcome).toBe('EvalError');
    }
    await refused('setTimeout("ran.push(10)")', 'script-src');
    expect(await page.evaluate('ran')).toEqual([]);
  });

  test('is fetched from nowhere else, and sends nothing there', async () => {
    const { url } = evil;
    await refused(append('script', `src: "${url}/script.js"`), 'script-src-elem');
    await refused(append('link', `rel: "stylesheet", href: "${url}/style.css"`), 'style-src-elem');
    await refused(append('img', `src: "${url}/pixel.gif"`), 'img-src');
    await refused(`fetch("${url}/fetch").catch(() => {})`, 'connect-src');
    await refused(`navigator.sendBeacon("${url}/beacon", "x")`, 'connect-src');
    await refused(`new WebSocket("${url.replace('http', 'ws')}/socket")`, 'connect-src');
    await refused(`new EventSource("${url}/events")`, 'connect-src');
    await refused(`try { new Worker("data:text/javascript,1") } catch {}`, 'worker-src');
    await refused(
      `${insert(`<form action="${url}/form" method="post"><button id="go">go</button></form>`)}; go.click()`,
      'form-action',
    );
    expect(evil.asked).toEqual([]);
  });
});

describe('the page', () => {
  test('is framed by nobody', async () => {
    const shopper = await storefront.shopper();
    const other = await shopper.newPage();
    const refusedFrame = other.waitForEvent('console', (message) =>
      /frame-ancestors|X-Frame-Options/i.test(message.text()),
    );
    await other.goto(`${evil.url}/frame`);
    await refusedFrame;
    const frames = other.frames().filter((frame) => frame !== other.mainFrame());
    for (const frame of frames) {
      expect(await frame.locator('main#sale').count()).toBe(0);
    }
    await shopper.close();
  });

  test('is whole from its own origin: nothing is mixed in, and nothing of its own is refused', async () => {
    const shopper = await storefront.shopper();
    const origins = new Set<string>();
    shopper.on('request', (request) => origins.add(new URL(request.url()).origin));
    const before = storefront.complaints.length;
    const fresh = await storefront.tab(shopper);
    await fresh.locator('main#sale[data-state]').waitFor();
    expect([...origins]).toEqual([storefront.local.stack.siteUrl]);
    expect(storefront.complaints.slice(before)).toEqual([]);
    await shopper.close();
  });

  test('gives its session to no script', async () => {
    expect(await page.evaluate('document.cookie')).not.toContain('fs_session');
    const stored = '[...Object.values(localStorage), ...Object.values(sessionStorage)].join()';
    const [session] = await page.context().cookies();
    expect(session).toMatchObject({ name: 'fs_session', httpOnly: true, sameSite: 'Lax' });
    expect(await page.evaluate(stored)).not.toContain(session?.value);
  });

  test.each(['/', '/sales/night/', '/api/time', '/api/sales/night', '/assets/none.js'])(
    'and everything beside it says so: %s',
    async (path) => {
      const { headers } = await fetch(`${storefront.local.stack.siteUrl}${path}`);
      const policy = headers.get('content-security-policy') ?? '';
      expect(policy).toContain("default-src 'none'");
      expect(policy).toContain("frame-ancestors 'none'");
      expect(policy).not.toMatch(/unsafe|\*|http:/);
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('x-frame-options')).toBe('DENY');
      expect(headers.get('strict-transport-security')).toMatch(/^max-age=63072000; includeSub/i);
      expect(headers.get('referrer-policy')).toBe('same-origin');
    },
  );
});
