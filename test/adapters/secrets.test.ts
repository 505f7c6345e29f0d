import { describe, expect, test } from '@jest/globals';
import { secret, valueIn } from '../../adapters/secrets.ts';
import { fakeClient } from './fake-client.ts';

const KEPT_MS = 120_000;

/** A secret that has another value at each fetch, and a clock that the test sets. */
function aSecret() {
  const state = { now: 0, fails: false };
  const { client, sent } = fakeClient((_, before) => {
    if (state.fails) throw new Error('no answer');
    return { SecretString: JSON.stringify({ key: `v${before}` }) };
  });
  return { state, sent, read: secret(client, 'arn', () => state.now) };
}

describe('secret()', () => {
  test('is fetched by its id, kept for two minutes, and then fetched again', async () => {
    const { state, sent, read } = aSecret();
    expect(await read()).toEqual({ key: 'v0' });
    expect(sent).toEqual([{ name: 'GetSecretValueCommand', input: { SecretId: 'arn' } }]);
    state.now = KEPT_MS - 1;
    expect(await read()).toEqual({ key: 'v0' });
    state.now = KEPT_MS;
    expect(await read()).toEqual({ key: 'v1' });
    expect(sent).toHaveLength(2);
  });

  test('is fetched once for all who ask at the same time', async () => {
    const { sent, read } = aSecret();
    const values = await Promise.all([read(), read(), read()]);
    expect([values, sent.length]).toEqual([Array(3).fill({ key: 'v0' }), 1]);
  });

  test('serves its old value while a new one cannot be had, and the new one as soon as it can', async () => {
    const { state, read } = aSecret();
    await read();
    state.now = 10 * KEPT_MS;
    state.fails = true;
    expect(await Promise.all([read(), read()])).toEqual([{ key: 'v0' }, { key: 'v0' }]);
    state.fails = false;
    expect(await read()).toEqual({ key: 'v2' });
  });

  test('is fetched again at once for a name that it lacks, at most every five seconds', async () => {
    const { state, sent, read } = aSecret();
    await read('key');
    expect(await read('k2')).toEqual({ key: 'v0' });
    state.now = 4999;
    await read('k2', 'key');
    expect(sent).toHaveLength(1);
    state.now = 5000;
    expect(await read('k2', 'key')).toEqual({ key: 'v1' });
    expect(await read('k2')).toEqual({ key: 'v1' });
    state.now = 9999;
    await read('k2');
    expect(sent).toHaveLength(2);
    state.now = 10_000;
    await read('key');
    expect(sent).toHaveLength(2);
  });

  test('lets all wait who lack the same name, rather than refuse any', async () => {
    const { state, sent, read } = aSecret();
    await read();
    state.now = 5000;
    const answers = await Promise.all([read('k2'), read('k2'), read('k2')]);
    expect([answers, sent.length]).toEqual([Array(3).fill({ key: 'v1' }), 2]);
  });

  test('has the texts alone: what else it remembers is no value', async () => {
    const { client } = fakeClient(() => ({ SecretString: '{"k1":"a","made":{"k1":{}},"n":1}' }));
    expect(await secret(client, 'arn', () => 0)()).toEqual({ k1: 'a' });
  });

  test('throws where there is no value at all, and asks again the next time', async () => {
    const { state, read } = aSecret();
    state.fails = true;
    await expect(read()).rejects.toThrow('no answer');
    state.fails = false;
    expect(await read()).toEqual({ key: 'v1' });
  });

  test('has no values where it has no text', async () => {
    const { client } = fakeClient(() => ({}));
    expect(await secret(client, 'arn', () => 0)()).toEqual({});
  });
});

describe('valueIn()', () => {
  test('answers a value, and throws where it is missing or empty', () => {
    expect(valueIn({ key: 'k' }, 'key')).toBe('k');
    for (const values of [{}, { key: '' }]) {
      expect(() => valueIn(values, 'key')).toThrow('Cannot use a secret: it has no "key"');
    }
  });
});
