/** An order of somebody else looks exactly as one that does not exist: the same status, body and headers. */

import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { holderOf, orderIdOf, orderOf, partsOf } from '../../domain/order-id.ts';
import { type Scene, startScene } from '../stack/scene.ts';
import type { Reply, Shopper } from '../support/shopper.ts';

let scene: Scene;
let eve: Shopper;
let ids: Record<string, string>;
let untouched: readonly string[];

beforeAll(async () => {
  scene = await startScene({
    id: 'own',
    items: [
      { units: 100, limit: 3 },
      { sku: 'sofa', units: 9 },
    ],
  });
  await scene.publish({ id: 'other', items: [{ units: 9 }] });
  await scene.open();
  const ada = await scene.enter();
  eve = await scene.enter();
  const paid = await ada.order('own');
  await scene.pay(await ada.token(paid));
  const released = await ada.order('own', { sku: 'sofa' });
  await ada.cancel(released);
  const reserved = await ada.order('own');
  const own = await eve.order('own');
  const elsewhere = await eve.order('other');
  await scene.stack.settle();
  ids = { paid, released, reserved, own, elsewhere };
  untouched = await scene.dump();
});

afterAll(() => scene?.stop());

/** An id of nothing at all, well formed. */
const unknownId = () => `own.lamp.${'A'.repeat(24)}`;

/** An order id with another part. */
function changed(id: string, changes: object): string {
  const order = orderOf(id)!;
  const parts = partsOf(order.holder)!;
  return orderIdOf({ ...order, holder: holderOf({ ...parts, ...changes }) });
}

const moved = (id: string, place: { saleId?: string; sku?: string }) =>
  orderIdOf({ ...orderOf(id)!, ...place });

const CASES: Readonly<Record<string, () => string>> = {
  'reserved by somebody else': () => ids['reserved']!,
  'paid by somebody else': () => ids['paid']!,
  'released by somebody else': () => ids['released']!,
  "somebody else's, with the next number": () => changed(ids['reserved']!, { n: 2 }),
  "somebody else's, with another attempt": () => changed(ids['reserved']!, { attempt: 2 }),
  'of the own buyer key, with the next number': () => changed(ids['own']!, { n: 1 }),
  'of the own buyer key, with the next attempt': () => changed(ids['own']!, { attempt: 2 }),
  'of the own buyer key, of two units': () => changed(ids['own']!, { quantity: 2 }),
  'of the own buyer key, a second later': () =>
    changed(ids['own']!, { since: partsOf(orderOf(ids['own']!)!.holder)!.since + 1 }),
  'the own one, under another sale': () => moved(ids['own']!, { saleId: 'other' }),
  'the own one, under another item': () => moved(ids['own']!, { sku: 'sofa' }),
  'the own one of another sale, here': () => moved(ids['elsewhere']!, { saleId: 'own' }),
  'of an unknown sale': () => moved(ids['own']!, { saleId: 'nowhere' }),
  'of an unknown item': () => moved(ids['own']!, { sku: 'nothing' }),
  'of a holder that is none': () => 'own.lamp.x',
  'of a key of the table': () => 'own.lamp%23',
  'of the prototype': () => '__proto__.constructor.AAAAAAAAAAAAAAAAAAAAAAAA',
};

const ROUTES = [
  ['GET', ''],
  ['DELETE', ''],
  ['POST', '/checkout'],
] as const;

/** What says when or which request it was, and nothing of the order. */
const OF_THE_REQUEST = ['date', 'x-amzn-requestid', 'x-amz-apigw-id', 'x-amzn-trace-id'];

function seen({ status, headers, text }: Reply): object {
  const kept = Object.entries(headers).filter(([name]) => !OF_THE_REQUEST.includes(name));
  return { status, headers: Object.fromEntries(kept), text };
}

describe.each(ROUTES)('%s /api/orders/{orderId}%s', (method, rest) => {
  const ask = async (id: string) => seen(await eve.ask(method, `/api/orders/${id}${rest}`));

  test.each(Object.entries(CASES))('answers as to an unknown order: %s', async (_, idOf) => {
    const answer = await ask(idOf());
    if (idOf().includes('%')) {
      // Refused for how it is written, before anybody looks whose it is.
      expect(answer).toMatchObject({ status: 400 });
      return;
    }
    const unknown = await ask(unknownId());
    expect(unknown).toMatchObject({ status: 404 });
    expect(answer).toEqual(unknown);
    const { holder = '…' } = orderOf(idOf()) ?? {};
    expect(JSON.stringify(answer)).not.toContain(holder);
    expect(await scene.dump()).toEqual(untouched);
  });

  test('answers as without a session, whoever has the order', async () => {
    const nobody = scene.shopperWith('');
    const asked = (id: string) => nobody.ask(method, `/api/orders/${id}${rest}`).then(seen);
    const unknown = await asked(unknownId());
    expect(unknown).toMatchObject({ status: 401 });
    for (const id of Object.values(ids)) expect(await asked(id)).toEqual(unknown);
  });
});

test('the own order is answered, so that the above means something', async () => {
  expect((await eve.look(ids['own']!)).status).toBe(200);
});
