/** ID tokens against a real issuer on loopback, in the source and as it is deployed: minified. */

import { type ChildProcess, spawn } from 'node:child_process';
import { createHash, createHmac, createSign, generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { buildSync } from 'esbuild';
import { type Identify, identity } from '../../adapters/identity.ts';

const AUDIENCE = 'flash-sale';
const NAMES = { membershipClaim: 'membership', createdClaim: 'account_created_at' };
const MOCK = '../../node_modules/oauth2-mock-server/dist/oauth2-mock-server.mjs';
const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));

const folder = mkdtempSync(join(tmpdir(), 'identity-'));
const keys = generateKeyPairSync('rsa', { modulusLength: 2048 });
let server: ChildProcess;
let issuer = '';
let deployed: typeof identity;

// In a process of its own: it does not take the objects of Jest's sandbox for plain ones.
beforeAll(async () => {
  const jwk = join(folder, 'k1.json');
  const key = { ...keys.privateKey.export({ format: 'jwk' }), kid: 'k1', alg: 'RS256' };
  writeFileSync(jwk, JSON.stringify(key));
  server = spawn(process.execPath, [at(MOCK), '-a', '127.0.0.1', '-p', '0', '--jwk', jwk]);
  issuer = await new Promise((resolve, reject) => {
    let said = '';
    server.stdout?.on('data', (chunk: Buffer) => {
      said += chunk;
      const [, found] = /issuer is (\S+)\n/.exec(said) ?? [];
      if (found) resolve(found);
    });
    server.once('exit', () => reject(new Error(`the issuer ended: ${said}`)));
  });
  const file = join(folder, 'identity.cjs');
  const { outputFiles } = buildSync({
    entryPoints: [at('../../adapters/identity.ts')],
    ...{ bundle: true, minify: true, platform: 'node', format: 'cjs', write: false },
  });
  writeFileSync(file, outputFiles[0]?.contents ?? '');
  deployed = createRequire(import.meta.url)(file).identity;
});
afterAll(async () => {
  const exit = new Promise((resolve) => server.once('exit', resolve));
  server.kill();
  await exit;
  rmSync(folder, { recursive: true });
});

type Claims = { iss?: string; aud?: string; sub?: string; exp?: number; nbf?: number } & {
  readonly [name: string]: unknown;
};

const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
const nowSeconds = () => Math.floor(Date.now() / 1000);
const payload = (claims: Claims = {}) =>
  part({ iss: issuer, sub: 'ada', aud: AUDIENCE, exp: nowSeconds() + 60, ...claims });

/** A token that is right but for some claims. */
async function aToken(claims: Claims = {}, header: object = {}): Promise<string> {
  const text = `${part({ alg: 'RS256', typ: 'JWT', kid: 'k1', ...header })}.${payload(claims)}`;
  const signature = createSign('sha256').update(text).sign(keys.privateKey, 'base64url');
  return `${text}.${signature}`;
}

/** Signed by the public key, as if it were a shared secret. */
function confused(): string {
  const pem = keys.publicKey.export({ type: 'spki', format: 'pem' });
  const text = `${part({ alg: 'HS256', typ: 'JWT', kid: 'k1' })}.${payload()}`;
  return `${text}.${createHmac('sha256', pem).update(text).digest('base64url')}`;
}

async function tampered(): Promise<string> {
  const [header, , signature] = (await aToken()).split('.');
  return `${header}.${payload({ sub: 'eve' })}.${signature}`;
}

const BAD: readonly [string, () => Promise<string> | string][] = [
  ['for another audience', () => aToken({ aud: 'other' })],
  ['of another issuer', () => aToken({ iss: 'http://127.0.0.1:1' })],
  ['that has expired', () => aToken({ exp: nowSeconds() - 1 })],
  ['without an end', () => aToken({ exp: undefined as never })],
  ['given to another client', () => aToken({ aud: [AUDIENCE, 'other'] as never, azp: 'other' })],
  ['that is an access token', () => aToken({ token_use: 'access' })],
  ['that is an access token by its type', () => aToken({}, { typ: 'at+jwt' })],
  ['that is not valid yet', () => aToken({ nbf: nowSeconds() + 60 })],
  ['without a signature', () => `${part({ alg: 'none', kid: 'k1' })}.${payload()}.`],
  ['signed with the public key', confused],
  ['whose content was changed', tampered],
  ['of an unknown key', () => `${part({ alg: 'RS256', kid: 'k9' })}.${payload()}.AAAA`],
  ['without a key id', () => `${part({ alg: 'RS256' })}.${payload()}.AAAA`],
  ['that is none', () => 'no token'],
  ['that is empty', () => ''],
  ['of two parts', () => 'a.b'],
];

const GOOD: readonly (readonly ['membership' | 'createdAt', unknown, unknown])[] = [
  ['membership', 'gold_member-2', 'gold_member-2'],
  ['membership', 'm'.repeat(40), 'm'.repeat(40)],
  ['createdAt', 1_700_000_000, 1_700_000_000],
  ['createdAt', '1700000000', 1_700_000_000],
  ['createdAt', 0, 0],
  ['createdAt', 9_999_999_999, 9_999_999_999],
  ['createdAt', '2023-11-14T22:13:20Z', 1_700_000_000],
  ['createdAt', '2023-11-14T22:13:20.999Z', 1_700_000_000],
  ['createdAt', '2023-11-15T00:13:20+02:00', 1_700_000_000],
  ['createdAt', '2024-02-29', 1_709_164_800],
];

const UNREAD: readonly (readonly [string, unknown])[] = [
  ...['', 'm'.repeat(41), 'gold member', 7, ['gold'], null, true].map(
    (claim) => ['membership', claim] as const,
  ),
  ...[
    ...[10_000_000_000, 1_700_000_000_000, 1.5, -1, '-1', '', '1e9', [1_700_000_000], true, null],
    ...['2023-02-29', '2023-02-29T10:00:00Z', '2023-13-01', '2023-11-14T22:13:20', '14.11.2023'],
    ...['1969-12-31T23:59:59Z', 'November 14, 2023', '2023-11-14T25:00:00Z'],
  ].map((claim) => ['account_created_at', claim] as const),
];

describe.each([
  ['identity()', () => identity],
  ['identity() in a minified bundle', () => deployed],
])('%s', (_, of) => {
  const identify = (): Identify => of()({ issuer, audience: AUDIENCE, ...NAMES });

  test('answers a shopper id that is the same each time and says nothing of the person', async () => {
    const ask = identify();
    const shopper = await ask(await aToken());
    const digest = createHash('sha256').update(`${issuer}\nada`).digest('base64url');
    expect(shopper).toEqual({ shopper: `i-${digest.slice(0, 22)}` });
    expect(await ask(await aToken())).toEqual(shopper);
    expect(await ask(await aToken({ sub: 'bob' }))).not.toEqual(shopper);
  });

  test.each(GOOD)('reads %s of %j', async (member, claim, value) => {
    const name = member === 'membership' ? 'membership' : 'account_created_at';
    expect(await identify()(await aToken({ [name]: claim }))).toMatchObject({ [member]: value });
  });

  test.each(UNREAD)('leaves out a claim "%s" of %j', async (name, claim) => {
    const found = await identify()(await aToken({ [name]: claim }));
    expect(found).toEqual({ shopper: expect.stringMatching(/^i-/) });
  });

  test('asks for no claim that has no name, and for another where the issuer has another', async () => {
    const token = await aToken({ membership: 'gold', tier: 'blue' });
    const ask = (membershipClaim: string) =>
      of()({ issuer, audience: AUDIENCE, ...NAMES, membershipClaim })(token);
    expect(await ask('tier')).toMatchObject({ membership: 'blue' });
    expect((await ask(''))?.membership).toBeUndefined();
  });

  test('finds an issuer that ends with a slash, and tells it from the one without', async () => {
    const ask = of()({ issuer: `${issuer}/`, audience: AUDIENCE, ...NAMES });
    expect(await ask(await aToken({ iss: `${issuer}/` }))).toBeDefined();
    expect(await ask(await aToken())).toBeUndefined();
  });

  test.each(BAD)('answers nothing to a token %s', async (_case, token) => {
    expect(await identify()(await token())).toBeUndefined();
  });

  test('answers nothing to one unknown key after another, and takes the known one meanwhile', async () => {
    const ask = identify();
    for (const kid of ['k8', 'k9']) expect(await ask(await aToken({}, { kid }))).toBeUndefined();
    expect(await ask(await aToken())).toBeDefined();
  });

  test('throws where the issuer cannot be reached, and asks again the next time', async () => {
    const nowhere = of()({ issuer: 'http://127.0.0.1:1', audience: AUDIENCE, ...NAMES });
    await expect(nowhere(await aToken())).rejects.toThrow();
    const missing = of()({ issuer: `${issuer}/nothing`, audience: AUDIENCE, ...NAMES });
    await expect(missing(await aToken())).rejects.toThrow(/it answered 40/);
    await expect(missing(await aToken())).rejects.toThrow(/it answered 40/);
  });
});
