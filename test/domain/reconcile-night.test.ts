import { describe, expect, test } from '@jest/globals';
import { grantPlanned, planUnits } from '../../domain/allocation.ts';
import type { DomainEvent } from '../../domain/events.ts';
import { saleKey, statusKey } from '../../domain/items.ts';
import { productAttributes, productKey } from '../../domain/product.ts';
import { type NightWorld, reconcileNight, reconcileOne } from '../../domain/reconcile-night.ts';
import type { Reconciliation } from '../../domain/reconciliation.ts';
import type { PublishedSale } from '../../domain/sale.ts';
import { lateUntil } from '../../domain/sweep-sale.ts';
import { set } from '../../domain/write.ts';
import { aProduct, productAt } from '../support/catalogue.ts';
import { anItem, aPublishedSale, OPENS_AT } from '../support/sales.ts';
import { HOUR_MS, openTill } from './reconcile-builders.ts';

const WEEK_MS = 7 * 24 * HOUR_MS;

/** A night that keeps its reports and events. */
async function aNight(changes: Partial<PublishedSale> = {}) {
  const till = await openTill(changes);
  await till.store.write({
    item: saleKey('night'),
    put: { sale: JSON.stringify(till.sale) },
  });
  const done: string[] = [];
  const reports: Reconciliation[] = [];
  const events: DomainEvent[] = [];
  const fails = { report: false, publish: false };
  const world: NightWorld = {
    ...till.world,
    clock: () => till.clock.now,
    reports: {
      async put(report) {
        if (fails.report && report.saleId === 'night') throw new Error('the bucket is gone');
        done.push(`report ${report.saleId}`);
        reports.push(report);
        return `reconciliation/${report.saleId}/x.json`;
      },
    },
    bus: {
      async publish(more) {
        if (fails.publish) throw new Error('the bus is gone');
        done.push('events');
        events.push(...more);
      },
    },
  };
  return { till, world, done, reports, events, fails };
}

describe('reconcileOne()', () => {
  test('files the report, then tells where it is', async () => {
    const { world, done, events } = await aNight();
    const filed = await reconcileOne(world, 'night');
    expect(filed).toMatchObject({ place: 'reconciliation/night/x.json' });
    expect(done).toEqual(['report night', 'events']);
    expect(events).toMatchObject([
      {
        type: 'reconciliation.completed.v1',
        detail: { report: 'reconciliation/night/x.json', saleId: 'night' },
      },
    ]);
  });

  test('answers nothing where there is no such sale', async () => {
    const { world } = await aNight();
    expect(await reconcileOne(world, 'day')).toBeUndefined();
  });

  test('can be repeated after a crash before the events', async () => {
    const { world, fails, events, reports } = await aNight();
    fails.publish = true;
    await expect(reconcileOne(world, 'night')).rejects.toThrow('the bus is gone');
    fails.publish = false;
    await reconcileOne(world, 'night');
    expect([events.length, reports.length]).toEqual([1, 2]);
  });
});

describe('reconcileNight()', () => {
  const idsOf = async (sales: readonly PublishedSale[], now: number) => {
    const { till, world } = await aNight();
    till.clock.now = now;
    const { filed } = await reconcileNight(world, sales);
    return filed.map(({ report }) => report.saleId);
  };

  const sale = aPublishedSale();
  const last = lateUntil(sale) + WEEK_MS;

  test.each([
    [OPENS_AT - 1, ['-']],
    [OPENS_AT, ['night', '-']],
    [last, ['night', '-']],
    [last + 1, ['-']],
  ])('is about sales that have opened, and were within a week: %i', async (now, ids) => {
    expect(await idsOf([sale], now)).toEqual(ids);
  });

  test('goes on with the others where one fails, and says which', async () => {
    const { till, world, fails } = await aNight();
    till.clock.now += HOUR_MS;
    fails.report = true;
    const other = aPublishedSale({ id: 'other' });
    const { filed, failed } = await reconcileNight(world, [till.sale, other]);
    expect(filed.map(({ report }) => report.saleId)).toEqual(['other', '-']);
    expect(failed).toMatchObject([{ saleId: 'night', why: { message: 'the bucket is gone' } }]);
  });

  test('finds payments of sales that there are not, within the week', async () => {
    const { till, world } = await aNight();
    till.state('gone.lamp.AAAAAAAAAAAAAAAAAAAAAAAA');
    till.state('gone.lamp.AAAAAAAAAAAAAAAAAAAAAAAA', {
      ...{ reference: 'pay_2', at: till.clock.now - WEEK_MS - HOUR_MS },
    });
    till.clock.now += HOUR_MS;
    const { filed } = await reconcileNight(world, [till.sale]);
    const strays = filed.find(({ report }) => report.saleId === '-');
    expect(strays?.report.findings).toMatchObject([{ kind: 'unknown-sale', payment: 'pay_1' }]);
    expect(till.refunds).toEqual([]);
  });
});

describe('reconcileOne() of a sale that is over', () => {
  test.each([
    [0, 10],
    [1, 0],
  ])('gives products what was not sold: %i ms after the last payment', async (ms, allocated) => {
    const { till, world } = await aNight({ items: [anItem({ fromProduct: true })] });
    const lamp = { saleId: 'night', sku: 'lamp', units: 10 };
    const details = productAttributes(aProduct());
    await till.store.write({ item: productKey('lamp'), put: { ...details, allocated: 0 } });
    await planUnits(till.store, lamp);
    await grantPlanned(till.store, lamp);
    // Its sweeps have ended.
    await till.store.write({ item: statusKey(lamp), change: [set('quiet', 2)] });
    till.clock.now = lateUntil(till.sale) + ms;
    await reconcileOne(world, 'night');
    expect(await productAt(till.store)).toMatchObject({ allocated });
  });
});
