/** @module Laws of B0: who is turned away before anything is written. */

import { deepEqual, equal, ok } from 'node:assert/strict';
import fc from 'fast-check';
import { type Status, statusKey } from '../../domain/items.ts';
import { anItem, OPENS_AT } from '../support/sales.ts';
import { openShop, type Shop } from '../support/shop.ts';
import { type Law, law } from './law.ts';

const LASTS_MS = 3_600_000;
const CLOSES_AT = OPENS_AT + LASTS_MS;

/** The very instants, those beside them, and any other. */
const instants = fc.oneof(
  fc.constantFrom(OPENS_AT - 1, OPENS_AT, CLOSES_AT - 1, CLOSES_AT),
  fc.integer({ min: OPENS_AT - LASTS_MS, max: CLOSES_AT + LASTS_MS }),
);
const phases = fc.constantFrom('OPEN' as const, 'PAUSED' as const, 'CLOSED' as const);

/** What somebody is told who may not even try, in the order in which it is asked; nothing where they may. */
function refusalAt(now: number, { phase, soldOut }: Pick<Status, 'phase' | 'soldOut'>) {
  if (now < OPENS_AT) return 'not-open';
  if (now >= CLOSES_AT || phase === 'CLOSED') return 'closed';
  if (phase === 'PAUSED') return 'paused';
  return soldOut ? 'sold-out' : undefined;
}

/** A shop whose live status says something else than it did. */
async function shopThatSays(says: Partial<Status>, limit: number): Promise<Shop> {
  const shop = await openShop({ items: [anItem({ limit })], closesAt: CLOSES_AT });
  const status = await shop.status();
  await shop.store.write({ item: statusKey(shop.item()), put: { ...status, ...says } });
  return shop;
}

export const doorLaws: readonly Law[] = [
  law(
    'doors: nobody takes a unit before the opening, after the closing, in a pause, or once it is sold out',
    [instants, phases, fc.boolean(), fc.boolean()],
    async (now, phase, soldOut, again) => {
      const shop = await shopThatSays({ phase, soldOut }, 1);
      const before = new Map(shop.store.items);
      shop.clock.now = now;
      const { kind } = await (again ? shop.buyAgain('ada') : shop.buy('ada'));
      const refusal = refusalAt(now, { phase, soldOut });
      equal(kind, refusal ?? 'order');
      if (refusal) deepEqual(shop.store.items, before);
    },
  ),
  law(
    'doors: nobody is sold more at once than one shopper may have, and whoever asks for more is told that first',
    [fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 5 }), fc.boolean()],
    async (quantity, limit, soldOut) => {
      const shop = await shopThatSays({ soldOut }, limit);
      const before = new Map(shop.store.items);
      const { kind } = await shop.buy('ada', quantity);
      const isRefused = quantity > limit || soldOut;
      if (quantity > limit) equal(kind, 'limit-reached');
      else equal(kind, soldOut ? 'sold-out' : 'order');
      if (isRefused) deepEqual(shop.store.items, before);
      else ok(await shop.claim('ada'));
    },
  ),
];
