import { describe, expect, test } from '@jest/globals';
import { startIdentitySandbox } from '../../sandbox/identity-sandbox.ts';
import { answerIn, NOW, PAGE, SITE, withSite } from './sign-in-site.ts';

describe('startIdentitySandbox()', () => {
  test('names the port that is taken', () =>
    withSite(async ({ url }) => {
      const port = Number(new URL(url).port);
      const options = { port, clientId: 'shop', siteOrigin: SITE, now: () => NOW };
      await expect(startIdentitySandbox(options)).rejects.toThrow(
        `Cannot start the identity sandbox: port ${port} is taken`,
      );
    }));

  test('describes itself as OpenID Connect wants it, to scripts of the site alone', () =>
    withSite(async ({ url, get }) => {
      const response = await get('/.well-known/openid-configuration');
      expect(response.headers.get('access-control-allow-origin')).toBe(SITE);
      expect(await response.json()).toMatchObject({
        ...{ issuer: url, authorization_endpoint: `${url}/authorize` },
        ...{ token_endpoint: `${url}/token`, jwks_uri: `${url}/jwks` },
        code_challenge_methods_supported: ['S256'],
      });
    }));

  test('has nothing on other paths', () =>
    withSite(async ({ get }) => {
      expect((await get('/userinfo')).status).toBe(404);
    }));
});

describe('/authorize', () => {
  test('asks who one is, and lets its form lead back to the site and nowhere else', () =>
    withSite(async ({ ask, get }) => {
      const response = await ask({ state: '"><script>' });
      const page = await response.text();
      expect(response.status).toBe(200);
      expect(page).toMatch(/Name[\s\S]*Membership[\s\S]*Age[\s\S]*>Sign in<[\s\S]*>Cancel</);
      expect(page).not.toContain('<script');
      expect(response.headers.get('content-security-policy')).toContain(
        `form-action 'self' ${SITE};`,
      );
      expect((await get('/style.css')).headers.get('content-type')).toBe('text/css');
    }));

  test('answers with a code, and repeats the state', () =>
    withSite(async ({ url, submit }) => {
      const response = await submit();
      expect(response.status).toBe(303);
      expect(answerIn(response)).toEqual({
        ...{ state: 'the-state', iss: url, code: expect.stringMatching(/^[\w-]{32}$/) },
      });
    }));

  test('tells the site that somebody cancelled, whatever else the form says', () =>
    withSite(async ({ url, submit }) => {
      const response = await submit({ action: 'cancel', name: '' });
      expect(answerIn(response)).toEqual({ error: 'access_denied', state: 'the-state', iss: url });
    }));

  test.each([
    ['the site with another port', `${SITE}:81/sales/night/`],
    ['the site by TLS', 'https://shop.example/'],
    ['another site', 'http://evil.example/'],
    ['a site that begins with its name', 'http://shop.example.evil.example/'],
    ['a user who has its name', 'http://shop.example@evil.example/'],
    ['the site with a user', 'http://user@shop.example/'],
    ['the site with a password', 'http://:secret@shop.example/'],
    ['the site with a fragment', `${PAGE}#a`],
    ['the site in another spelling', 'HTTP://SHOP.example/'],
    ['a path with steps back', `${SITE}/sales/../`],
    ['a script', 'javascript:alert(1)'],
    ['a path', '/sales/night/'],
    ['nothing', undefined],
  ])('sends nobody to %s', (_case, redirect_uri) =>
    withSite(async ({ ask, submit }) => {
      for (const response of [await ask({ redirect_uri }), await submit({}, { redirect_uri })]) {
        expect([response.status, response.headers.get('location')]).toEqual([400, null]);
        expect(await response.text()).toContain('cannot sign in from there');
      }
    }),
  );

  test.each([['another'], [''], [undefined]])('knows no client %j', (client_id) =>
    withSite(async ({ ask }) => {
      expect((await ask({ client_id })).status).toBe(400);
    }),
  );

  test.each([
    ['unsupported_response_type', 'token', { response_type: 'token' }],
    ['unsupported_response_type', 'nothing', { response_type: undefined }],
    ['invalid_scope', 'no identity', { scope: 'profile' }],
    ['invalid_scope', 'no scope', { scope: undefined }],
    ['invalid_request', 'no challenge', { code_challenge: undefined }],
    ['invalid_request', 'a challenge of 42 characters', { code_challenge: 'c'.repeat(42) }],
    ['invalid_request', 'a challenge of 44 characters', { code_challenge: 'c'.repeat(44) }],
    ['invalid_request', 'a plain challenge', { code_challenge_method: 'plain' }],
    ['invalid_request', 'a challenge of no method', { code_challenge_method: undefined }],
  ])('answers %s to a site that asks for %s', (error, _case, changes) =>
    withSite(async ({ url, ask, submit }) => {
      for (const response of [await ask(changes), await submit({}, changes)]) {
        expect(answerIn(response)).toEqual({ error, state: 'the-state', iss: url });
      }
    }),
  );

  test.each([
    ['has no name', { name: ' ' }],
    ['has a name of 65 characters', { name: 'a'.repeat(65) }],
    ['has a membership of 65 characters', { membership: 'a'.repeat(65) }],
    ['has an account of tomorrow', { days: '-1' }],
    ['has an account of 3651 days', { days: '3651' }],
    ['has an account of no age', { days: '' }],
  ])('asks again whoever %s', (_case, form) =>
    withSite(async ({ submit }) => {
      const response = await submit(form);
      expect(response.status).toBe(400);
      expect(await response.text()).toContain('role="alert"');
    }),
  );

  test.each([
    ['a name of 64 characters', { name: 'a'.repeat(64) }],
    ['a membership of 64 characters', { membership: 'a'.repeat(64) }],
    ['an account of today', { days: '0' }],
    ['an account of 3650 days', { days: '3650' }],
  ])('lets somebody in who has %s', (_case, form) =>
    withSite(async ({ code }) => {
      expect(await code(form)).not.toBe('');
    }),
  );
});
