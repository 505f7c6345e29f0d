import { describe, expect, test } from '@jest/globals';
import { busySales } from '../../domain/busy-sales.ts';
import { statusKey } from '../../domain/items.ts';
import { set } from '../../domain/write.ts';
import { OPENS_AT } from '../support/sales.ts';
import { openShop } from '../support/shop.ts';

const HOUR_MS = 3_600_000;
const CLOSES_AT = OPENS_AT + HOUR_MS;

/** What a sale of an hour is at some instant, after so many quiet sweeps. */
async function busyAt(now: number, quiet?: number) {
  const { store, sale, item } = await openShop({ closesAt: CLOSES_AT });
  if (quiet !== undefined) {
    await store.write({ item: statusKey(item()), change: [set('quiet', quiet)] });
  }
  return (await busySales(store, [sale], now))[0];
}

describe('busySales()', () => {
  test('leaves a sale alone from an hour before its opening, and no millisecond earlier', async () => {
    expect(await busyAt(OPENS_AT - HOUR_MS - 1)).toBeUndefined();
    const soon = { saleId: 'night', why: 'opens-soon', at: OPENS_AT };
    expect(await busyAt(OPENS_AT - HOUR_MS)).toEqual(soon);
    expect(await busyAt(OPENS_AT - 1)).toEqual(soon);
  });

  test('is busy from the opening to the last millisecond before the closing', async () => {
    const open = { saleId: 'night', why: 'open', at: CLOSES_AT };
    expect(await busyAt(OPENS_AT)).toEqual(open);
    expect(await busyAt(CLOSES_AT - 1)).toEqual(open);
  });

  test('is busy after the closing until two sweeps have found nothing open', async () => {
    const orders = { saleId: 'night', why: 'open-orders', at: CLOSES_AT };
    expect(await busyAt(CLOSES_AT)).toEqual(orders);
    expect(await busyAt(CLOSES_AT + 100 * HOUR_MS, 1)).toEqual(orders);
    expect(await busyAt(CLOSES_AT, 2)).toBeUndefined();
  });

  test('is never busy by orders where it was closed before it opened', async () => {
    const { store, sale } = await openShop();
    const cancelled = { ...sale, closesAt: OPENS_AT };
    expect(await busySales(store, [cancelled], OPENS_AT + 1)).toEqual([]);
  });

  test('keeps the order of the sales', async () => {
    const { store, sale } = await openShop();
    const ids = Array.from({ length: 40 }, (_, number) => `s-${number}`);
    const busy = await busySales(
      store,
      ids.map((id) => ({ ...sale, id })),
      OPENS_AT,
    );
    expect(busy.map(({ saleId }) => saleId)).toEqual(ids);
  });
});
