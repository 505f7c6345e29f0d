/** @module The law of key rotation: no token that anybody signed is ever lost. */

import fc from 'fast-check';
import { rotate } from '../../domain/rotation.ts';
import { aWorld, MINUTE_MS } from './key-world.ts';
import { type Law, law } from './law.ts';

/** Rotations one after another, some of them killed before or after one of their calls, and the rest between them. */
const rounds = fc.array(
  fc.record({ kill: fc.nat({ max: 14 }), restMinutes: fc.nat({ max: 900 }) }),
  { minLength: 1, maxLength: 10 },
);

export const keyLaws: readonly Law[] = [
  law(
    'keys: no token is lost, however often a rotation is killed, and whenever it is repeated',
    [rounds],
    async (all) => {
      const { world, state, passing } = aWorld();
      for (const { kill, restMinutes } of all) {
        state.kills = kill === 0 ? Number.POSITIVE_INFINITY : state.calls + kill;
        await rotate(world).catch((error: Error) => {
          if (!error.message.startsWith('killed')) throw error;
        });
        await passing(restMinutes * MINUTE_MS);
      }
    },
    0.1,
  ),
];
