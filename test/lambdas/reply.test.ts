import { describe, expect, test } from '@jest/globals';
import type { PurchaseOutcome } from '../../domain/purchase.ts';
import { replyOf } from '../../lambdas/buy/reply.ts';
import { aClaim, aHolder } from '../domain/claim-builders.ts';

const ITEM = { saleId: 'night', sku: 'lamp' };

describe('replyOf()', () => {
  const claim = aClaim({ state: 'RESERVED', payBy: 9, quantity: 2, amount: 3998 });

  test.each([
    [true, 201],
    [false, 200],
  ])('answers an order that is fresh: %s, with %d', (fresh, statusCode) => {
    expect(replyOf(ITEM, { kind: 'order', claim, fresh })).toEqual({
      statusCode,
      body: {
        ...{ orderId: `night.lamp.${aHolder()}`, status: 'RESERVED', quantity: 2 },
        ...{ amountMinor: 3998, currency: 'EUR', payByEpochMs: 9 },
      },
    });
  });

  test('names no payBy of an order that is paid at once', () => {
    const paid = aClaim({ state: 'PAID', amount: 0 });
    const reply = replyOf(ITEM, { kind: 'order', claim: paid, fresh: true });
    expect(reply).toMatchObject({ body: { status: 'PAID', amountMinor: 0 } });
    expect('body' in reply && reply.body).not.toHaveProperty('payByEpochMs');
  });

  test.each<[PurchaseOutcome, object]>([
    [
      { kind: 'not-open', opensAt: 7 },
      { code: 'not-open', members: { opensAtEpochMs: 7 } },
    ],
    [{ kind: 'paused' }, { code: 'paused' }],
    [{ kind: 'closed' }, { code: 'closed' }],
    [{ kind: 'limit-reached' }, { code: 'limit-reached' }],
    [{ kind: 'not-eligible' }, { code: 'not-eligible' }],
    [{ kind: 'sold-out' }, { code: 'sold-out' }],
    [
      { kind: 'quantity-unavailable', largest: 3 },
      { code: 'quantity-unavailable', members: { largest: 3 } },
    ],
    [{ kind: 'busy' }, { code: 'busy' }],
  ])('answers %j with its problem', (outcome, problem) => {
    expect(replyOf(ITEM, outcome)).toEqual({ detail: expect.any(String), ...problem });
  });
});
