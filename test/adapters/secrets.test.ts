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
