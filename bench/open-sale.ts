/** @module A sale that is open from its first second on, with one slot for everybody. */

import type { Sale } from '../domain/sale.ts';

const HOUR_MS = 3_600_000;

/** A payment window longer than any measurement: no order may expire under it. */
export const LONG_WINDOW_SECONDS = 24 * 3600;

export const openSale = (units: number, now: number, id = 'bench'): Sale => ({
  id,
  title: 'Bench',
  opensAt: now + 1,
  closesAt: now + 24 * HOUR_MS,
  timeZone: 'UTC',
  paymentWindow: 900,
  currency: 'EUR',
  admission: { expectedShoppers: units, perSecond: 5_000, difficulty: 0, ticketSeconds: 600 },
  afterExpiry: 'allow',
  items: [{ sku: 'unit', name: 'Unit', price: 100, units, limit: 1 }],
});
