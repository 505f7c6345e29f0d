/** @module Sales for tests: a test names only what it is about. */

import type { Item, PublishedSale } from '../../domain/sale.ts';

/** 2026-11-27T20:00:00Z. */
export const OPENS_AT = 1_795_809_600_000;

export const anItem = (changes: Partial<Item> = {}): Item => ({
  sku: 'lamp',
  name: 'Lamp',
  price: 1999,
  units: 10,
  limit: 1,
  ...changes,
});

export const aPublishedSale = (changes: Partial<PublishedSale> = {}): PublishedSale => ({
  id: 'night',
  title: 'Night of the lamps',
  opensAt: OPENS_AT,
  closesAt: OPENS_AT + 3_600_000,
  timeZone: 'UTC',
  paymentWindow: 900,
  currency: 'EUR',
  admission: { expectedShoppers: 0, perSecond: 250, difficulty: 0, ticketSeconds: 10 },
  afterExpiry: 'allow',
  items: [anItem()],
  doorKey: 'door-key-of-the-night',
  salt: 'salt',
  slotSeed: 'seed',
  publishedAt: OPENS_AT - 86_400_000,
  ...changes,
});
