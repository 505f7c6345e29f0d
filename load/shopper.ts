/** @module One shopper's browser: its session, its turn, and the flag at the opening. */

import type { ShopperAnswer } from '../domain/audit-answers.ts';
import type { Challenge, Solution } from './challenge.ts';
import type { Client, Reply } from './client.ts';
import { retryAfter, retryDelayMs, sleep } from './patience.ts';
import type { Random } from './random.ts';
import type { ServerTime } from './server-time.ts';
import type { Wishes } from './wishes.ts';

/** Where and when a crowd buys. */
export type Door = {
  readonly saleId: string;
  readonly opensAt: number;
  /** How long a shopper keeps trying, in real time. */
  readonly patienceMs: number;
};

/** What shoppers share. */
export type World = {
  readonly client: Client;
  readonly time: ServerTime;
  readonly door: Door;
  readonly solve: (challenge: Challenge) => Promise<Solution>;
  /** Takes down each answer to a press of Buy, and how long it took. */
  readonly note: (answer: ShopperAnswer, tookMs: number) => void;
};

export type Shopper = Wishes & {
  readonly chance: Random;
  /** What the page draws once and keeps. */
  readonly device: string;
  cookie: string;
  solution: Solution | undefined;
  ticket: { readonly token: string; readonly slot: number; readonly expires: number } | undefined;
  doorKey: string | undefined;
};

/** Nobody presses sooner after the opening, and a timer that fires a millisecond early does no harm. */
const REACTION_MS = 20;

/** How long after a closed flag the next look is; closed flags are cached for about as long. */
const LOOK_AGAIN_MS = 1_000;

const DEVICE_CHARS = 22;

const FLAG = /^\s*window\.flashSale\s*=\s*(\{[\s\S]*\})\s*;?\s*$/;

export const newShopper = (wishes: Wishes, chance: Random): Shopper => ({
  ...wishes,
  chance,
  device: Array.from({ length: DEVICE_CHARS }, () => Math.floor(chance() * 36).toString(36)).join(
    '',
  ),
  cookie: '',
  solution: undefined,
  ticket: undefined,
  doorKey: undefined,
});

/** Begins a session. */
export async function enter({ client, door }: World, shopper: Shopper): Promise<void> {
  const giveUpAt = performance.now() + door.patienceMs;
  while (shopper.cookie === '' && performance.now() < giveUpAt) {
    const reply = await client.ask('session', 'POST', '/api/session', {
      headers: { 'x-device': shopper.device },
    });
    const [cookie] = [reply.headers['set-cookie'] ?? ''].flat();
    shopper.cookie = reply.status === 204 ? ((cookie ?? '').split(';', 1)[0] ?? '') : '';
    if (shopper.cookie === '') await sleep(pauseAfter(shopper, reply));
  }
}

/** What every request of a shopper to the API carries. */
export const headersOf = ({ cookie, device }: Shopper) => ({ cookie, 'x-device': device });

/** Waits for the opening and for the shopper's own slot. */
export async function waitForTurn({ time, door }: World, { ticket }: Shopper): Promise<void> {
  const left = Math.max(door.opensAt, ticket?.slot ?? 0) - time();
  if (left > 0) await sleep(left + REACTION_MS);
}

/** Asks for `sale.js` until it carries the door key. */
export async function findDoor({ client, door }: World, shopper: Shopper): Promise<void> {
  const giveUpAt = performance.now() + door.patienceMs;
  while (shopper.doorKey === undefined && performance.now() < giveUpAt) {
    const reply = await client.ask('flag', 'GET', `/sales/${door.saleId}/sale.js?v=1`);
    shopper.doorKey = doorKeyIn(reply.text);
    if (shopper.doorKey === undefined) await sleep(LOOK_AGAIN_MS * (1 + shopper.chance() / 2));
  }
}

/** Reads `window.flashSale={…};` as data; nothing before the opening. */
export function doorKeyIn(text: string): string | undefined {
  try {
    const flag = JSON.parse(FLAG.exec(text)?.[1] ?? '{}') as { readonly doorKey?: string };
    return flag.doorKey;
  } catch {
    return undefined;
  }
}

/** How long to wait after an answer that asks for patience. */
export const pauseAfter = ({ chance }: Shopper, { headers }: Reply): number =>
  retryDelayMs(chance, retryAfter(headers['retry-after']));
