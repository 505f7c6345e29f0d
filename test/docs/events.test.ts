import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { orderEvent, refundEvent, saleEvent } from '../../domain/events.ts';
import type { OrderFacts, RefundReason, SaleMessage } from '../../domain/messages.ts';
import { holderOf } from '../../domain/order-id.ts';
import { eventSchemas, fileOf, validateEvent } from '../support/event-schemas.ts';

const ITEM = { saleId: 'demo', sku: 'AURORA-ONE' };
const AT = Date.UTC(2026, 10, 27, 17);
const HOLDER = holderOf({
  ...{ buyerKey: 'q83vASNFZ4mrzQ', n: 0, attempt: 1, quantity: 2 },
  since: AT / 1000,
});

const facts = (changes: Partial<OrderFacts> = {}): OrderFacts => ({
  quantity: 2,
  price: 12900,
  amount: 25800,
  currency: 'EUR',
  transaction: 'Zm9vYmFyYmF6cXV4MDEyMw',
  claimedAt: AT,
  reservedAt: AT + 40,
  payBy: AT + 300_040,
  ...changes,
});

const saleMessage = (changes: Pick<SaleMessage, 'what'> & Partial<SaleMessage>): SaleMessage => ({
  ...{ v: 1, kind: 'sale', saleId: 'demo', occurrence: '1', at: AT },
  ...changes,
});

const TYPES = [
  'order.paid.v1',
  'order.released.v1',
  'order.reserved.v1',
  'payment.refunded.v1',
  'reconciliation.completed.v1',
  'reconciliation.finding.v1',
  'sale.closed.v1',
  'sale.opened.v1',
  'sale.restocked.v1',
  'sale.sold-out.v1',
];

describe('docs/events/', () => {
  test('has one schema for each event, named after its type', () => {
    expect([...eventSchemas.keys()].sort()).toEqual(TYPES.map(fileOf).sort());
    for (const type of TYPES) {
      expect(eventSchemas.get(fileOf(type))).toMatchObject({
        title: type,
        $id: `urn:flash-sale:event:${type}`,
      });
    }
  });

  test('names each event in its table, with its schema', () => {
    const readme = readFileSync('docs/events/README.md', 'utf8');
    for (const type of TYPES)
      expect(readme).toMatch(new RegExp(`\`${type}\`.*\\(${fileOf(type)}\\)`));
  });

  test.each(TYPES)('has an example of %s that its schema takes', (type) => {
    const { examples = [] } = eventSchemas.get(fileOf(type)) ?? {};
    expect(examples).not.toEqual([]);
    for (const example of examples) validateEvent(type, example);
  });

  test.each(TYPES)(
    'asks of %s an id, an instant and a sale, and describes all it asks for',
    (type) => {
      const { required = [], properties = {} } = eventSchemas.get(fileOf(type)) ?? {};
      expect(required).toEqual(expect.arrayContaining(['id', 'at', 'saleId']));
      expect(Object.keys(properties)).toEqual(expect.arrayContaining([...required]));
    },
  );
});

describe('validateEvent()', () => {
  test.each([
    orderEvent(ITEM, HOLDER, 'RESERVED', facts()),
    orderEvent(ITEM, HOLDER, 'PAID', facts({ paidAt: AT + 90_000, payment: 'pay_1' })),
    ...(['expired', 'cancelled', 'payment-refunded'] as const).map((reason) =>
      orderEvent(ITEM, HOLDER, 'RELEASED', facts({ releasedAt: AT + 400_000, reason })),
    ),
    ...(['late', 'second-payment', 'wrong-amount', 'unknown-order'] satisfies RefundReason[]).map(
      (reason) =>
        refundEvent({
          ...{ v: 1, kind: 'refund', ...ITEM, holder: HOLDER, payment: 'pay_2', reason },
          ...{ amount: 25800, currency: 'EUR', at: AT },
        }),
    ),
    saleEvent(saleMessage({ what: 'opened' })),
    saleEvent(saleMessage({ what: 'sold-out', sku: 'AURORA-ONE' })),
    saleEvent(saleMessage({ what: 'restocked', sku: 'AURORA-ONE', units: 500 })),
    saleEvent(saleMessage({ what: 'closed' })),
  ])('takes $type, $detail.id', ({ type, detail }) => {
    expect(() => validateEvent(type, detail)).not.toThrow();
  });

  test('takes both events of an order whose price is 0', () => {
    const { payBy, ...free } = facts({ price: 0, amount: 0, paidAt: AT + 40, payment: 'free' });
    for (const state of ['RESERVED', 'PAID'] as const) {
      const { type, detail } = orderEvent(ITEM, HOLDER, state, free);
      expect(() => validateEvent(type, detail)).not.toThrow();
    }
  });

  test.each([
    ['a member that is missing', { orderId: undefined }, "required property 'orderId'"],
    ['a member that no schema names', { shopper: 'g-1' }, 'no member "shopper"'],
    ['the id of another state', { id: 'demo.A.q83vASNFZ4mrzQAAAQFrCbcS/PAID' }, 'detail/id'],
    ['money that is no integer', { amountMinor: 1.5 }, 'detail/amountMinor'],
  ])('refuses %s', (_, changes, reason) => {
    const { type, detail } = orderEvent(ITEM, HOLDER, 'RESERVED', facts());
    expect(() => validateEvent(type, { ...detail, ...changes })).toThrow(reason);
  });

  test('refuses a type that has no schema', () => {
    expect(() => validateEvent('order.reserved.v2', {})).toThrow('Cannot find a schema');
  });
});
