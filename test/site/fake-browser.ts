/** @module A browser that is none, at an issuer that is none: address, storage and network are objects of the test. */

import { createHash } from 'node:crypto';
import { afterEach, beforeEach, expect } from '@jest/globals';
import { signIn } from '../../site/sign-in.ts';
import { passOn } from '../../site/sign-in-return.ts';

export const ISSUER = 'https://id.example';
export const CONFIG = { issuer: ISSUER, clientId: 'shop' };
export const HOME = 'https://shop.example/';
export const PAGE = `${HOME}sales/night/`;

export const DISCOVERY = `${ISSUER}/.well-known/openid-configuration`;
export const TOKEN = `${ISSUER}/token`;
export const SESSION = '/api/session';

export const METADATA = {
  issuer: ISSUER,
  authorization_endpoint: `${ISSUER}/authorize?tenant=1`,
  token_endpoint: TOKEN,
};

type Sent = { readonly url: string; readonly init: RequestInit };
export type Reply = (init: RequestInit) => Response;

export type FakeBrowser = {
  address: URL;
  /** What the session storage holds. */
  readonly kept: Map<string, string>;
  readonly sent: Sent[];
  /** What each address answers; one that is not here cannot be reached. */
  readonly replies: Map<string, Reply>;
  /** What the issuer puts into ID tokens, over what is right. */
  claims: Readonly<Record<string, unknown>>;
  /** What was sent to an address. */
  asked(url: string): readonly RequestInit[];
  /** Leaves for the issuer; answers what it was asked. */
  leave(): Promise<URLSearchParams>;
  /** The issuer sends the shopper back; what is undefined is left out. */
  comeBack(changes?: Readonly<Record<string, string | undefined>>): void;
  /** The issuer's token, once it has checked PKCE as an issuer does. */
  tokenFor(init: RequestInit): string;
};

/** A browser for each test of a file: on the sale page, with an order, and an issuer that works. */
export function fakeBrowser(): FakeBrowser {
  const browser = {} as FakeBrowser;
  const before = new Map<string, PropertyDescriptor | undefined>();
  beforeEach(() => {
    Object.assign(browser, working(browser));
    for (const [name, value] of Object.entries(globalsOf(browser))) {
      before.set(name, Object.getOwnPropertyDescriptor(globalThis, name));
      Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
    }
  });
  afterEach(() => {
    for (const [name, was] of before) {
      if (was) Object.defineProperty(globalThis, name, was);
      else Reflect.deleteProperty(globalThis, name);
    }
  });
  return browser;
}

function working(browser: FakeBrowser): FakeBrowser {
  let question = new URLSearchParams();
  return {
    address: new URL(`${PAGE}?order=night.lamp.x#items`),
    kept: new Map(),
    sent: [],
    replies: new Map<string, Reply>([
      [DISCOVERY, () => Response.json(METADATA)],
      [TOKEN, (init) => Response.json({ id_token: browser.tokenFor(init) })],
      [SESSION, () => new Response(null, { status: 204 })],
    ]),
    claims: {},
    asked: (url) => browser.sent.filter((one) => one.url === url).map(({ init }) => init),
    async leave() {
      await signIn(CONFIG);
      question = browser.address.searchParams;
      return question;
    },
    comeBack(changes = {}) {
      const answer = { state: question.get('state'), code: 'the-code', iss: ISSUER, ...changes };
      browser.address = new URL(question.get('redirect_uri') ?? '');
      const home = browser.address.href;
      for (const [name, value] of Object.entries(answer)) {
        if (typeof value === 'string') browser.address.searchParams.set(name, value);
      }
      expect(home).toBe(HOME);
      passOn();
    },
    tokenFor({ body }) {
      const verifier = (body as URLSearchParams).get('code_verifier') ?? '';
      const challenge = createHash('sha256').update(verifier).digest('base64url');
      expect(challenge).toBe(question.get('code_challenge'));
      const right = { iss: ISSUER, aud: 'shop', nonce: question.get('nonce'), name: 'Ada Ŝ' };
      return `${part({ alg: 'RS256' })}.${part({ ...right, ...browser.claims })}.signature`;
    },
  };
}

const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

const globalsOf = (browser: FakeBrowser) => ({
  location: {
    assign: (to: URL) => {
      browser.address = new URL(to);
    },
    replace: (to: string) => {
      browser.address = new URL(to, browser.address);
    },
    get origin() {
      return browser.address.origin;
    },
    get pathname() {
      return browser.address.pathname;
    },
    get search() {
      return browser.address.search;
    },
    get hash() {
      return browser.address.hash;
    },
  },
  history: {
    replaceState: (_state: unknown, _title: string, to: string) => {
      browser.address = new URL(to, browser.address);
    },
  },
  sessionStorage: {
    getItem: (key: string) => browser.kept.get(key) ?? null,
    setItem: (key: string, value: string) => browser.kept.set(key, value),
    removeItem: (key: string) => browser.kept.delete(key),
  },
  fetch: async (url: string | URL, init: RequestInit = {}) => {
    browser.sent.push({ url: String(url), init });
    const reply = browser.replies.get(String(url));
    if (reply === undefined) throw new TypeError('Failed to fetch');
    return reply(init);
  },
  // Waits are over at once; how long they are is `waiting.ts`'s.
  setTimeout: (run: () => void) => queueMicrotask(run),
});

/** The code of the error that something ends with. */
export const codeOf = (run: Promise<unknown>) =>
  run.then(
    () => 'none',
    (error: { code?: unknown }) => error.code,
  );
