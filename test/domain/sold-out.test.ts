import { describe, expect, test } from '@jest/globals';
import { type Status, statusKey } from '../../domain/items.ts';
import type { Store } from '../../domain/ports.ts';
import { run } from '../../domain/process.ts';
import { detect, detecting, known } from '../../domain/sold-out.ts';
import { countRelease } from '../../domain/steps.ts';
import type { Key } from '../../domain/write.ts';
import { anItem, OPENS_AT } from '../support/sales.ts';
import { openShop, type Shop } from '../support/shop.ts';
import { meanwhile } from './claim-builders.ts';

const ask = async (shop: Shop, quantity = 1, store: Store = shop.store) => {
  const question = { item: shop.item(), quantity, now: shop.clock.now };
  const { shards } = await shop.status();
  return run(detecting, detect(question, shards), { ...shop.world, store });
};

/** A store that keeps what is read. */
const watched = (shop: Shop) => {
  const reads: Key[][] = [];
  const read = async (keys: readonly Key[]) => {
    reads.push([...keys]);
    return shop.store.read(keys);
  };
  return { reads, store: { ...shop.store, read } };
};

const setStatus = async (shop: Shop, changes: Partial<Status>) =>
  shop.store.write({ item: statusKey(shop.item()), put: { ...(await shop.status()), ...changes } });

const oneLeft = { items: [anItem({ units: 1, limit: 5 })] };

/** Nothing left, and nobody has said so. */
async function emptied() {
  const shop = await openShop(oneLeft);
  await shop.order('ada');
  shop.messages.length = 0;
  return shop;
}

describe('detecting', () => {
  test('says sold out once every shard was seen empty, and tells of it', async () => {
    const shop = await emptied();
    expect(await ask(shop)).toEqual({ kind: 'sold-out' });
    expect(await shop.status()).toMatchObject({ soldOut: true, largest: 0, scannedAt: 0 });
    expect(shop.messages).toEqual([
      {
        ...{ v: 1, kind: 'sale', what: 'sold-out', saleId: 'night', sku: 'lamp' },
        ...{ occurrence: '0', at: shop.clock.now },
      },
    ]);
  });

  test('says sold out although the message cannot be sent', async () => {
    const shop = await emptied();
    shop.fails.send = true;
    expect(await ask(shop)).toEqual({ kind: 'sold-out' });
  });

  test.each([
    [25, 100],
    [200, 100],
    [400, 200],
    [2000, 1000],
  ])(
    'elects one scan of %d shards every %d ms: the others are busy until then',
    async (shards, interval) => {
      const shop = await openShop();
      const scans = async () => {
        const { reads, store } = watched(shop);
        const question = { item: shop.item(), quantity: 1, now: shop.clock.now };
        await run(detecting, detect(question, shards), { ...shop.world, store });
        return reads.length;
      };
      expect(await scans()).toBeGreaterThan(0);
      shop.clock.now += interval - 1;
      expect(await scans()).toBe(0);
      shop.clock.now += 1;
      expect(await scans()).toBeGreaterThan(0);
    },
  );

  test('gives whoever is not elected the answer of the scan that was', async () => {
    const shop = await emptied();
    await ask(shop);
    expect(await ask(shop)).toEqual({ kind: 'sold-out' });
    expect(shop.messages).toHaveLength(1);
  });

  test('is busy where a unit is free: the shopper may try again', async () => {
    expect(await ask(await openShop(oneLeft))).toEqual({ kind: 'busy' });
  });

  test('proves nothing where a unit came back during the scan', async () => {
    const shop = await emptied();
    const isConclusion = (write: object) => JSON.stringify(write).includes('"scannedAt"');
    const store = meanwhile(shop.store, isConclusion, () =>
      shop.store.write(countRelease(shop.item())),
    );
    expect(await ask(shop, 1, store)).toEqual({ kind: 'busy' });
    expect((await shop.status()).soldOut).toBe(false);
  });

  test('says how many can be had where no shard has so many', async () => {
    const shop = await openShop({ items: [anItem({ units: 3, limit: 5 })] });
    expect(await ask(shop, 4)).toEqual({ kind: 'quantity-unavailable', largest: 3 });
    expect(await ask(shop, 5)).toEqual({ kind: 'quantity-unavailable', largest: 3 });
    expect(await ask(shop, 3)).toEqual({ kind: 'busy' });
  });

  test('rewrites the hints of every block by what it saw', async () => {
    const shop = await openShop({
      items: [anItem({ units: 500 })],
      admission: { expectedShoppers: 0, perSecond: 250 * 450, difficulty: 0, ticketSeconds: 10 },
    });
    const item = { table: 'stock', pk: 'STOCK#night#lamp#399' } as const;
    await shop.store.write({ item, put: { cap: 1, avail: 0 } });
    const stale = { table: 'stock', pk: 'HINT#night#lamp#0' } as const;
    await shop.store.write({ item: stale, put: { empty: new Set([7]), cap: 200 } });
    const { reads, store } = watched(shop);
    await ask(shop, 1, store);
    expect(reads.map(({ length }) => length)).toEqual([100, 100, 100, 100, 50]);
    const hints = await shop.store.read(
      [0, 1, 2].map((k) => ({ ...stale, pk: `HINT#night#lamp#${k}` })),
    );
    // The sweep's summary in the same item stays.
    expect(hints).toEqual([{ cap: 200 }, { empty: new Set([399]) }, {}]);
  });

  test('counts a shard that is missing as empty', async () => {
    const shop = await openShop(oneLeft);
    shop.store.items.delete('stock/STOCK#night#lamp#0/');
    expect(await ask(shop)).toEqual({ kind: 'sold-out' });
  });

  test('is busy where there is no such item', async () => {
    const shop = await openShop();
    const question = { item: { saleId: 'night', sku: 'sofa' }, quantity: 1, now: OPENS_AT };
    for (const shards of [1, 2001]) {
      const store = {
        ...shop.store,
        write: async () => ({ kind: 'refused', item: undefined }) as const,
      };
      const outcome = await run(detecting, detect(question, shards), { ...shop.world, store });
      expect(outcome).toEqual({ kind: 'busy' });
    }
  });

  test('scans 2000 shards, and above that only looks at what the sweep found', async () => {
    const shop = await openShop();
    for (const [shards, scans] of [[2000, true] as const, [2001, false] as const]) {
      shop.clock.now += 1000;
      await setStatus(shop, { shards, soldOut: false });
      const { reads, store } = watched(shop);
      await ask(shop, 1, store);
      expect(reads[0]?.[0]?.pk).toBe(scans ? 'STOCK#night#lamp#0' : 'STATUS#night#lamp');
    }
    expect(await ask(shop)).toEqual({ kind: 'busy' });
    await setStatus(shop, { soldOut: true });
    expect(await ask(shop)).toEqual({ kind: 'sold-out' });
  });
});

describe('known()', () => {
  const status = {
    phase: 'OPEN',
    soldOut: false,
    shards: 1,
    releases: 3,
    grants: 0,
    cap: 9,
  } as const;

  test('is proven without another scan, for quantities above the largest alone', () => {
    const scanned = { ...status, largest: 2, scannedAt: 3 };
    expect(known(scanned, 3)).toEqual({ kind: 'quantity-unavailable', largest: 2 });
    expect(known(scanned, 2)).toBeUndefined();
  });

  test('is proven no more once a unit came back since the scan', () => {
    expect(known({ ...status, largest: 2, scannedAt: 2 }, 3)).toBeUndefined();
  });

  test('says nothing before the first scan, and sold out only where the status does', () => {
    expect(known(status, 3)).toBeUndefined();
    expect(known({ ...status, largest: 0, scannedAt: 3 }, 3)).toBeUndefined();
    expect(known({ ...status, soldOut: true }, 1)).toEqual({ kind: 'sold-out' });
  });
});
