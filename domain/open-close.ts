/** @module The opening and the closing of a sale, as far as they are more than the clock. */

import { findSale } from './catalogue.ts';
import { closeAsRead } from './closing-steps.ts';
import type { Clock, OrderQueue, Store } from './ports.ts';
import type { PublishedSale } from './sale.ts';
import { closeItem } from './sweep-sale.ts';

export type DoorWorld = {
  readonly store: Store;
  readonly queue: OrderQueue;
  readonly clock: Clock;
  /** Waits some milliseconds. */
  readonly wait: (ms: number) => Promise<void>;
  /** Publishes the files that go with it: the flag, and at the closing what the slots were drawn from. */
  readonly publish: (sale: PublishedSale) => Promise<void>;
};

/**
 * How far ahead of its time a closing is waited for: as far as clocks differ, and less than the function may run. What
 * comes earlier belongs to a closing that was moved since, and has a schedule of its own.
 */
const CLOSING_AHEAD_MS = 5000;

/** Waits for the very second, then publishes that the sale has started. @returns whether there was something to open */
export async function open(world: DoorWorld, saleId: string): Promise<boolean> {
  const sale = await findSale(world.store, saleId);
  if (sale === undefined) return false;
  await waitUntil(world, sale.opensAt);
  // A retry after the closing must not open it again.
  if (world.clock() >= sale.closesAt) return false;
  await world.publish(sale);
  await announce(world, sale, 'opened', sale.opensAt);
  return true;
}

/**
 * Closes a sale for good. First the catalogue says so, if the closing is still the one that was waited for: from there on
 * nobody can move it, and whoever moved it before has a schedule for the new one. All that follows can be repeated.
 *
 * @returns whether it was there, and its time has come
 */
export async function close(world: DoorWorld, saleId: string): Promise<boolean> {
  const sale = await findSale(world.store, saleId);
  if (sale === undefined || world.clock() < sale.closesAt - CLOSING_AHEAD_MS) return false;
  await waitUntil(world, sale.closesAt);
  const decided = await world.store.write(closeAsRead(sale));
  if (decided.kind === 'refused') return false;
  for (const { sku } of sale.items) await world.store.write(closeItem({ saleId, sku }));
  await world.publish(sale);
  await announce(world, sale, 'closed', sale.closesAt);
  return true;
}

/** A timer may fire a little early: the clock has the last word. */
async function waitUntil({ clock, wait }: DoorWorld, instant: number): Promise<void> {
  for (let left = instant - clock(); left > 0; left = instant - clock()) await wait(left);
}

const announce = (
  { queue, clock }: DoorWorld,
  { id }: PublishedSale,
  what: 'opened' | 'closed',
  instant: number,
) => queue.send({ v: 1, kind: 'sale', what, saleId: id, occurrence: String(instant), at: clock() });
