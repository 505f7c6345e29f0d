/** @module Every way through the operators' function: what it begins is finished by asking again. */

import { askAs } from '../stack/office.ts';
import { MINUTE_MS } from '../stack/scene.ts';
import type { Reply } from '../support/shopper.ts';
import { expected, type Flow, ordered } from './flow.ts';
import { type Ground, insist } from './ground.ts';

type Ask = (method: string, path: string, body?: object) => Promise<Reply>;

/** Requests of an operator. The token is asked for once: an issuer that is slow is no fault of ours. */
async function operatorOn({ scene, office }: Ground): Promise<Ask> {
  const iat = Math.floor(scene.stack.clock.now() / 1000);
  const token = await office.token({ iat, nbf: iat - 60, exp: iat + 24 * 3600 });
  return (method, path, body) => askAs(scene, token, method, path, body);
}

/** What an operator does, until it is done. */
const operating = (
  name: string,
  plan: (ground: Ground, ask: Ask) => Promise<{ act(): Promise<Reply>; check?(): Promise<void> }>,
): Flow => ({
  name: `an operator's ${name}`,
  async prepare(ground) {
    const { act, check } = await plan(ground, await operatorOn(ground));
    return { act, again: () => insist(ground, act, 200), ...(check && { check }) };
  },
});

const looking = (path: (saleId: string) => string): Flow =>
  operating(`look at ${path('…')}`, async (ground, ask) => {
    const { id } = await ground.sale();
    return { act: () => ask('GET', path(id)) };
  });

const pausing = operating('pause', async (ground, ask) => {
  const { id, doorKey } = await ground.sale();
  const shopper = await ground.enter();
  await shopper.ticket(id);
  return {
    act: () => ask('POST', `/sales/${id}/pause`),
    async check() {
      const { status } = await shopper.buy(id, { doorKey });
      expected(status === 503 || status === 403, `nobody buys in a paused sale: ${status}`);
    },
  };
});

const resuming = operating('resume', async (ground, ask) => {
  const { id } = await ground.sale();
  await insist(ground, () => ask('POST', `/sales/${id}/pause`), 200);
  return { act: () => ask('POST', `/sales/${id}/resume`, { inSeconds: 60 }) };
});

const extending = operating('extension', async (ground, ask) => {
  const closesAtEpochMs = ground.scene.stack.clock.now() + 60 * MINUTE_MS;
  const { id } = await ground.sale({ closesAt: closesAtEpochMs - 30 * MINUTE_MS });
  return { act: () => ask('POST', `/sales/${id}/extend`, { closesAtEpochMs }) };
});

const closing = operating('closing', async (ground, ask) => {
  const { id } = await ground.sale();
  return { act: () => ask('POST', `/sales/${id}/close`) };
});

const restocking = operating('restock', async (ground, ask) => {
  const { id } = await ground.sale({ items: [{ units: 2 }] });
  const more = { sku: 'lamp', units: 3, grant: 1 };
  return {
    act: () => ask('POST', `/sales/${id}/restock`, more),
    async check() {
      const { body } = await insist(ground, () => ask('GET', `/sales/${id}`), 200);
      const { units } = body['items'][0];
      expected(units === 5, `3 units came to 2 once, not ${units}`);
    },
  };
});

/** A product, and a sale of it. */
const publishing = operating('publication', async (ground, ask) => {
  const number = ground.number();
  const [sku, id] = [`PRODUCT-${number}`, `drafted-${number}`];
  const product = { name: 'Lamp', price: 1200, currency: 'EUR', total: 10 };
  await insist(ground, () => ask('PUT', `/products/${sku}`, product), 200);
  const now = ground.scene.stack.clock.now();
  const sale = {
    ...{ id, title: 'Drafted', currency: 'EUR', timeZone: 'UTC' },
    opensAt: new Date(now + 60 * MINUTE_MS).toISOString(),
    closesAt: new Date(now + 90 * MINUTE_MS).toISOString(),
    items: [{ product: sku, units: 10, limit: 1 }],
  };
  const save = () => ask('PUT', `/drafts/${id}`, { version: 0, sale });
  const { version } = (await insist(ground, save, 200)).body;
  // Whatever else is sold on this stage meanwhile.
  const wanted = { version, overLimit: true };
  return { act: () => ask('POST', `/drafts/${id}/publish`, wanted) };
});

const adding = operating('product', async (ground, ask) => {
  const sku = `PRODUCT-${ground.number()}`;
  const product = { name: 'Shade', price: 700, currency: 'EUR', total: 5 };
  return { act: () => ask('PUT', `/products/${sku}`, product) };
});

const refunding = operating('refund', async (ground, ask) => {
  const { scene } = ground;
  const sale = await ground.sale({ refunds: 'approval' });
  const { shopper, orderId } = await ordered(ground, sale);
  const token = await shopper.token(orderId);
  await scene.pay(token);
  // A second payment for one order goes back.
  const { reference: payment } = await scene.pay(token, { forceNew: true });
  return { act: () => ask('POST', `/sales/${sale.id}/refunds`, { payment }) };
});

export const OPERATE_FLOWS: readonly Flow[] = [
  looking(() => '/sales'),
  looking((id) => `/sales/${id}`),
  looking((id) => `/sales/${id}/events`),
  looking((id) => `/sales/${id}/audit`),
  looking((id) => `/sales/${id}/report`),
  looking(() => '/log/2026-01-01'),
  pausing,
  resuming,
  extending,
  closing,
  restocking,
  adding,
  publishing,
  refunding,
];
