import { describe, expect, test } from '@jest/globals';
import { signIn } from '../../site/sign-in.ts';
import { passOn } from '../../site/sign-in-return.ts';
import {
  CONFIG,
  codeOf,
  DISCOVERY,
  fakeBrowser,
  HOME,
  ISSUER,
  METADATA,
  PAGE,
  type Reply,
} from './fake-browser.ts';

const browser = fakeBrowser();

describe('signIn()', () => {
  test('asks for a code with PKCE, bound to one address of the site, and keeps what the issuer has', async () => {
    const query = Object.fromEntries(await browser.leave());
    expect(browser.address.href).toMatch(`${ISSUER}/authorize?`);
    expect(query).toEqual({
      ...{ tenant: '1', response_type: 'code', client_id: 'shop', scope: 'openid' },
      ...{ redirect_uri: HOME, code_challenge_method: 'S256' },
      state: expect.stringMatching(/^[\w-]{43}$/),
      nonce: expect.stringMatching(/^[\w-]{43}$/),
      code_challenge: expect.stringMatching(/^[\w-]{43}$/),
    });
    expect(new Set([query['state'], query['nonce'], query['code_challenge']]).size).toBe(3);
  });

  test('asks another question each time', async () => {
    const first = await browser.leave();
    browser.address = new URL(PAGE);
    const second = await browser.leave();
    for (const name of ['state', 'nonce', 'code_challenge']) {
      expect(second.get(name)).not.toBe(first.get(name));
    }
  });

  test('finds an issuer that ends with a slash', async () => {
    const issuer = `${ISSUER}/`;
    browser.replies.set(DISCOVERY, () => Response.json({ ...METADATA, issuer }));
    await signIn({ ...CONFIG, issuer });
    expect(browser.address.origin).toBe(ISSUER);
  });

  test.each([
    ['is of another issuer', { issuer: 'https://evil.example' }],
    ['differs by a slash', { issuer: `${ISSUER}/` }],
    ['leads to a script', { authorization_endpoint: 'javascript:alert(1)' }],
    ['leads to where others listen', { authorization_endpoint: 'http://id.example/authorize' }],
    ['leads nowhere', { authorization_endpoint: undefined }],
  ])('stays where the discovery document %s', async (_case, changes) => {
    browser.replies.set(DISCOVERY, () => Response.json({ ...METADATA, ...changes }));
    const at = browser.address.href;
    expect(await codeOf(signIn(CONFIG))).toBe('sign-in-refused');
    expect([browser.address.href, browser.kept.size]).toEqual([at, 0]);
  });

  test.each<[string, Reply, string]>([
    ['is in trouble', () => new Response('', { status: 500 }), 'sign-in-unavailable'],
    ['is asked too often', () => new Response('', { status: 429 }), 'sign-in-unavailable'],
    ['has no such document', () => new Response('', { status: 404 }), 'sign-in-refused'],
    ['answers something else', () => new Response('<html>'), 'sign-in-refused'],
    ['answers nothing', () => Response.json(null), 'sign-in-refused'],
  ])('says so where the issuer %s', async (_case, reply, code) => {
    browser.replies.set(DISCOVERY, reply);
    expect(await codeOf(signIn(CONFIG))).toBe(code);
  });

  test('says so where the issuer cannot be reached', async () => {
    browser.replies.delete(DISCOVERY);
    expect(await codeOf(signIn(CONFIG))).toBe('sign-in-unavailable');
  });
});

describe('passOn()', () => {
  test('passes the answer on to the page that the shopper left, once there is one', async () => {
    await browser.leave();
    for (const address of [HOME, `${HOME}?lang=de`, `${HOME}?estate=1`]) {
      browser.address = new URL(address);
      expect(passOn()).toBe(false);
      expect(browser.address.href).toBe(address);
    }
    browser.address = new URL(`${HOME}?code=c&state=s`);
    expect(passOn()).toBe(true);
    expect(browser.address.href).toBe(`${PAGE}?code=c&state=s`);
  });

  test('leaves the list alone where this tab has not asked anything', () => {
    browser.address = new URL(`${HOME}?code=c&state=s`);
    expect(passOn()).toBe(false);
    expect(browser.address.href).toBe(`${HOME}?code=c&state=s`);
  });
});
