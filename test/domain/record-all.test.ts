import { describe, expect, test } from '@jest/globals';
import { messageOf } from '../../domain/claim.ts';
import type { DomainEvent } from '../../domain/events.ts';
import type { Message } from '../../domain/messages.ts';
import type { Store } from '../../domain/ports.ts';
import { recordAll } from '../../domain/record-all.ts';
import { openShop, type Shop } from '../support/shop.ts';
import { aHolder, meanwhile } from './claim-builders.ts';
import { OVERDUE_MS, take } from './payment-builders.ts';

const SOLD_OUT: Message = {
  ...{ v: 1, kind: 'sale', what: 'sold-out', saleId: 'night', sku: 'lamp' },
  ...{ occurrence: '0', at: 1 },
};

const ORDER = {
  ...{ v: 1, kind: 'order', saleId: 'night', sku: 'lamp', state: 'RESERVED' },
  ...{ holder: aHolder('eve'), facts: { reservedAt: 1 } },
};

/** Records some messages, and says what was published. */
async function record(shop: Shop, messages: readonly unknown[], store: Store = shop.store) {
  const published: string[] = [];
  const bus = {
    publish: async (events: readonly { detail: { id: string } }[]) => {
      if (shop.fails.publish) throw new Error('the bus is down');
      published.push(...events.map(({ detail }) => detail.id.split('/').slice(1).join('/')));
    },
  };
  const failures = await recordAll({ store, bus }, messages as Message[]);
  return { failures: failures.map((one) => one?.message), published };
}

/** JSON of which no text can be made: whoever tries throws. */
const UNTEXT = { toString: 1 };

describe('recordAll()', () => {
  test('publishes nothing for a message that comes again', async () => {
    const shop = await openShop();
    await shop.order('ada');
    const [message] = shop.messages;
    expect((await record(shop, [message])).published).toEqual(['RESERVED']);
    expect(await record(shop, [message])).toEqual({ failures: [undefined], published: [] });
  });

  test('moves a record forward whatever comes first', async () => {
    const shop = await openShop();
    const orderId = await shop.order('ada');
    shop.clock.now += OVERDUE_MS;
    await shop.sweep();
    const [reserved, released] = shop.messages;
    expect((await record(shop, [released])).published).toEqual(['RESERVED', 'RELEASED']);
    expect((await record(shop, [reserved])).published).toEqual([]);
    expect(await shop.record(orderId)).toMatchObject({ state: 'RELEASED', reason: 'expired' });
  });

  test('takes two messages of one order in a batch one after the other', async () => {
    const shop = await openShop();
    const orderId = await shop.order('ada');
    await take(shop, orderId);
    const [reserved, paid] = shop.messages;
    const batch = [reserved, SOLD_OUT, paid, reserved];
    const { failures, published } = await record(shop, batch);
    expect(failures).toEqual([undefined, undefined, undefined, undefined]);
    expect(published.toSorted()).toEqual(['PAID', 'RESERVED', 'sold-out/lamp/0']);
    expect(await shop.record(orderId)).toMatchObject({ state: 'PAID' });
  });

  test('keeps the record of an older attempt apart from the next one', async () => {
    const shop = await openShop();
    const first = await shop.order('ada');
    shop.clock.now += OVERDUE_MS;
    const second = await shop.order('ada');
    await record(shop, shop.messages);
    expect(await shop.record(first)).toMatchObject({ state: 'RELEASED' });
    expect(await shop.record(second)).toMatchObject({ state: 'RESERVED' });
  });

  test('publishes what a batch leads to in one call', async () => {
    const shop = await openShop();
    await shop.order('ada');
    await shop.order('eve');
    const calls: number[] = [];
    const bus = { publish: async (events: readonly unknown[]) => void calls.push(events.length) };
    expect(await recordAll({ store: shop.store, bus }, [...shop.messages, SOLD_OUT])).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
    expect(calls).toEqual([3]);
  });

  test('lets an event that the bus does not take hold up no other message', async () => {
    const shop = await openShop();
    const taken = await shop.order('ada');
    const refused = await shop.order('eve');
    const published: string[] = [];
    const bus = {
      publish: async (events: readonly DomainEvent[]) => {
        const ids = events.map(({ detail }) => String(detail['orderId']));
        if (ids.includes(refused)) throw new Error('no such event');
        published.push(...ids);
      },
    };
    const failures = await recordAll({ store: shop.store, bus }, shop.messages);
    expect(failures.map((one) => one?.message)).toEqual([undefined, 'no such event']);
    expect(published).toEqual([taken]);
    expect(await shop.record(taken)).toMatchObject({ state: 'RESERVED' });
    expect(await shop.record(refused)).toBeUndefined();
  });

  test('fails each message while the bus is down, and writes no record before its events', async () => {
    const shop = await openShop();
    const orderId = await shop.order('ada');
    shop.fails.publish = true;
    const { failures } = await record(shop, [...shop.messages, SOLD_OUT]);
    expect(failures).toEqual(['the bus is down', 'the bus is down']);
    expect(await shop.record(orderId)).toBeUndefined();
  });

  test('fails a message whose record moved meanwhile, so that it comes again', async () => {
    const shop = await openShop();
    await shop.order('ada');
    const [message] = shop.messages;
    const isRecord = (write: { item: { table: string } }) => write.item.table === 'orders';
    const store = meanwhile(shop.store, isRecord, () => record(shop, [message]));
    const { failures } = await record(shop, [message], store);
    expect(failures).toEqual(['the record moved meanwhile']);
    expect(await record(shop, [message])).toEqual({ failures: [undefined], published: [] });
  });

  test.each([
    ['of another version', { ...SOLD_OUT, v: 2 }, 'of kind "sale", version 2'],
    ['of no kind of ours', { v: 1, kind: 'sweep' }, 'of kind "sweep", version 1'],
    ['of a kind that is no text', { v: 1, kind: UNTEXT }, 'of kind {"toString":1}, version 1'],
    ['with a SKU that is no text', { ...ORDER, sku: UNTEXT }, 'its "sku" is no text'],
    ['of a refund without its payment', { ...SOLD_OUT, kind: 'refund' }, 'its "holder" is no text'],
    ['of a sale that is no text', { ...SOLD_OUT, saleId: UNTEXT }, 'its "saleId" is no text'],
    ['that is nothing', null, 'of kind undefined, version undefined'],
    ['that is a number', 7, 'of kind undefined, version undefined'],
    ['with a list for a holder', { ...ORDER, holder: [ORDER.holder] }, 'its "holder" is no text'],
    [
      'with a SKU longer than a key',
      { ...ORDER, sku: 'x'.repeat(3000) },
      'its sale, SKU and holder name no order',
    ],
    ['without a SKU', { ...ORDER, sku: undefined }, 'its "sku" is no text'],
    ['without a state', { ...ORDER, state: undefined }, 'an order has no state undefined'],
    ['with a state that is none', { ...ORDER, state: 'BOUGHT' }, 'an order has no state "BOUGHT"'],
    [
      'with a holder that is none',
      { ...ORDER, holder: 'x' },
      'its sale, SKU and holder name no order',
    ],
  ])('fails a message %s alone', async (_, message, why) => {
    const shop = await openShop();
    await shop.order('ada');
    const { failures, published } = await record(shop, [message, ...shop.messages]);
    expect(failures).toEqual([expect.stringContaining(why), undefined]);
    expect(published).toEqual(['RESERVED']);
  });

  test('fails an order message without facts alone', async () => {
    const shop = await openShop();
    await shop.order('ada');
    const bare = { v: 1, kind: 'order', saleId: 'night', sku: 'lamp', state: 'RESERVED' };
    const batch = [{ ...bare, holder: aHolder('eve') }, ...shop.messages];
    const { failures, published } = await record(shop, batch);
    expect(failures).toEqual([expect.any(String), undefined]);
    expect(published).toEqual(['RESERVED']);
  });

  test('publishes refunds and what happens to sales, and writes nothing', async () => {
    const shop = await openShop();
    await take(shop, 'nobody');
    const before = shop.store.items.size;
    const { published } = await record(shop, [...shop.messages, SOLD_OUT]);
    expect(published).toEqual(['refunded', 'sold-out/lamp/0']);
    expect(shop.store.items.size).toBe(before);
  });

  test('does nothing with an empty batch', async () => {
    expect(await record(await openShop(), [])).toEqual({ failures: [], published: [] });
  });

  test('records an order whose claim is erased from what its message says', async () => {
    const shop = await openShop();
    const orderId = await shop.order('ada');
    const claim = await shop.claim('ada');
    shop.store.items.clear();
    const message = messageOf(shop.item(), claim as never, 'RESERVED');
    await record(shop, [message]);
    expect(await shop.record(orderId)).toMatchObject({ state: 'RESERVED', amount: 1999 });
  });
});
