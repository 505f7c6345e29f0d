/** Where a trace goes: to the claim, with the rest of the personal data, and nowhere else. */

import { describe, expect, test } from '@jest/globals';
import { factsOf, traceOf } from '../../domain/claim.ts';
import { purchase } from '../../domain/purchase.ts';
import { anItem } from '../support/sales.ts';
import { buyerKeyOf, openShop, type Shop } from '../support/shop.ts';
import { aClaim } from './claim-builders.ts';
import { OVERDUE_MS } from './payment-builders.ts';

const TRACE = { network: 'net', device: 'dev', ja4: 'ja4', agent: 'agent', country: 'DE' };

const press = async (shop: Shop, trace: object) => {
  const buyer = { buyerKey: buyerKeyOf('ada'), shopper: 'i-ada', transaction: 't', trace };
  return purchase(shop.world, await shop.offer(), buyer, 1, shop.clock.now);
};

describe('a trace', () => {
  test('stands on the claim from its first write to its last', async () => {
    const shop = await openShop();
    await press(shop, TRACE);
    expect(await shop.claim('ada')).toMatchObject({ state: 'RESERVED', ...TRACE });
  });

  test('is in no message, record or event', async () => {
    const shop = await openShop();
    await press(shop, TRACE);
    const messages = [...shop.messages];
    await shop.deliver();
    const others = [...shop.store.items].filter(([name]) => !name.includes('CLAIM#'));
    const seen = JSON.stringify([others, messages, shop.events]);
    expect(seen).toContain('RESERVED');
    for (const value of Object.values(TRACE)) expect(seen).not.toContain(`"${value}"`);
    expect(factsOf(aClaim(TRACE))).toEqual(factsOf(aClaim()));
  });

  test('is that of the last attempt', async () => {
    const shop = await openShop({ items: [anItem()] });
    await press(shop, TRACE);
    shop.clock.now += OVERDUE_MS;
    await press(shop, { device: 'other' });
    const claim = await shop.claim('ada');
    expect(claim && traceOf(claim)).toEqual({ device: 'other' });
  });

  test('goes with an order that a late payment buys', async () => {
    const shop = await openShop();
    const outcome = await press(shop, TRACE);
    const holder = outcome.kind === 'order' ? outcome.claim.holder : '';
    shop.clock.now += OVERDUE_MS;
    await shop.sweep();
    expect(await shop.pay(`night.lamp.${holder}`, 'pay_1')).toMatchObject({ kind: 'paid' });
    const claim = await shop.claim('ada');
    expect(claim?.holder).not.toBe(holder);
    expect(claim && traceOf(claim)).toEqual(TRACE);
  });

  test('is left out of a claim where nothing was shown', () => {
    expect(traceOf(aClaim())).toEqual({});
    expect(traceOf(aClaim({ country: 'DE' }))).toEqual({ country: 'DE' });
  });
});
