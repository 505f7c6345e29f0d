/** Identity tokens on the bundled session function, with an issuer of the attacker's beside the real one. */

import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Scene, startScene } from '../stack/scene.ts';
import { cookieIn } from '../support/shopper.ts';
import { ATTACKS } from './identity-attacks.ts';
import { AUDIENCE, realToken, type Scrap } from './identity-tokens.ts';
import { startIssuer } from './issuer.ts';

let scrap: Scrap;
let scene: Scene;
let lines: string[];

beforeAll(async () => {
  scrap = { real: await startIssuer('k1'), hostile: await startIssuer('k1') };
  const parameters = { OidcIssuer: scrap.real.url, OidcAudience: AUDIENCE };
  lines = [];
  scene = await startScene({}, { parameters, log: (line) => lines.push(line) });
  await scene.open();
});

afterAll(async () => {
  await scene?.stop();
  await scrap?.real.stop();
  await scrap?.hostile.stop();
});

const present = (token: string, cookie = '') =>
  scene.ask('POST', '/api/session', {
    headers: { authorization: `Bearer ${token}`, ...(cookie && { cookie }) },
  });

const said = (cookie: string) =>
  JSON.parse(Buffer.from(cookie.split('.')[1] ?? '', 'base64url').toString());

describe('an identity token that is refused, and begins no session:', () => {
  test.each(ATTACKS)('%s', async (_, made) => {
    const { status, headers, body } = await present(made(scrap));
    expect([status, body['code']]).toEqual([401, 'session-missing']);
    expect(headers['set-cookie']).toBeUndefined();
  });

  test('none of them made the shop ask where the attacker wanted', () => {
    expect(scrap.hostile.asked).toEqual([]);
    const elsewhere = ['/jwks', '/.well-known/openid-configuration'];
    expect(scrap.real.asked.filter((path) => !elsewhere.includes(path))).toEqual([]);
  });

  test('nor is the issuer asked for its keys at each of them', async () => {
    const before = scrap.real.asked.length;
    for (let i = 0; i < 20; i++) await present(realToken(scrap, {}, { kid: `unknown-${i}` }));
    expect(scrap.real.asked.length - before).toBeLessThanOrEqual(2);
  });

  test('nor did the function log any of it', () => {
    expect(lines).toEqual([]);
  });
});

describe('an identity token that is taken', () => {
  test.each([
    ['as it should be', {}],
    ['for us among others, given to us', { aud: ['another-shop', AUDIENCE], azp: AUDIENCE }],
    ['for us among others, with nothing said of whom it was given to', { aud: [AUDIENCE, 'x'] }],
    ['that says what it is for', { token_use: 'id' }],
  ])('%s', async (_, claims) => {
    expect((await present(realToken(scrap, claims))).status).toBe(204);
  });

  test('has 8,192 characters at most', async () => {
    const sized = (characters: number) => {
      const bare = realToken(scrap, { pad: '' }).length;
      // Base64url writes three characters as four: what is missing is tried out.
      for (let pad = Math.floor(((characters - bare) * 3) / 4) - 2; ; pad++) {
        const token = realToken(scrap, { pad: 'x'.repeat(pad) });
        if (token.length >= characters) return token;
      }
    };
    const [whole, above] = [sized(8191), sized(8193)];
    expect(whole.length).toBeLessThanOrEqual(8192);
    expect((await present(whole)).status).toBe(204);
    expect((await present(above)).status).toBe(401);
  });

  test('counts in no other place than the header', async () => {
    const token = realToken(scrap);
    const asks = [
      scene.ask('POST', `/api/session?access_token=${token}&id_token=${token}`),
      scene.ask('POST', '/api/session', { body: `id_token=${token}` }),
      scene.ask('POST', '/api/session', { headers: { cookie: `authorization=${token}` } }),
      scene.ask('POST', '/api/session', { headers: { 'x-authorization': `Bearer ${token}` } }),
    ];
    for (const { headers } of await Promise.all(asks)) {
      expect(said(cookieIn(headers)).u).toMatch(/^g-/);
    }
    const basic = { headers: { authorization: `Basic ${token}` } };
    expect((await scene.ask('POST', '/api/session', basic)).status).toBe(401);
  });

  test.each([
    ['no address', ''],
    ['javascript', 'javascript:alert(1)'],
  ])('tells the shopper id alone, whatever the subject is: %s', async (_, sub) => {
    const subject = `${sub}"><script>\u0000\r\nset-cookie: a=b`;
    const { headers } = await present(realToken(scrap, { sub: subject }));
    expect(said(cookieIn(headers)).u).toMatch(/^i-[\w-]{22}$/);
    expect(headers['set-cookie']).toHaveLength(1);
  });
});

describe('a session that somebody else has planted', () => {
  test('is not the one that a sign-in begins: the planter sees nothing of the shopper', async () => {
    const planter = await scene.enter();
    const { headers } = await present(realToken(scrap, { sub: 'ada' }), planter.cookie);
    const ada = scene.shopperWith(cookieIn(headers));
    const [theirs, hers] = [said(planter.cookie), said(ada.cookie)];
    expect(hers.u).not.toBe(theirs.u);
    expect(hers.t).not.toBe(theirs.t);
    const orderId = await ada.order('first');
    expect((await planter.look(orderId)).status).toBe(404);
    const again = await present(realToken(scrap, { sub: 'ada' }), ada.cookie);
    expect(cookieIn(again.headers)).not.toBe(ada.cookie);
  });

  test('is not taken over where it has no good signature', async () => {
    for (const planted of ['fs_session=planted', 'fs_session=k1.e30.AAAA', 'fs_session=']) {
      const { headers } = await scene.ask('POST', '/api/session', { headers: { cookie: planted } });
      expect(cookieIn(headers)).toMatch(/^fs_session=k1\.[\w-]+\.[\w-]{43}$/);
    }
  });

  test('is not taken from a query or a body', async () => {
    const { cookie } = await scene.enter();
    const value = cookie.split('=')[1];
    const asks = [
      scene.ask('POST', `/api/session?fs_session=${value}`),
      scene.ask('POST', '/api/session', { body: cookie }),
      scene.ask('POST', '/api/session', { headers: { 'x-fs-session': value ?? '' } }),
    ];
    for (const { headers } of await Promise.all(asks)) {
      expect(cookieIn(headers)).not.toBe('');
      expect(cookieIn(headers)).not.toBe(cookie);
    }
  });
});

describe('the cookie of a session', () => {
  test.each(['a guest', 'somebody known'])('of %s is for this site and no script', async (who) => {
    const { headers } =
      who === 'a guest'
        ? await scene.ask('POST', '/api/session')
        : await present(realToken(scrap, { sub: 'ada' }));
    const [cookie = '', ...more] = headers['set-cookie'] ?? [];
    expect(more).toEqual([]);
    const [, ...attributes] = cookie.split('; ');
    // No Domain: a host beside ours is not sent it. Secure is missing here alone, where there is no TLS.
    expect(attributes).toEqual(['Path=/', 'Max-Age=86400', 'HttpOnly', 'SameSite=Lax']);
    expect(headers['cache-control']).toBe('no-store');
  });
});
