/** @module A world in which keys are rotated, for the rotation's tests and its law. */

import type { KeyRing, RotationWorld } from '../../domain/rotation.ts';

export const MINUTE_MS = 60_000;
/** How long a token may live. */
export const TOKEN_MS = 24 * 60 * MINUTE_MS;
/** How long everybody needs to hear of a key. */
export const SPREAD_MS = 2 * MINUTE_MS + 5000;

/** How late an edge may hear of the keys, and how long a function may keep the secret. */
const EDGE_MS = 60_000;
const KEPT_MS = 2 * MINUTE_MS;

const FIRST: KeyRing = { active: 'k1', keys: { k1: 'first' }, made: {} };

/**
 * The secret, edges and functions. Some learn at once and some as late as they may; each signs, and holds what any of
 * them signed to be good as long as it lives. The operator's command can be killed before or after any call.
 */
export function aWorld() {
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
