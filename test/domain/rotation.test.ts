import { describe, expect, test } from '@jest/globals';
import { nextStep, rotate } from '../../domain/rotation.ts';
import { aWorld, MINUTE_MS, SPREAD_MS, TOKEN_MS } from '../laws/key-world.ts';

const HOUR_MS = 60 * MINUTE_MS;

describe('rotate()', () => {
  test('adds a key, waits, and makes it active', async () => {
    const { world, state, ring, atEdge } = aWorld();
    expect(await rotate(world)).toEqual({ kind: 'rotated', active: 'k2', kept: ['k1'] });
    expect(ring()).toEqual({
      active: 'k2',
      keys: { k1: 'first', k2: 'key-2' },
      made: { k1: { retired: SPREAD_MS }, k2: { added: 0, activated: SPREAD_MS } },
    });
    expect(atEdge()).toMatchObject({ active: 'k2', keys: { k1: 'first', k2: 'key-2' } });
    expect(state.waits).toEqual([SPREAD_MS]);
  });

  test('keeps a key as long as anything lives that it signed, and removes it then', async () => {
    const { world, passing, ring } = aWorld();
    await rotate(world);
    await passing(TOKEN_MS + 5 * MINUTE_MS - 1);
    await rotate(world);
    expect(Object.keys(ring().keys)).toEqual(['k1', 'k2', 'k3']);
    await passing(1);
    expect(await rotate(world)).toEqual({ kind: 'rotated', active: 'k4', kept: ['k2', 'k3'] });
  });

  test('refuses a key that the edges have no room for, until the oldest is free', async () => {
    const { world, passing } = aWorld();
    for (let count = 1; count < 12; count++) {
      expect(await rotate(world)).toMatchObject({ kind: 'rotated' });
    }
    const refusal = await rotate(world);
    const freeAt = SPREAD_MS + TOKEN_MS + 5 * MINUTE_MS;
    expect(refusal).toEqual({ kind: 'too-many', freeAt });
    await passing(freeAt - world.clock());
    expect(await rotate(world)).toMatchObject({ active: 'k13' });
  });

  test('goes on after a crash at any call: one new key, known everywhere before it signs', async () => {
    const whole = aWorld();
    await rotate(whole.world);
    expect(whole.state.calls).toBe(10);
    for (let kills = 1; kills <= whole.state.calls; kills++) {
      const { world, state, ring, atEdge, passing } = aWorld();
      state.kills = kills;
      await expect(rotate(world)).rejects.toThrow('killed');
      await passing(HOUR_MS);
      expect(await rotate(world)).toMatchObject({ kind: 'rotated' });
      expect(nextStep(ring())).toEqual({ step: 'add' });
      expect(atEdge()).toMatchObject({ active: ring().active, keys: ring().keys });
      await passing(TOKEN_MS);
    }
  });
});
