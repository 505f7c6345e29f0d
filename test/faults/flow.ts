/** @module One way through the functions, on which each AWS call can be struck. */

import type { Scene } from '../stack/scene.ts';
import type { Shopper } from '../support/shopper.ts';
import type { Ground, Selling } from './ground.ts';
import { hurried } from './hurried.ts';

export type Flow = {
  readonly name: string;
  /** Brings about the state before; what it answers does the deed. */
  prepare(ground: Ground): Promise<Deed>;
  /** What lies between the preparation and the deed. */
  readonly ripenMs?: number;
  /** What makes the same steps mean something else: no sweep looks at stock without shards. */
  readonly variant?: 'unlimited';
  /** A step that it is for, where chance decides whether it comes to it: a run without says nothing. */
  readonly reaches?: string;
};

export type Deed = {
  /** Does it, and waits for the answer, whatever it is. */
  act(): Promise<unknown>;
  /** What whoever wanted it does until it is done; nothing where nobody does, and the sweep must see to it. */
  again?(): Promise<unknown>;
  /** Looks at the end whether it came to what it should. @throws {Error} where it did not */
  check?(): Promise<void>;
};

/** A buy in a sale. */
export const buys =
  (shopper: Shopper, { id, doorKey }: Selling, quantity = 1, again = false) =>
  () =>
    shopper.buy(id, { doorKey, quantity, again });

/** Somebody new, whose order stands. */
export async function ordered(ground: Ground, sale: Selling, quantity = 1) {
  const shopper = await ground.enter();
  const orderId = await shopper.order(sale.id, { doorKey: sale.doorKey, quantity });
  return { shopper, orderId };
}

/** How keys name the sale of an order. */
export const saleOf = (orderId: string): string => `#${orderId.split('.')[0]}#`;

/** Has a function die after its first call whose request has all these texts. */
export async function dying(
  { scene: { stack } }: Ground,
  fn: string,
  names: readonly string[],
  act: () => Promise<unknown>,
): Promise<void> {
  const when = ({ body }: { body: string }) => names.every((name) => body.includes(name));
  const armed = stack.faults.add({ function: fn, nth: 1, action: 'kill-after', when });
  await act();
  armed.remove();
  if (armed.hits === 0) throw new Error(`Cannot prepare: ${fn} made no call with "${names}"`);
}

/** Has messages of an order not be sent, whatever is tried. */
export async function dumb(
  { scene }: Ground,
  names: readonly string[],
  act: () => Promise<unknown>,
): Promise<void> {
  const when = ({ body }: { body: string }) => names.every((name) => body.includes(name));
  const armed = scene.stack.faults.add({ service: 'sqs', action: 'error-before', when });
  await hurried(scene, act);
  armed.remove();
  if (armed.hits === 0) throw new Error(`Cannot prepare: there was no message with "${names}"`);
}

/** The webhook of a payment, which the provider sends again by itself. */
export const paid =
  ({ scene: { sandbox } }: Ground, token: string, options = {}) =>
  () => {
    sandbox.pay(token, options);
    return sandbox.settled();
  };

/** Tries of a provider that tells of a payment. */
const MOST_TRIES = 12;

/** Has the provider tell of a payment, until it is heard. @throws {Error} where the shop never takes it */
export async function tell(sandbox: Scene['sandbox'], reference: string): Promise<void> {
  let status = 0;
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    [status = 0] = await sandbox.redeliver(reference, 1);
    if (status >= 200 && status < 300) return;
  }
  throw new Error(`Cannot tell of payment "${reference}": the shop answers ${status}`);
}

/** @throws {Error} where it does not hold */
export function expected(holds: boolean, what: string): void {
  if (!holds) throw new Error(`Wanted that ${what}`);
}

/** The same on unlimited stock. */
export const unlimited = (flow: Flow): Flow => ({ ...flow, variant: 'unlimited' });
