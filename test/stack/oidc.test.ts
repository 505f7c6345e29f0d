import { createHmac } from 'node:crypto';
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

async function signedIn(sub: string): Promise<Shopper> {
  const { status, headers, text } = await present(await tokenOf(sub));
  if (status !== 204) throw new Error(`Cannot sign in: ${status} ${text}`);
  return scene.shopperWith(cookieIn(headers));
}

const parts = (token: string): [string, string, string] => token.split('.') as never;
const encoded = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const decoded = (part: string) => JSON.parse(Buffer.from(part, 'base64url').toString());

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
    scene.sandbox.pay(await laptop.token(orderId));
    await scene.sandbox.settled();
    for (const shopper of [phone, laptop]) {
      expect((await shopper.buy('known')).body['code']).toBe('limit-reached');
    }
    const other = await signedIn('alan');
    expect((await other.look(orderId)).status).toBe(404);
  });

  const bad: readonly (readonly [string, () => Promise<string>])[] = [
    ['is for somebody else', () => tokenOf('eve', { aud: 'another-shop' })],
    ['is expired', () => tokenOf('eve', { exp: Math.floor(Date.now() / 1000) - 3600 })],
    ['is not valid yet', () => tokenOf('eve', { nbf: Math.floor(Date.now() / 1000) + 86_400 })],
    ['is of another issuer', () => tokenOf('eve', { iss: 'https://issuer.example' })],
    ['has no subject', () => tokenOf('eve', { sub: undefined })],
    [
      'is not signed',
      async () => {
        const [, payload] = parts(await tokenOf('eve'));
        return `${encoded({ alg: 'none', typ: 'JWT' })}.${payload}.`;
      },
    ],
    [
      'is signed with the public key as if it were a secret',
      async () => {
        const [head, payload] = parts(await tokenOf('eve'));
        const { kid } = decoded(head);
        const jwk = (await issuer.keys()).find((key) => key.kid === kid);
        const text = `${encoded({ alg: 'HS256', typ: 'JWT', kid })}.${payload}`;
        const mac = createHmac('sha256', JSON.stringify(jwk)).update(text).digest('base64url');
        return `${text}.${mac}`;
      },
    ],
    [
      'was tampered with',
      async () => {
        const [head, payload, signature] = parts(await tokenOf('eve'));
        return `${head}.${encoded({ ...decoded(payload), sub: 'ada' })}.${signature}`;
      },
    ],
    [
      'names a key that nobody has',
      async () => {
        const [head, payload, signature] = parts(await tokenOf('eve'));
        return `${encoded({ ...decoded(head), kid: 'nobody' })}.${payload}.${signature}`;
      },
    ],
    ['is none', async () => 'a.b.c'],
    ['is empty', async () => ''],
    ['is 7 KB long', async () => `${'A'.repeat(3500)}.${'A'.repeat(3500)}.A`],
  ];

  test.each(bad)('that %s is refused', async (_, made) => {
    const { status, headers, body } = await present(await made());
    expect([status, body['code']]).toEqual([401, 'session-missing']);
    expect(headers['set-cookie']).toBeUndefined();
  });

  test('is asked for anew where the issuer cannot be reached, and taken once it can', async () => {
    scene.stack.kill('Session');
    const token = await tokenOf('ada');
    const { status, body } = await issuer.without(() => present(token));
    expect([status, body['code']]).toEqual([503, 'unavailable']);
    expect((await present(token)).status).toBe(204);
  });
});
