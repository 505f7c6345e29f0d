/** @module The ways through what keeps environments ready: before a crowd, and after it. */

import { LambdaClient } from '@aws-sdk/client-lambda';
import { lambdaWarmth } from '../../adapters/lambda-warmth.ts';
import type { Warmth } from '../../domain/warmth.ts';
import { MINUTE_MS } from '../stack/scene.ts';
import { expected, type Flow } from './flow.ts';
import { called } from './flows-background.ts';
import type { Ground } from './ground.ts';

/** Beyond the crowd of every sale that cases have made. */
const COOL_MS = 35 * MINUTE_MS;

function warmthOf({ scene: { deployment } }: Ground): Warmth {
  const { settings, outputs } = deployment;
  return lambdaWarmth(new LambdaClient(settings), outputs.BuyFunctionArn ?? '');
}

const warming: Flow = {
  name: 'a warming up',
  async prepare(ground) {
    const { id } = await ground.sale();
    const warmth = warmthOf(ground);
    const { act, again } = called(ground, 'Warm', id);
    return {
      async act() {
        await warmth.release();
        await act();
      },
      // At once: what is kept is kept for all sales, and the next case changes it.
      async again() {
        await again?.();
        const { environments } = await warmth.asked();
        expected(environments > 0, `environments are kept ready: ${environments} are`);
      },
    };
  },
};

const cooling: Flow = {
  name: 'a cooling down',
  ripenMs: COOL_MS,
  async prepare(ground) {
    const { id } = await ground.sale();
    const warmth = warmthOf(ground);
    const { act, again } = called(ground, 'Warm', id);
    return {
      async act() {
        await warmth.ask(1);
        await act();
      },
      async again() {
        await again?.();
        const { environments } = await warmth.asked();
        expected(environments === 0, `none is kept ready any more: ${environments} are`);
      },
    };
  },
};

export const WARM_FLOWS: readonly Flow[] = [warming, cooling];
