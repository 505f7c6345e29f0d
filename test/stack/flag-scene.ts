/** @module A stack on which each test has a sale and its `sale.js` to itself. */

import { deployment, outputsFrom } from '../../adapters/deployment.ts';
import { publish } from '../../domain/publish.ts';
import type { PublishedSale } from '../../domain/sale.ts';
import { doorKeyIn } from '../../load/shopper.ts';
import { aSale, MINUTE_MS, type Scene, startScene } from './scene.ts';

type Flag = { readonly text: string; readonly control: string | null; readonly how: string | null };

/** The flag of one sale, which opens in 5 minutes and closes a quarter of an hour later. */
export type Flags = {
  readonly sale: PublishedSale;
  /** Asks for it. @param query With its question mark. */
  ask(query?: string, headers?: Record<string, string>): Promise<Flag>;
  /** The door key that it gives away. */
  keyBy(query?: string, headers?: Record<string, string>): Promise<string | undefined>;
  /** Lets time pass until so many ms after an instant. */
  goTo(instant: number, ms: number): Promise<void>;
  /** Publishes the same sale once more. @param wrongMs How far the publisher's clock is ahead. */
  publishAgain(wrongMs?: number): Promise<unknown>;
};

export type FlagScene = Scene & { flags(): Promise<Flags> };

export async function startFlagScene(): Promise<FlagScene> {
  const scene = await startScene();
  let number = 0;
  return Object.assign(scene, {
    flags: () => {
      number += 1;
      return flagsOf(scene, `flag-${number}`);
    },
  });
}

async function flagsOf({ stack, publish: publishFirst }: Scene, id: string): Promise<Flags> {
  const { clock, siteUrl } = stack;
  const opensAt = clock.now() + 5 * MINUTE_MS;
  const times = { opensAt, closesAt: opensAt + 15 * MINUTE_MS };
  const file = aSale(clock.now(), { id, ...times });
  const sale = await publishFirst({ id, ...times });
  const ask: Flags['ask'] = async (query = '?v=1', headers = {}) => {
    const response = await fetch(`${siteUrl}/sales/${id}/sale.js${query}`, { headers });
    const header = (name: string) => response.headers.get(name);
    const text = await response.text();
    return { text, control: header('cache-control'), how: header('x-cache') };
  };
  return {
    sale,
    ask,
    keyBy: async (...asked) => doorKeyIn((await ask(...asked)).text),
    goTo: (instant, ms) => clock.advance(instant + ms - clock.now()),
    publishAgain: (wrongMs = 0) => {
      const place = { endpoint: stack.awsUrl, clock: () => clock.now() + wrongMs };
      return publish(deployment(outputsFrom(stack.outputs), place), file);
    },
  };
}
