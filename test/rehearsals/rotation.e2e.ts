/** The signing keys change while people queue, at edges that are half a minute behind. */

import { afterEach, describe, expect, test } from '@jest/globals';
import { rotationSettings } from '../../adapters/key-rotation.ts';
import type { ShopperAnswer } from '../../domain/audit-answers.ts';
import { rotate } from '../../domain/rotation.ts';
import { releaseTime, stopTime } from '../support/still-time.ts';
import { queuer } from './queuer.ts';
import { figure, say, tallied } from './say.ts';
import { type Scene, startScene } from './scene.ts';
import { play } from './stage.ts';
import { enterAll, takeTickets, type Visitor } from './visitors.ts';

const EARLY = 800;
const LATE = 200;
const PER_SECOND = 5;

let scene: Scene | undefined;

afterEach(async () => {
  releaseTime();
  await scene?.stop();
  scene = undefined;
});

/** Waits on the stack's clock, which somebody else moves. */
function patience(now: () => number) {
  const sleepers: { readonly due: number; readonly wake: () => void }[] = [];
  return {
    wait: (ms: number) =>
      new Promise<void>((wake) => {
        sleepers.push({ due: now() + ms, wake });
      }),
    look() {
      for (const { due, wake } of sleepers) if (due <= now()) wake();
    },
  };
}

const keyOf = ({ cookie }: Visitor): string => cookie.replace(/^fs_session=([^.]+).*$/, '$1');

describe('a rotation of the signing keys', () => {
  test('in the middle of a sale loses nobody', async () => {
    const admission = { expectedShoppers: EARLY + LATE, perSecond: PER_SECOND };
    // Half of it stays for sale: among the last units a shopper may be told to come again, whatever the keys.
    const item = { units: 2 * (EARLY + LATE), price: 0 };
    scene = await startScene({ id: 'rotated', item, admission, keyValueStoreDelayMs: 30_000 });
    stopTime();
    const { sale, clock, volley, deployment } = scene;
    await clock.advance(31_000);
    const early = await enterAll(volley, EARLY);
    await takeTickets(volley, sale.id, early);
    await scene.skipTo(sale.opensAt + 5_000);

    const { wait, look } = patience(clock.now.bind(clock));
    const world = { ...rotationSettings, keys: deployment.keys, clock: deployment.clock, wait };
    let rotatedAt: number | undefined;
    const rotating = rotate(world).then((outcome) => {
      rotatedAt = clock.now();
      return outcome;
    });
    const answers: ShopperAnswer[] = [];
    const queue = { clock, sale, answers };
    const cast = early.map((visitor) => ({
      actor: queuer(queue, visitor),
      due: Math.max(clock.now(), visitor.slot),
    }));
    const middle = sale.opensAt + 5_000 + rotationSettings.spreadMs + 31_000;
    const left = await play(scene, { cast, tickMs: 500, until: middle, onTick: look });
    const outcome = await rotating;

    const late = await enterAll(volley, LATE);
    await takeTickets(volley, sale.id, late);
    const later = late.map((visitor) => ({ actor: queuer(queue, visitor), due: clock.now() }));
    const until = sale.opensAt + 600_000;
    const lost = await play(scene, { cast: [...left, ...later], tickMs: 500, until });

    const codes = answers.map(({ code = 'order' }) => code);
    const keys = [...new Set([...early, ...late].map(keyOf))];
    say('Signing keys rotated during a sale', [
      `rotated  ${(((rotatedAt ?? 0) - sale.opensAt) / 1_000).toFixed(0)} s after the opening, while ${figure(left.length)} still queued`,
      `sessions signed with ${keys.join(' and ')}; answers: ${tallied(codes)}`,
    ]);
    expect(outcome).toMatchObject({ kind: 'rotated', active: 'k2', kept: ['k1'] });
    expect(keys).toEqual(['k1', 'k2']);
    expect(lost).toEqual([]);
    expect(left.length).toBeGreaterThan(0);
    expect(codes.filter((code) => !['order', 'not-your-turn'].includes(code))).toEqual([]);
    expect(codes.filter((code) => code === 'order')).toHaveLength(EARLY + LATE);
    await scene.expectKept(answers);
  });
});
