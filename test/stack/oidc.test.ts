/** Signing in. Tokens that nobody should be believed for are in test/security/identity-attacks.ts. */

import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { cookieIn, type Shopper } from '../support/shopper.ts';
import { type Issuer, startIssuer } from './issuer.ts';
import { type Scene, startScene } from './scene.ts';

const AUDIENCE = 'the-shop';

let issuer: Issuer;
let scene: Scene;

beforeAll(async () => {
  issuer = await startIssuer();
  const parameters = { OidcIssuer: issuer.url, OidcAudience: AUDIENCE };
  scene = await startScene({ id: 'known', items: [{ units: 50, limit: 2 }] }, { parameters });
  await scene.open();
}, 30_000);

afterAll(async () => {
  await scene?.stop();
  await issuer?.stop();
});

/** An ID token of somebody; what is not said is right. */
function tokenOf(sub: string, changes: Record<string, unknown> = {}): Promise<string> {
  const now = Math.floor(Date.now() / 1000);
  const times = { iat: now, nbf: now - 10, exp: now + 600 };
  return issuer.token({ sub, aud: AUDIENCE, ...times, ...changes });
}

const present = (token: string) =>
  scene.ask('POST', '/api/session', { headers: { authorization: `Bearer ${token}` } });

async function signedIn(sub: string, claims: Record<string, unknown> = {}): Promise<Shopper> {
  const { status, headers, text } = await present(await tokenOf(sub, claims));
  if (status !== 204) throw new Error(`Cannot sign in: ${status} ${text}`);
  return scene.shopperWith(cookieIn(headers));
}

describe('an ID token', () => {
  test('begins a session that can buy, and is not a guest', async () => {
    const ada = await signedIn('ada');
    const orderId = await ada.order('known');
    const claim = await scene.claim(orderId);
    expect(claim?.shopper).toMatch(/^i-[A-Za-z0-9_-]{22}$/);
    expect((await ada.look(orderId)).body['status']).toBe('RESERVED');
  });

  test('of the same person twice is the same shopper: the limit holds across sessions', async () => {
    const [phone, laptop] = [await signedIn('grace'), await signedIn('grace')];
    expect(phone.cookie).not.toBe(laptop.cookie);
    const orderId = await phone.order('known', { quantity: 2 });
    const again = await laptop.buy('known');
    expect([again.status, again.body['orderId']]).toEqual([200, orderId]);
    expect((await laptop.look(orderId)).status).toBe(200);
    await scene.pay(await laptop.token(orderId));
    for (const shopper of [phone, laptop]) {
      expect((await shopper.buy('known')).body['code']).toBe('limit-reached');
    }
    const other = await signedIn('alan');
    expect((await other.look(orderId)).status).toBe(404);
  });

  test('is asked for anew where the issuer cannot be reached, and taken once it can', async () => {
    scene.stack.kill('Session');
    const token = await tokenOf('ada');
    const { status, body } = await issuer.without(() => present(token));
    expect([status, body['code']]).toEqual([503, 'unavailable']);
    expect((await present(token)).status).toBe(204);
  });
});

describe('a sale for members whose account is 30 days old', () => {
  const saleId = 'club';
  const latest = () => Math.floor(opensAt / 1000) - 30 * 24 * 3600;
  let opensAt = 0;

  beforeAll(async () => {
    opensAt = scene.stack.clock.now() - 1000;
    const access = { memberships: ['gold', 'founder'], accountAgeDays: 30 };
    await scene.publishBare({ id: saleId, opensAt, access });
  });

  const asked = async (sub: string, claims: Record<string, unknown>) => {
    const shopper = await signedIn(sub, claims);
    return shopper.ask('POST', `/api/sales/${saleId}/ticket`);
  };

  test('gives a ticket to a member, however the token writes the day', async () => {
    const seconds = latest();
    for (const created of [seconds, String(seconds), new Date(seconds * 1000).toISOString()]) {
      const claims = { membership: 'gold', account_created_at: created };
      expect((await asked('ada', claims)).status).toBe(200);
    }
  });

  test.each<[string, (created: number) => Record<string, unknown>]>([
    ['is no member', (created) => ({ account_created_at: created })],
    ['is another member', (created) => ({ membership: 'silver', account_created_at: created })],
    ['has come later', (created) => ({ membership: 'gold', account_created_at: created + 1 })],
    ['does not say since when', () => ({ membership: 'gold' })],
    [
      'says it so that nobody understands',
      () => ({ membership: 'gold', account_created_at: 'May' }),
    ],
  ])('refuses who %s', async (_, claims) => {
    const { status, body } = await asked('eve', claims(latest()));
    expect([status, body['code']]).toEqual([403, 'not-eligible']);
  });

  test('refuses guests', async () => {
    const guest = await scene.enter();
    const { status, body } = await guest.ask('POST', `/api/sales/${saleId}/ticket`);
    expect([status, body['code']]).toEqual([403, 'not-eligible']);
  });

  test('believes the last sign-in, not the one before', async () => {
    const before = await signedIn('grace');
    const claims = { membership: 'founder', account_created_at: latest() };
    const headers = {
      cookie: before.cookie,
      authorization: `Bearer ${await tokenOf('grace', claims)}`,
    };
    const renewed = await scene.ask('POST', '/api/session', { headers });
    const after = scene.shopperWith(cookieIn(renewed.headers));
    const statuses = [before, after].map(
      async (one) => (await one.ask('POST', `/api/sales/${saleId}/ticket`)).status,
    );
    expect(await Promise.all(statuses)).toEqual([403, 200]);
    // Without a token the session that exists is kept.
    const kept = await scene.ask('POST', '/api/session', { headers: { cookie: after.cookie } });
    expect([kept.status, kept.headers['set-cookie']]).toEqual([204, undefined]);
  });
});
