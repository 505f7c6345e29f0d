import { describe, expect, test } from '@jest/globals';
import { sign, verify } from '../../adapters/hmac.ts';
import { keyStore, keysEntry, rotationSettings } from '../../adapters/key-rotation.ts';
import { fakeClient } from './fake-client.ts';

const RING = {
  active: 'k2',
  keys: { k1: 'old', k2: 'new' },
  made: { k1: { retired: 7 }, k2: { added: 1, activated: 7 } },
};
const SECRET = { active: 'k2', k1: 'old', k2: 'new', made: RING.made };

const aStore = (SecretString?: string) => {
  const secrets = fakeClient(() => ({ SecretString }));
  const edge = fakeClient(() => ({ ETag: 'e' }));
  return { secrets, edge, store: keyStore(secrets.client, 'secret', edge.client, 'store') };
};

describe('keyStore()', () => {
  test('reads the keys and what is remembered of them; at first there is nothing', async () => {
    expect(await aStore(JSON.stringify(SECRET)).store.read()).toEqual(RING);
    const first = { active: 'k1', keys: { k1: 'a' }, made: {} };
    expect(await aStore('{"active":"k1","k1":"a"}').store.read()).toEqual(first);
  });

  test('writes what it would read', async () => {
    const { secrets, store } = aStore();
    await store.write(RING);
    const [put] = secrets.sent;
    expect(put).toMatchObject({ name: 'PutSecretValueCommand', input: { SecretId: 'secret' } });
    const written = String(put?.input['SecretString']);
    expect(JSON.parse(written)).toEqual(SECRET);
    expect(await aStore(written).store.read()).toEqual(RING);
  });

  test('tells the edges of the keys, and of nothing else', async () => {
    const { edge, store } = aStore();
    await store.announce(RING);
    const Value = '{"active":"k2","k1":"old","k2":"new"}';
    expect(edge.sent.at(-1)?.input).toMatchObject({ Puts: [{ Key: 'keys', Value }] });
  });
});

describe('rotationSettings', () => {
  test('draw keys of 256 bits that sign, another each time', () => {
    const [one, other] = [rotationSettings.newKey(), rotationSettings.newKey()];
    expect(one).toMatch(/^[A-Za-z0-9_-]{43}$/);
    expect(other).not.toBe(one);
    const keys = keysEntry({ active: 'k1', keys: { k1: one }, made: {} });
    expect(verify(keys, 'session', sign(keys, 'session', { u: 1 }))).toEqual({ u: 1 });
  });

  test('let twelve such keys fit in an entry of 1 KB', () => {
    const names = Array.from({ length: 12 }, (_, i) => [`k${i + 990}`, rotationSettings.newKey()]);
    const entry = keysEntry({ active: 'k999', keys: Object.fromEntries(names), made: {} });
    expect(JSON.stringify(entry).length).toBeLessThan(1024);
  });

  test('wait longer than functions keep a secret, and keep keys for a day', () => {
    expect(rotationSettings.spreadMs).toBeGreaterThan(120_000);
    expect(rotationSettings.tokenMs).toBe(24 * 3600 * 1000);
  });
});
