/** @module One shopper in a load run: the crowd's own shopper, with somebody who looks over the shoulder. */

import type { ShopperAnswer } from '../../domain/audit-answers.ts';
import type { Challenge, Solution } from '../challenge.ts';
import type { Client, Reply } from '../client.ts';
import { randomFor } from '../random.ts';
import { newShopper, type Shopper, type World } from '../shopper.ts';
import { wishesOf } from '../wishes.ts';
import type { Asked } from './contract.ts';
import { type Ledger, openLedger } from './ledger.ts';
import type { Settings } from './settings.ts';
import { type SaleFacts, type Tell, watcher } from './watch.ts';

type Method = 'GET' | 'POST' | 'DELETE';

type Ask = { readonly headers?: Readonly<Record<string, string>>; readonly body?: string };

/** Sends a request, to the site or to the provider. Never throws: no answer is status 0. Header names in lower case. */
export type Send = (
  asked: Asked | 'provider',
  method: Method,
  path: string,
  ask?: Ask,
) => Promise<Reply>;

/** What a run gives each shopper. */
export type Stage = {
  readonly settings: Settings;
  readonly facts: SaleFacts;
  readonly send: Send;
  readonly solve: (challenge: Challenge) => Promise<Solution>;
  readonly tell: Tell & {
    answer(answer: ShopperAnswer): void;
    /** What a shopper leaves with. */
    left(units: { readonly paid: number; readonly held: number }): void;
    /** A payment of which the shop had not heard when the shopper gave up waiting. */
    untold(): void;
    bad(kind: string): void;
  };
};

export type Player = {
  readonly stage: Stage;
  readonly world: World;
  readonly shopper: Shopper;
  readonly ledger: Ledger;
  /** Asks the site for what the crowd's client has no word for. */
  ask(asked: Asked, method: Method, path: string, ask?: Ask): Promise<Reply>;
};

/** Numbers that a shopper's patience uses, apart from those that decide what it wants. */
const JITTER_SEED = 0x5eed;

/**
 * @param role What the shopper is there for; with the index its name
 * @param token An ID token, where shoppers sign in
 */
export function playerFor(
  stage: Stage,
  role: string,
  index: number,
  token: string | undefined,
): Player {
  const { settings, facts, solve, tell } = stage;
  const { seed, patienceSeconds, quantity, doubleClick, pay } = settings;
  const ledger = openLedger(facts.limit);
  const time = () => Date.now() + facts.offset;
  const watch = watcher(facts, ledger, time, tell);
  const ask = async (asked: Asked | 'provider', method: Method, path: string, more: Ask = {}) => {
    const headers = { ...more.headers, ...credentials(settings, asked, token) };
    const reply = await stage.send(asked, method, path, { ...more, headers });
    if (asked !== 'provider') watch(asked, path, reply);
    return reply;
  };
  const habits = { seed, quantity, doubleClick, pay, payAgain: pay, shoppers: 1, buys: 1 };
  const product = { sku: facts.sku, limit: facts.limit };
  const wishes = { ...wishesOf(habits, [product], index), name: `${role}-${index}` };
  const { saleId, opensAt } = facts;
  const door = { saleId, opensAt, patienceMs: patienceSeconds * 1000 };
  const world = { client: clientOf(ask), time, door, solve, note: tell.answer };
  return {
    ...{ stage, world, ledger, ask },
    shopper: newShopper(wishes, randomFor(seed ^ JITTER_SEED, index)),
  };
}

/** What a place asks for besides what the page sends. */
function credentials(
  { code }: Settings,
  asked: Asked | 'provider',
  token: string | undefined,
): Readonly<Record<string, string>> {
  if (asked === 'session' && token !== undefined) return { authorization: `Bearer ${token}` };
  const isWanted = asked === 'ticket' && code !== '';
  return isWanted ? { 'x-code': encodeURIComponent(code.trim().toUpperCase()) } : {};
}

/** The crowd's client, over a way to send. */
export function clientOf(send: Send): Client {
  return {
    async ask(purpose, method, path, { isStale, ...more } = {}) {
      const askedMs = performance.now();
      if (isStale?.()) {
        return { status: 0, headers: {}, body: {}, text: '', askedMs, tookMs: 0, wasSent: false };
      }
      return send(purpose, method, path, more);
    },
    traffic: () => {
      throw new Error('Cannot count traffic: k6 does');
    },
    close: async () => {},
  };
}
