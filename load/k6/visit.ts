/** @module A shopper's whole visit: session, challenge, ticket, slot, buy, a look at the order, and the payment. */

import { takeTicket } from '../admission.ts';
import { buy } from '../buying.ts';
import { sleep } from '../patience.ts';
import { look, pay } from '../paying.ts';
import { enter, findDoor, waitForTurn } from '../shopper.ts';
import type { Player } from './player.ts';

/** The page looks no more often. */
const LOOK_MS = 100;

/** A record that takes longer counts as so long: somebody who waits on waits for the sweep. */
const LONGEST_LAG_MS = 60_000;

/** Comes, buys once, and pays or walks away. */
export async function visit(player: Player): Promise<void> {
  const { stage, world, shopper, ledger } = player;
  const orderId = await comeAndBuy(player);
  if (orderId === undefined) return;
  const status = await look(world, shopper, orderId);
  const isProbe = shopper.chance() < stage.settings.lagShare;
  const left = isProbe && status === 'RESERVED' ? await probeLag(player, orderId) : orderId;
  if (left !== undefined) await settle(player, left);
  stage.tell.left(ledger.units(stage.facts.startsAt));
}

/** Presses twice at once, and again once it is answered: all of it is one order. */
export async function doubleVisit(player: Player): Promise<void> {
  const { stage, world, shopper, ledger } = player;
  const eager = { ...player, shopper: Object.assign(shopper, { doubleClicks: true }) };
  const orderId = await comeAndBuy(eager);
  if (orderId === undefined) return;
  const once = { ...shopper, doubleClicks: false };
  await buy(world, once);
  await settle(player, orderId);
  // Whoever has paid buys another one, or has as many as one may have.
  const more = await buy(world, once);
  if (more.orderId !== undefined) await look(world, shopper, more.orderId);
  stage.tell.left(ledger.units(stage.facts.startsAt));
}

/** @returns the id of the order, if there is one */
export async function comeAndBuy({ world, shopper }: Player): Promise<string | undefined> {
  await enter(world, shopper);
  if (shopper.cookie === '') return undefined;
  await takeTicket(world, shopper);
  await waitForTurn(world, shopper);
  await findDoor(world, shopper);
  return (await buy(world, shopper)).orderId;
}

/** Pays, if this shopper is one who pays. Where the price is 0, the order is paid as it is. */
async function settle({ stage, world, shopper }: Player, orderId: string): Promise<void> {
  if (!shopper.pays[0] || (await look(world, shopper, orderId)) !== 'RESERVED') return;
  if (!(await pay(world, shopper, orderId))) stage.tell.untold();
}

/**
 * How long the record of an order takes to be there, as far as a shopper can see it. An order's page shows the claim, which
 * is written before 201, until the shopper has cancelled and bought again: from then on it shows the record.
 *
 * @returns the order that the shopper has afterwards, if any
 */
async function probeLag(player: Player, orderId: string): Promise<string | undefined> {
  const { world, shopper, stage } = player;
  const began = performance.now();
  const path = `/api/orders/${orderId}`;
  const headers = { cookie: shopper.cookie };
  const gone = await player.ask('cancel', 'DELETE', path, { headers });
  if (gone.status !== 200) return orderId;
  const next = await buy(world, { ...shopper, doubleClicks: false });
  if (next.orderId === undefined) return undefined;
  for (;;) {
    const { status } = await player.ask('order', 'GET', path, { headers });
    const lag = performance.now() - began;
    if (status === 200 || lag > LONGEST_LAG_MS) {
      stage.tell.queueLag(lag);
      return next.orderId;
    }
    await sleep(LOOK_MS);
  }
}
