/** @module Somebody who tries what no gate may let through: one bad press after the other, on sessions of the thief's own. */

import { takeTicket } from '../admission.ts';
import { enter, findDoor, type Shopper } from '../shopper.ts';
import { badPress, judgePress, type Loot } from './bad-presses.ts';
import type { Player } from './player.ts';

type Ticket = NonNullable<Shopper['ticket']>;

export type Thief = {
  readonly player: Player;
  readonly foreignTicket: string;
  readonly otherSaleTicket: string | undefined;
  readonly oldTicket: Ticket;
};

/** Collects what it takes; nothing where sessions or tickets are refused. @param other Another shopper */
export async function collect(player: Player, other: Player): Promise<Thief | undefined> {
  const oldTicket = await ticketOf(player);
  const foreign = await ticketOf(other);
  if (oldTicket === undefined || foreign === undefined) return undefined;
  return {
    player,
    oldTicket,
    foreignTicket: foreign.token,
    otherSaleTicket: await ticketElsewhere(player),
  };
}

async function ticketOf({ world, shopper }: Player): Promise<Ticket | undefined> {
  await enter(world, shopper);
  if (shopper.cookie !== '') await takeTicket(world, shopper);
  return shopper.ticket;
}

async function ticketElsewhere({ stage, world, shopper }: Player): Promise<string | undefined> {
  const { otherSale } = stage.settings;
  if (otherSale === '') return undefined;
  const there = { ...shopper, ticket: undefined, solution: undefined };
  await takeTicket({ ...world, door: { ...world.door, saleId: otherSale } }, there);
  return (there as Shopper).ticket?.token;
}

/** One bad press. */
export async function tryOnce({ player, ...loot }: Thief): Promise<void> {
  const { stage, world, shopper } = player;
  const { opensAt, saleId, sku } = stage.facts;
  await takeTicket(world, shopper);
  if (shopper.ticket === undefined) return;
  if (world.time() >= opensAt && shopper.doorKey === undefined) await findDoor(world, shopper);
  const { token: ticket, slot, expires } = shopper.ticket;
  const { cookie, doorKey } = shopper;
  const all: Loot = { ...loot, cookie, ticket, slot, expires, opensAt, doorKey };
  const press = badPress(all, world.time(), shopper.chance);
  if (press === undefined) return;
  const headers = { cookie: press.cookie, 'x-device': shopper.device, 'x-ticket': press.ticket };
  const path = `/api/sales/${saleId}/${press.doorKey}/orders?sku=${sku}&quantity=1`;
  const judged = judgePress(press, await player.ask('buy', 'POST', path, { headers }));
  stage.tell.bad(press.kind);
  if (judged) stage.tell.judge(judged);
}
