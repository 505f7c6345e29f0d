/**
 * Our own tokens at both doors: at the gate, and behind it with CloudFront's key. Forged, borrowed and expired ones are
 * in test/stack/bad-requests.ts, at the gate in test/stack/bad-input.test.ts and behind it in direct.test.ts; here is
 * what an attacker does with key ids, with other stages, and with cookies that are there twice.
 */

import { PutSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { mac, sign } from '../../adapters/hmac.ts';
import { type Scene, startScene } from '../stack/scene.ts';
import type { Shopper } from '../support/shopper.ts';
import { type Behind, watchApi } from './behind.ts';

let scene: Scene;
let behind: Behind;
let key: string;
let ada: Shopper;
let shopper: string;
let orderId: string;
let doorKey: string;

const sale = { id: 'bad', items: [{ units: 100, limit: 3 }] };

beforeAll(async () => {
  scene = await startScene(sale);
  await scene.open();
  ada = await scene.enter();
  orderId = await ada.order('bad');
  doorKey = (await scene.doorKey('bad')) ?? '';
  shopper = said(ada.cookie).u;
  behind = watchApi(scene);
  key = (await behind.keys('bad')).buy;
});

afterAll(() => scene?.stop());

const said = (cookie: string) =>
  JSON.parse(Buffer.from(cookie.split('.')[1] ?? '', 'base64url').toString());

const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
const buyPath = () => `/api/sales/bad/${doorKey}/orders?sku=lamp`;
const goodSession = () => ({
  ...{ u: shopper, t: 't'.repeat(22) },
  e: Math.floor(scene.stack.clock.now() / 1000) + 3600,
});
const goodTicket = () => ({ s: 'bad', f: 0, e: scene.stack.clock.now() + 60_000 });

/** What both doors answer, the gate's first; nothing gets through either. */
async function atBothDoors(method: string, path: string, headers: Record<string, string>) {
  const outside = await scene.ask(method, path, { headers });
  const inside = await behind.call(method, path, { ...headers, 'x-api-key': key });
  return [outside, inside].map(({ status, body }) => [status, body['code']]);
}

const SESSION_MISSING = [401, 'session-missing'];
const TICKET_INVALID = [403, 'ticket-invalid'];

/** Key ids under which something may be found that is no key, and texts that it may be taken for. */
const KIDS = [
  ...['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', 'valueOf'],
  ...['active', 'made', '', ' ', 'k', 'K1', 'k01', 'k1 ', 'k9', '0', 'null', 'undefined', '..'],
  ...['../k1', 'k1/../k1', 'k1\u0000', 'https://evil.example/k1', "k1' or '1'='1", 'k'.repeat(33)],
];

const SECRETS = [
  ...['', 'k1', 'active', 'undefined', 'null', '[object Object]', '{}'],
  ...['function Object() { [native code] }', 'function toString() { [native code] }'],
];

describe('a key id that names no key', () => {
  test.each(KIDS)('signs no session: "%s"', async (kid) => {
    const json = part(goodSession());
    for (const secret of SECRETS) {
      const cookie = `fs_session=${kid}.${json}.${mac(secret, `session.${kid}.${json}`)}`;
      const headers = { cookie: Buffer.from(cookie).toString('latin1').replaceAll('\0', '%00') };
      const answers = await atBothDoors('GET', `/api/orders/${orderId}`, headers);
      expect(answers).toEqual([SESSION_MISSING, SESSION_MISSING]);
    }
  });

  test.each(KIDS)('signs no ticket: "%s"', async (kid) => {
    const json = part(goodTicket());
    for (const secret of SECRETS) {
      const token = `${kid}.${json}.`;
      // The gate puts the shopper after a dot, as the function does: what is bound is `.<shopper>`.
      const ticket = token + mac(secret, `ticket.${kid}.${json}.${shopper}`);
      const headers = { cookie: ada.cookie, 'x-ticket': ticket.replaceAll('\0', '%00') };
      const answers = await atBothDoors('POST', buyPath(), headers);
      expect(answers).toEqual([TICKET_INVALID, TICKET_INVALID]);
    }
  });

  test('the same with the right key is good, so that the above means something', async () => {
    const keys = await scene.deployment.signingKeys();
    const headers = {
      cookie: `fs_session=${sign(keys, 'session', goodSession())}`,
      'x-ticket': sign(keys, 'ticket', goodTicket(), shopper),
    };
    const answers = await atBothDoors('POST', buyPath(), headers);
    expect(answers.map(([status]) => status)).toEqual([200, 200]);
  });
});

describe('what one token says, said by another', () => {
  test.each([
    ['a ticket as a session', 'ticket', () => ({ ...goodSession(), ...goodTicket() })],
    ['a challenge as a session', 'challenge', goodSession],
    ['a webhook as a session', 'webhook', goodSession],
    ['nothing as a session', '', goodSession],
  ])('%s', async (_, label, values) => {
    const keys = await scene.deployment.signingKeys();
    const headers = { cookie: `fs_session=${sign(keys, label, values())}` };
    const answers = await atBothDoors('GET', `/api/orders/${orderId}`, headers);
    expect(answers).toEqual([SESSION_MISSING, SESSION_MISSING]);
  });

  test('a shopper whose id runs into the next part binds no ticket of somebody else', async () => {
    const keys = await scene.deployment.signingKeys();
    const json = part(goodTicket());
    const key1 = keys['k1'] ?? '';
    for (const bound of ['', '.', `.${shopper.slice(0, -1)}`, `.${shopper}.`, `${shopper}`]) {
      const ticket = `k1.${json}.${mac(key1, `ticket.k1.${json}${bound}`)}`;
      const headers = { cookie: ada.cookie, 'x-ticket': ticket };
      const answers = await atBothDoors('POST', buyPath(), headers);
      expect([bound, ...answers]).toEqual([bound, TICKET_INVALID, TICKET_INVALID]);
    }
  });
});

describe('cookies that are there twice', () => {
  const none = 'fs_session=none';

  test.each([
    ['none first', () => `${none}; ${ada.cookie}`],
    ['none last', () => `${ada.cookie}; ${none}`],
    ['beside names like it', () => `fs_session2=x; xfs_session=y; ${ada.cookie}; FS_SESSION=z`],
  ])('give nobody more than one of them: %s', async (_, cookie) => {
    const answers = await atBothDoors('GET', `/api/orders/${orderId}`, { cookie: cookie() });
    for (const [status] of answers) expect([200, 401]).toContain(status);
  });

  test("nobody buys on one shopper's ticket and another's session", async () => {
    const eve = await scene.enter();
    const mixed: readonly (readonly [Shopper, Shopper])[] = [
      [ada, eve],
      [eve, ada],
    ];
    const untouched = await scene.dump();
    for (const [first, last] of mixed) {
      // Gate and function may each read another one of two: then the ticket is of neither use.
      const headers = {
        cookie: `${first.cookie}; ${last.cookie}`,
        'x-ticket': await last.ticket('bad'),
      };
      const { status, body } = await scene.ask('POST', buyPath(), { headers });
      expect([status, body['code']]).toEqual(TICKET_INVALID);
    }
    expect(await scene.dump()).toEqual(untouched);
  });
});

describe('another stage', () => {
  test('takes no cookie and no ticket of this one, with a sale of the same name', async () => {
    const other = await startScene(sale);
    try {
      await other.open();
      const theirs = other.shopperWith(ada.cookie);
      expect((await theirs.ask('POST', '/api/sales/bad/ticket')).status).toBe(401);
      expect((await theirs.look(orderId)).status).toBe(401);
      const own = await other.enter();
      const { status, body } = await own.buy('bad', { ticket: await ada.ticket('bad') });
      expect([status, body['code']]).toEqual(TICKET_INVALID);
      const keys = [scene, other].map((one) => one.deployment.signingKeys());
      const [mine, others] = await Promise.all(keys);
      expect(mine?.['k1']).not.toBe(others?.['k1']);
    } finally {
      await other.stop();
    }
  });
});

describe('a key that is taken away', () => {
  test('takes with it what it signed, at both doors', async () => {
    const { awsUrl: endpoint, outputs, clock } = scene.stack;
    const before = await scene.deployment.keys.read();
    const { k1, ...others } = before.keys;
    const after = { active: 'k7', keys: { ...others, k7: 'a'.repeat(43) }, made: {} };
    const client = new SecretsManagerClient({
      ...{ endpoint, region: 'us-east-1' },
      credentials: { accessKeyId: 'any', secretAccessKey: 'any' },
    });
    expect((await ada.look(orderId)).status).toBe(200);
    await client.send(
      new PutSecretValueCommand({
        SecretId: outputs['SigningSecretArn'] ?? '',
        SecretString: JSON.stringify({ active: after.active, ...after.keys }),
      }),
    );
    client.destroy();
    await scene.deployment.keys.announce(after);
    // A function keeps a secret for two minutes.
    await clock.advance(121_000);
    const answers = await atBothDoors('GET', `/api/orders/${orderId}`, { cookie: ada.cookie });
    expect(answers).toEqual([SESSION_MISSING, SESSION_MISSING]);
    expect(k1).toMatch(/^[A-Za-z0-9]{43}$/);
  });
});
