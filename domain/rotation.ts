/**
 * @module
 * Keys rotate in steps that the secret itself remembers: a key is added, known everywhere before it signs anything, made
 * active, and its predecessor kept as long as anything lives that it signed. Every step can be repeated: which one is
 * next follows from the secret alone, and what the edges know is always made from it.
 */

import type { Clock } from './ports.ts';
import type { EpochMs } from './units.ts';

/** When something happened to a key; epoch ms. */
type KeyTimes = {
  readonly added?: EpochMs;
  /** It was active, and the edges had been told. */
  readonly activated?: EpochMs;
  /** From then on, within minutes, nothing was signed with it. */
  readonly retired?: EpochMs;
};

/** The signing keys, and what is remembered of them. */
export type KeyRing = {
  /** The id of the key that signs. */
  readonly active: string;
  readonly keys: Readonly<Record<string, string>>;
  readonly made: Readonly<Record<string, KeyTimes>>;
};

/** The keys where they are kept. */
export interface KeyStore {
  /** The secret as it is now. */
  read(): Promise<KeyRing>;
  write(ring: KeyRing): Promise<void>;
  /** Tells the edges of the keys and of the one that signs. */
  announce(ring: KeyRing): Promise<void>;
}

export type RotationWorld = {
  readonly keys: KeyStore;
  readonly clock: Clock;
  readonly wait: (ms: number) => Promise<void>;
  /** A key that nobody can guess, 256 bits. */
  readonly newKey: () => string;
  /** How long it takes until edges and functions know what the secret says. */
  readonly spreadMs: number;
  /** How long the longest token lives. */
  readonly tokenMs: number;
};

export type RotationOutcome =
  | { readonly kind: 'rotated'; readonly active: string; readonly kept: readonly string[] }
  /** What older keys signed is still alive, and the edges' entry is full. */
  | { readonly kind: 'too-many'; readonly freeAt: EpochMs };

/** What has to be done next. */
type Step =
  | { readonly step: 'add' }
  | { readonly step: 'activate' | 'confirm'; readonly kid: string };

/** As many keys of 43 characters fit in 1 KB with room to spare. */
const MOST_KEYS = 12;

/** Functions go on signing with a retired key while they keep the secret, edges until they hear of the new one. */
const SLACK_MS = 5 * 60_000;

/** Which step is next. */
export function nextStep({ active, keys, made }: KeyRing): Step {
  const pending = Object.keys(keys).find(
    (kid) => kid !== active && made[kid]?.added !== undefined && !made[kid].activated,
  );
  if (pending !== undefined) return { step: 'activate', kid: pending };
  const { added, activated } = made[active] ?? {};
  return added !== undefined && activated === undefined
    ? { step: 'confirm', kid: active }
    : { step: 'add' };
}

/**
 * Rotates the keys: adds one, waits until everybody knows it, makes it active. After a crash it goes on where it
 * stopped; nothing that was signed before loses its validity by it. Not to be run twice at the same time.
 */
export async function rotate(world: RotationWorld): Promise<RotationOutcome> {
  const { keys, clock, wait } = world;
  let ring = await keys.read();
  if (nextStep(ring).step === 'add') {
    const left = withoutOld(ring, clock() - world.tokenMs - SLACK_MS);
    if (Object.keys(left.keys).length >= MOST_KEYS) return tooMany(left, world);
    ring = withKey(left, world.newKey(), clock());
    await keys.write(ring);
  }
  const next = nextStep(ring);
  if (next.step === 'activate') {
    // Told again after a crash, and waited for again: when the edges heard of it, the secret does not know.
    await keys.announce(ring);
    await wait(world.spreadMs);
    ring = { ...ring, active: next.kid };
    await keys.write(ring);
  }
  await keys.announce(ring);
  ring = confirmed(ring, clock());
  await keys.write(ring);
  const kept = Object.keys(ring.keys).filter((kid) => kid !== ring.active);
  return { kind: 'rotated', active: ring.active, kept };
}

/** Without the keys that were retired before an instant. */
function withoutOld(ring: KeyRing, before: EpochMs): KeyRing {
  const isOld = ([kid]: [string, unknown]) => (ring.made[kid]?.retired ?? Infinity) <= before;
  const without = <T>(from: Readonly<Record<string, T>>) =>
    Object.fromEntries(Object.entries(from).filter((entry) => !isOld(entry)));
  return { active: ring.active, keys: without(ring.keys), made: without(ring.made) };
}

/** With a key that does not sign yet. Ids count up: one that has been removed is never given again. */
function withKey({ active, keys, made }: KeyRing, key: string, now: EpochMs): KeyRing {
  const numbers = Object.keys(keys).map((kid) => Number(/^k(\d+)$/.exec(kid)?.[1] ?? 0));
  const kid = `k${Math.max(...numbers) + 1}`;
  return { active, keys: { ...keys, [kid]: key }, made: { ...made, [kid]: { added: now } } };
}

/** Notes that the edges know the active key, and that the others sign no more. */
const confirmed = ({ active, keys, made }: KeyRing, now: EpochMs): KeyRing => ({
  active,
  keys,
  made: Object.fromEntries(
    Object.keys(keys).map((kid) => [
      kid,
      kid === active ? { ...made[kid], activated: now } : { retired: now, ...made[kid] },
    ]),
  ),
});

const tooMany = ({ made }: KeyRing, { tokenMs }: RotationWorld): RotationOutcome => {
  const retired = Object.values(made).flatMap(({ retired = [] }) => retired);
  return { kind: 'too-many', freeAt: Math.min(...retired) + tokenMs + SLACK_MS };
};
