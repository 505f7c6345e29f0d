import { describe, expect, test } from '@jest/globals';
import { completeSignIn } from '../../site/sign-in.ts';
import {
  CONFIG,
  codeOf,
  DISCOVERY,
  fakeBrowser,
  HOME,
  METADATA,
  PAGE,
  type Reply,
  SESSION,
  TOKEN,
} from './fake-browser.ts';

const browser = fakeBrowser();

/** As the address was before the shopper left. */
const LEFT = `${PAGE}?order=night.lamp.x#items`;

describe('completeSignIn()', () => {
  test('begins a session with the ID token, and returns to where the shopper was', async () => {
    await browser.leave();
    browser.comeBack();
    expect(await completeSignIn(CONFIG)).toBe(true);
    expect(browser.address.href).toBe(LEFT);
    const [exchange = {}] = browser.asked(TOKEN);
    expect(exchange).toMatchObject({ method: 'POST', credentials: 'omit', redirect: 'error' });
    expect(Object.fromEntries(exchange.body as URLSearchParams)).toEqual({
      ...{ grant_type: 'authorization_code', code: 'the-code', client_id: 'shop' },
      ...{ redirect_uri: HOME, code_verifier: expect.stringMatching(/^[\w-]{43}$/) },
    });
    const authorization = `Bearer ${browser.tokenFor(exchange)}`;
    expect(browser.asked(SESSION)).toMatchObject([{ method: 'POST', headers: { authorization } }]);
  });

  test('keeps nothing, and has cleaned the address before it asks anybody', async () => {
    await browser.leave();
    browser.comeBack();
    let seen: unknown;
    browser.replies.set(DISCOVERY, () => {
      seen = [browser.address.href, browser.kept.size];
      return Response.json(METADATA);
    });
    await completeSignIn(CONFIG);
    expect(seen).toEqual([LEFT, 0]);
    expect(browser.kept.size).toBe(0);
  });

  test.each([[''], ['?order=a'], ['?code=EARLYBIRD'], ['?error=access_denied'], ['#state=a']])(
    'is not concerned with the address %j',
    async (query) => {
      await browser.leave();
      const kept = [...browser.kept];
      browser.address = new URL(PAGE + query);
      expect(await completeSignIn(CONFIG)).toBe(false);
      expect([browser.address.href, [...browser.kept]]).toEqual([PAGE + query, kept]);
      expect(browser.asked(SESSION)).toEqual([]);
    },
  );

  test.each([
    ['another state', { state: 'guess' }, 'sign-in-stale'],
    ['an empty state', { state: '' }, 'sign-in-stale'],
    ['another issuer', { iss: 'https://evil.example' }, 'sign-in-refused'],
    ['no code', { code: undefined }, 'sign-in-refused'],
    ['an empty code', { code: '' }, 'sign-in-refused'],
    ['that the shopper cancelled', { error: 'access_denied' }, 'sign-in-cancelled'],
    ['that the issuer is busy', { error: 'temporarily_unavailable' }, 'sign-in-unavailable'],
    ['that the issuer failed', { error: 'server_error' }, 'sign-in-unavailable'],
    ['that the question was wrong', { error: 'invalid_scope' }, 'sign-in-refused'],
  ])('refuses an answer that says %s, once and for all', async (_case, changes, code) => {
    await browser.leave();
    browser.comeBack(changes);
    expect(await codeOf(completeSignIn(CONFIG))).toBe(code);
    expect([browser.asked(TOKEN), browser.asked(SESSION)]).toEqual([[], []]);
    expect([browser.address.href, browser.kept.size]).toEqual([LEFT, 0]);
    browser.comeBack();
    expect(await codeOf(completeSignIn(CONFIG))).toBe('sign-in-stale');
    expect(browser.address.search).toBe('');
  });

  test('takes an answer that does not name its issuer', async () => {
    await browser.leave();
    browser.comeBack({ iss: undefined });
    expect(await completeSignIn(CONFIG)).toBe(true);
  });

  test('refuses an answer to a question that another tab asked', async () => {
    await browser.leave();
    browser.kept.clear();
    browser.comeBack();
    expect(await codeOf(completeSignIn(CONFIG))).toBe('sign-in-stale');
    expect(browser.asked(TOKEN)).toEqual([]);
  });

  test('sends no code to an issuer that is not the one that was asked', async () => {
    await browser.leave();
    browser.comeBack();
    const changed = { ...METADATA, issuer: 'https://evil.example' };
    browser.replies.set(DISCOVERY, () => Response.json(changed));
    expect(await codeOf(completeSignIn(CONFIG))).toBe('sign-in-refused');
    expect(browser.asked(TOKEN)).toEqual([]);
  });

  test.each<[string, Reply, string]>([
    ['fails', () => new Response('', { status: 503 }), 'sign-in-unavailable'],
    ['refuses', () => Response.json({ error: 'no' }, { status: 400 }), 'sign-in-refused'],
    ['answers without an ID token', () => Response.json({}), 'sign-in-refused'],
    ['answers no JWT', () => Response.json({ id_token: 'a.!.c' }), 'sign-in-refused'],
    ['answers an empty JWT', () => Response.json({ id_token: 'a.bnVsbA.c' }), 'sign-in-refused'],
  ])('begins no session where the token endpoint %s', async (_case, reply, code) => {
    await browser.leave();
    browser.comeBack();
    browser.replies.set(TOKEN, reply);
    expect(await codeOf(completeSignIn(CONFIG))).toBe(code);
    expect(browser.asked(SESSION)).toEqual([]);
  });

  test('begins no session where the token endpoint cannot be reached', async () => {
    await browser.leave();
    browser.comeBack();
    browser.replies.delete(TOKEN);
    expect(await codeOf(completeSignIn(CONFIG))).toBe('sign-in-unavailable');
    expect(browser.asked(SESSION)).toEqual([]);
  });

  test.each([
    ['is for another question', { nonce: 'another' }],
    ['is for no question', { nonce: undefined }],
    ['is for another site', { aud: 'another' }],
    ['is for other sites', { aud: ['another', 'shops'] }],
    ['is of another issuer', { iss: 'https://evil.example' }],
  ])('begins no session with an ID token that %s', async (_case, claims) => {
    await browser.leave();
    browser.comeBack();
    browser.claims = claims;
    expect(await codeOf(completeSignIn(CONFIG))).toBe('sign-in-refused');
    expect(browser.asked(SESSION)).toEqual([]);
  });

  test('takes an ID token that is for this site among others', async () => {
    await browser.leave();
    browser.comeBack();
    browser.claims = { aud: ['another', 'shop'] };
    expect(await completeSignIn(CONFIG)).toBe(true);
  });

  test('waits out a session route that is throttled, in trouble or out of reach', async () => {
    await browser.leave();
    browser.comeBack();
    const replies: Reply[] = [
      () => new Response('', { status: 429, headers: { 'retry-after': '2' } }),
      () => new Response('', { status: 503 }),
      () => {
        throw new TypeError('Failed to fetch');
      },
      () => new Response(null, { status: 204 }),
    ];
    browser.replies.set(SESSION, (init) => (replies.shift() as Reply)(init));
    expect(await completeSignIn(CONFIG)).toBe(true);
    expect([browser.asked(SESSION).length, browser.asked(TOKEN).length]).toEqual([4, 1]);
  });

  test.each([
    ['does not take the token', 401, 'session-missing', 'sign-in-refused'],
    ['blocks the address', 403, 'blocked', 'blocked'],
  ])('says so where the shop %s', async (_case, status, code, shown) => {
    await browser.leave();
    browser.comeBack();
    browser.replies.set(SESSION, () => Response.json({ code }, { status }));
    expect(await codeOf(completeSignIn(CONFIG))).toBe(shown);
    expect(browser.asked(SESSION).length).toBe(1);
  });
});
