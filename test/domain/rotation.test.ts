import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type KeyRing, nextStep, type RotationWorld, rotate } from '../../domain/rotation.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const TOKEN_MS = 24 * HOUR_MS;
const SPREAD_MS = 2 * MINUTE_MS + 5000;

/** How late an edge may hear of the keys, and how long a function may keep the secret. */
const EDGE_MS = 60_000;
const KEPT_MS = 2 * MINUTE_MS;

const FIRST: KeyRing = { active: 'k1', keys: { k1: 'first' }, made: {} };

/**
 * The secret, edges and functions. Some learn at once and some as late as they may; each signs, and holds what any of
 * them signed to be good as long as it lives. The operator's command can be killed before or after any call.
 */
function aWorld() {
  const state = { now: 0, kills: Number.POSITIVE_INFINITY, calls: 0, waits: [] as number[] };
  const secret = [{ at: Number.NEGATIVE_INFINITY, ring: FIRST }];
  const edge = [{ at: Number.NEGATIVE_INFINITY, ring: FIRST }];
  /** When something was last signed with a key. */
  const signed = new Map<string, number>();
  const known = (of: typeof secret, lateMs: number) =>
    of.findLast(({ at }) => at <= state.now - lateMs)?.ring ?? FIRST;
  const parties = () => [
    known(secret, 0),
    known(secret, KEPT_MS),
    known(edge, 0),
    known(edge, EDGE_MS),
  ];

  const live = () => {
    for (const { active } of parties()) signed.set(active, state.now);
    const alive = [...signed].filter(([, at]) => at > state.now - TOKEN_MS);
    const lost = parties().flatMap(({ keys }) =>
      alive.filter(([kid]) => !Object.hasOwn(keys, kid)),
    );
    if (lost.length > 0) throw new Error(`lost ${lost}`);
  };
  const passing = async (ms: number) => {
    const end = state.now + ms;
    for (live(); state.now < end; live()) state.now = Math.min(end, state.now + 20_000);
  };
  const call = async <T>(run: () => T): Promise<T> => {
    if (++state.calls === state.kills) throw new Error('killed before');
    const answer = run();
    live();
    if (++state.calls === state.kills) throw new Error('killed after');
    return answer;
  };
  let drawn = 1;
  const world: RotationWorld = {
    keys: {
      read: async () => known(secret, 0),
      write: (ring) => call(() => void secret.push({ at: state.now, ring })),
      announce: (ring) => call(() => void edge.push({ at: state.now, ring })),
    },
    clock: () => state.now,
    async wait(ms) {
      state.waits.push(ms);
      await passing(ms);
    },
    newKey: () => `key-${++drawn}`,
    spreadMs: SPREAD_MS,
    tokenMs: TOKEN_MS,
  };
  return { world, state, passing, ring: () => known(secret, 0), atEdge: () => known(edge, 0) };
}

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

  test('never loses a token, however often it is killed, and whenever it is repeated', async () => {
    const rounds = fc.array(
      fc.record({ kill: fc.nat({ max: 14 }), restMinutes: fc.nat({ max: 900 }) }),
      {
        minLength: 1,
        maxLength: 10,
      },
    );
    await fc.assert(
      fc.asyncProperty(rounds, async (all) => {
        const { world, state, passing } = aWorld();
        for (const { kill, restMinutes } of all) {
          state.kills = kill === 0 ? Number.POSITIVE_INFINITY : state.calls + kill;
          await rotate(world).catch((error: Error) => {
            if (!error.message.startsWith('killed')) throw error;
          });
          await passing(restMinutes * MINUTE_MS);
        }
      }),
      { numRuns: 25 },
    );
  });
});
