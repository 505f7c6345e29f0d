/** @module A site that signs people in at the sandbox provider, written from the standards alone. */

import { createHash } from 'node:crypto';
import { startIdentitySandbox } from '../../sandbox/identity-sandbox.ts';

export const SITE = 'http://shop.example';
export const PAGE = `${SITE}/sales/night/`;
export const NOW = Date.UTC(2026, 10, 20, 12);

/** 43 characters, as RFC 7636 wants them. */
const VERIFIER = 'v'.repeat(43);

const GOOD = {
  ...{ response_type: 'code', client_id: 'shop', redirect_uri: PAGE, scope: 'openid' },
  ...{ state: 'the-state', nonce: 'the-nonce', code_challenge_method: 'S256' },
  code_challenge: createHash('sha256').update(VERIFIER).digest('base64url'),
};

const ADA = { action: 'sign-in', name: 'Ada', membership: 'gold', days: '30' };

/** Changes to what is right; what is undefined is left out. */
type Changes = Readonly<Record<string, string | undefined>>;

const fields = (right: Changes, changes: Changes) =>
  new URLSearchParams(
    Object.entries({ ...right, ...changes }).filter(
      (entry): entry is [string, string] => entry[1] !== undefined,
    ),
  );

export type Site = {
  readonly url: string;
  get(path: string): Promise<Response>;
  /** Goes to the provider. */
  ask(changes?: Changes): Promise<Response>;
  /** Fills in the provider's form, in answer to a good question unless told otherwise. */
  submit(form?: Changes, question?: Changes): Promise<Response>;
  /** The code of somebody who has signed in. */
  code(form?: Changes): Promise<string>;
  /** Exchanges a code. */
  exchange(code: string, changes?: Changes): Promise<Response>;
};

/** Runs something beside a sandbox that ends with it. */
export async function withSite(
  run: (site: Site) => Promise<void>,
  { now = () => NOW } = {},
): Promise<void> {
  const sandbox = await startIdentitySandbox({ clientId: 'shop', siteOrigin: SITE, now });
  const { url } = sandbox;
  const authorize = (question: Changes) => `${url}/authorize?${fields(GOOD, question)}`;
  const post = (to: string, body: URLSearchParams) =>
    fetch(to, { method: 'POST', body, redirect: 'manual' });
  const site: Site = {
    url,
    get: (path) => fetch(url + path),
    ask: (changes = {}) => fetch(authorize(changes), { redirect: 'manual' }),
    submit: (form = {}, question = {}) => post(authorize(question), fields(ADA, form)),
    async code(form) {
      return answerIn(await site.submit(form))['code'] ?? '';
    },
    exchange(code, changes = {}) {
      const right = { grant_type: 'authorization_code', code, client_id: 'shop' };
      const form = { ...right, redirect_uri: PAGE, code_verifier: VERIFIER };
      return post(`${url}/token`, fields(form, changes));
    },
  };
  try {
    await run(site);
  } finally {
    await sandbox.stop();
  }
}

/** What a redirect tells the site. */
export function answerIn(response: Response): Readonly<Record<string, string>> {
  const { origin, pathname, searchParams } = new URL(response.headers.get('location') ?? '');
  if (origin + pathname !== PAGE) throw new Error(`Cannot answer: ${origin}${pathname} asked not`);
  return Object.fromEntries(searchParams);
}
