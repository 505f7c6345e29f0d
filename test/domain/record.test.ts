import { describe, expect, test } from '@jest/globals';
import { messageOf } from '../../domain/claim.ts';
import { advance } from '../../domain/record.ts';
import { OPENS_AT } from '../support/sales.ts';
import { aClaim, aHolder } from './claim-builders.ts';

const ITEM = { saleId: 'night', sku: 'lamp' };
const reserved = aClaim({ state: 'RESERVED', reservedAt: OPENS_AT, payBy: OPENS_AT + 900_000 });
const paid = aClaim({ ...reserved, state: 'PAID', paidAt: OPENS_AT + 9, payment: 'pay_1' });
const released = aClaim({ ...reserved, state: 'RELEASED', reason: 'expired', releasedAt: 5 });

const record = (state: 'RESERVED' | 'PAID' | 'RELEASED') =>
  ({ state, orderId: `night.lamp.${aHolder()}` }) as never;
const types = (events: readonly { type: string }[]) => events.map(({ type }) => type);

describe('advance()', () => {
  test('tells of each state that was passed, once, in order', () => {
    const message = messageOf(ITEM, reserved, 'RESERVED');
    const first = advance(message, paid, undefined);
    expect(types(first.events)).toEqual(['order.reserved.v1', 'order.paid.v1']);
    expect(first.write?.put).toMatchObject({ state: 'PAID', payment: 'pay_1' });
    const second = advance(message, paid, record('RESERVED'));
    expect(types(second.events)).toEqual(['order.paid.v1']);
  });

  test('believes the claim, not the message', () => {
    const { events, write } = advance(messageOf(ITEM, reserved, 'RESERVED'), released, undefined);
    expect(types(events)).toEqual(['order.reserved.v1', 'order.released.v1']);
    expect(write?.put).toMatchObject({ state: 'RELEASED', reason: 'expired' });
  });

  test.each(['PAID', 'RELEASED'] as const)('never moves a record back from %s', (state) => {
    const message = messageOf(ITEM, reserved, 'RESERVED');
    expect(advance(message, reserved, record(state))).toEqual({ events: [], write: undefined });
    expect(advance(message, released, record(state)).events).toEqual([]);
  });

  test('believes the message where the claim has gone on, or is erased', () => {
    const message = messageOf(ITEM, released, 'RELEASED');
    const next = aClaim({ ...paid, holder: aHolder('ada', { attempt: 2 }) });
    for (const claim of [next, undefined]) {
      expect(advance(message, claim, record('RESERVED')).write?.put).toMatchObject({
        ...{ state: 'RELEASED', reason: 'expired', orderId: `night.lamp.${aHolder()}` },
      });
    }
  });

  test('believes the message of an order that its claim does not show as acknowledged', () => {
    const message = messageOf(ITEM, reserved, 'RESERVED');
    expect(types(advance(message, aClaim(), undefined).events)).toEqual(['order.reserved.v1']);
  });

  test('keeps no personal data', () => {
    const put = advance(messageOf(ITEM, paid, 'PAID'), paid, undefined).write?.put;
    expect(put).not.toHaveProperty('shopper');
    expect(put).not.toHaveProperty('contact');
  });
});
