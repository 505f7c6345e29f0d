import { createPublicKey, type JsonWebKey, verify } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { NOW, SITE, withSite } from './sign-in-site.ts';

const decoded = (part = '') => JSON.parse(Buffer.from(part, 'base64url').toString());

async function claimsOf(response: Response) {
  const { id_token: token } = (await response.json()) as { id_token: string };
  return decoded(token.split('.')[1]);
}

describe('/token', () => {
  test('answers the site with an ID token that its published key has signed', () =>
    withSite(async ({ get, code, exchange }) => {
      const response = await exchange(await code());
      expect([response.status, response.headers.get('cache-control')]).toEqual([200, 'no-store']);
      expect(response.headers.get('access-control-allow-origin')).toBe(SITE);
      const body = (await response.json()) as Record<string, string>;
      expect(body).toMatchObject({ token_type: 'Bearer', expires_in: 600 });
      const [head = '', payload = '', signature = ''] = (body['id_token'] ?? '').split('.');
      const { keys } = (await (await get('/jwks')).json()) as { keys: JsonWebKey[] };
      const jwk = keys.find(({ kid }) => kid === decoded(head).kid) as JsonWebKey;
      const key = createPublicKey({ key: jwk, format: 'jwk' });
      const text = Buffer.from(`${head}.${payload}`);
      expect(verify('sha256', text, key, Buffer.from(signature, 'base64url'))).toBe(true);
      expect([decoded(head).alg, jwk['d']]).toEqual(['RS256', undefined]);
    }));

  test('says in it who that is, for whom, and in answer to what', () =>
    withSite(async ({ url, code, exchange }) => {
      expect(await claimsOf(await exchange(await code()))).toEqual({
        ...{ iss: url, aud: 'shop', nonce: 'the-nonce', name: 'Ada', membership: 'gold' },
        ...{ iat: NOW / 1000, exp: NOW / 1000 + 600 },
        account_created_at: NOW / 1000 - 30 * 86_400,
        sub: expect.stringMatching(/^[\w-]{43}$/),
      });
    }));

  test('knows the same name again, and leaves out a membership that is none', () =>
    withSite(async ({ code, exchange }) => {
      const claims = async (form: Record<string, string>) =>
        claimsOf(await exchange(await code(form)));
      const [ada, again] = [await claims({}), await claims({ name: ' ada ', membership: '' })];
      expect(again.sub).toBe(ada.sub);
      expect((await claims({ name: 'Grace' })).sub).not.toBe(ada.sub);
      expect(again).not.toHaveProperty('membership');
    }));

  test.each([
    ['without the verifier', { code_verifier: undefined }],
    ['with another verifier', { code_verifier: 'w'.repeat(43) }],
    ['from another page', { redirect_uri: `${SITE}/` }],
    ['without a page', { redirect_uri: undefined }],
  ])('refuses a code %s, and takes it no more', (_case, changes) =>
    withSite(async ({ code, exchange }) => {
      const one = await code();
      for (const response of [await exchange(one, changes), await exchange(one)]) {
        expect([response.status, await response.json()]).toEqual([400, { error: 'invalid_grant' }]);
      }
    }),
  );

  test('takes a code once', () =>
    withSite(async ({ code, exchange }) => {
      const one = await code();
      expect((await exchange(one)).status).toBe(200);
      expect((await exchange(one)).status).toBe(400);
      expect((await exchange('guess')).status).toBe(400);
    }));

  test.each([
    [59_999, 200],
    [60_000, 400],
  ])('answers a code that is %i ms old with %i', (ms, status) => {
    let now = NOW;
    return withSite(
      async ({ code, exchange }) => {
        const one = await code();
        now += ms;
        expect((await exchange(one)).status).toBe(status);
      },
      { now: () => now },
    );
  });

  test.each([
    [401, 'invalid_client', { client_id: 'another' }],
    [400, 'unsupported_grant_type', { grant_type: 'password' }],
  ])('answers %i %s', (status, error, changes) =>
    withSite(async ({ code, exchange }) => {
      const response = await exchange(await code(), changes);
      expect([response.status, await response.json()]).toEqual([status, { error }]);
    }),
  );
});
