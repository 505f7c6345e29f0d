import { describe, expect, test } from '@jest/globals';
import { columnsOf, type OrderRow, orderRows } from '../../adapters/order-export.ts';
import { FORGOTTEN, forget } from '../../domain/forget.ts';
import { expired, PRICE, take } from '../domain/payment-builders.ts';
import { openTill, type Till } from '../domain/reconcile-builders.ts';
import { buyerKeyOf } from '../support/shop.ts';

async function rowsOf({ world, sale }: Till, withContact = false): Promise<readonly OrderRow[]> {
  const rows: OrderRow[] = [];
  for await (const page of orderRows(world, sale, withContact)) rows.push(...page);
  return rows;
}

describe('orderRows()', () => {
  test('says all that is in the books of an order, in the documented columns', async () => {
    const till = await openTill();
    const at = new Date(till.clock.now).toISOString();
    const orderId = await till.order('ada');
    await take(till, orderId);
    await till.deliver();
    const [row] = await rowsOf(till);
    expect(row).toEqual({
      ...{ order_id: orderId, sale_id: 'night', sku: 'lamp', item: 'Lamp', quantity: 1 },
      ...{ state: 'PAID', release_reason: '', price_minor: PRICE, amount_minor: PRICE },
      ...{ amount: '19.99', currency: 'EUR', payment: 'pay_1', transaction: 't-ada' },
      ...{ claimed_at: at, reserved_at: at, paid_at: at, released_at: '', checkout_at: '' },
      pay_by: new Date(till.clock.now + 900_000).toISOString(),
    });
    expect(Object.keys(row ?? {}).sort()).toEqual([...columnsOf(false)].sort());
  });

  test('has nothing of the shopper unless it is asked for', async () => {
    const till = await openTill();
    await till.order('ada');
    await till.deliver();
    expect(JSON.stringify(await rowsOf(till))).not.toContain('i-ada');
    const [row] = await rowsOf(till, true);
    expect(row).toMatchObject({ shopper: 'i-ada', contact: '' });
    expect(Object.keys(row ?? {}).sort()).toEqual([...columnsOf(true)].sort());
  });

  test('says no shopper of an order whose claim has gone on to the next', async () => {
    const till = await openTill();
    const released = await expired(till);
    await till.order('ada');
    await till.deliver();
    const rows = await rowsOf(till, true);
    expect(rows.find((row) => row['order_id'] === released)).toMatchObject({
      ...{ state: 'RELEASED', release_reason: 'expired', shopper: '', contact: '' },
    });
    expect(rows.find((row) => row['order_id'] !== released)).toMatchObject({ shopper: 'i-ada' });
  });

  test('says nobody of who was forgotten', async () => {
    const till = await openTill();
    await take(till, await till.order('ada'));
    await till.deliver();
    const buyerKeys = { of: (_: unknown, shopper: string) => buyerKeyOf(shopper.slice(2)) };
    await forget({ ...till, buyerKeys }, [till.sale], 'i-ada', till.clock.now);
    expect(await rowsOf(till, true)).toMatchObject([{ shopper: FORGOTTEN }]);
  });
});
