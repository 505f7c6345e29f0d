/** @module Every way through an order, a status page and a session. */

import { MINUTE_MS } from '../stack/scene.ts';
import { dying, expected, type Flow, ordered, saleOf, unlimited } from './flow.ts';
import { AUDIENCE, type Ground, insist } from './ground.ts';

type Order = Awaited<ReturnType<typeof ordered>>;

/** Something that a shopper does with an order, until it is done. */
const doing = (
  name: string,
  ask: (order: Order) => ReturnType<Order['shopper']['ask']>,
  before: (ground: Ground, order: Order) => Promise<unknown> = async () => {},
  open = (ground: Ground) => ground.common(),
): Flow => ({
  name,
  async prepare(ground) {
    const order = await ordered(ground, await open(ground));
    await before(ground, order);
    const act = () => ask(order);
    return { act, again: () => insist(ground, act, 200) };
  },
});

const look = ({ shopper, orderId }: Order) => shopper.look(orderId);
const cancel = ({ shopper, orderId }: Order) => shopper.cancel(orderId);
const checkout = ({ shopper, orderId }: Order) => shopper.checkout(orderId);

/** The claim goes on to the shopper's next attempt; the order lives on in its record. */
async function cancelledAndBoughtAgain(ground: Ground, order: Order) {
  await insist(ground, () => cancel(order), 200);
  await ground.scene.stack.settle();
  const { id, doorKey } = await ground.common();
  // A holder says in which second its attempt began.
  await insist(ground, () => order.shopper.buy(id, { doorKey }), 201);
}

const expiredUnlimited: Flow = {
  name: 'a look at an expired order of unlimited stock',
  ripenMs: 17 * MINUTE_MS,
  async prepare(ground) {
    const sale = await ground.sale({ items: [{ units: 'unlimited' }] });
    const order = await ordered(ground, sale);
    const act = () => look(order);
    return {
      act,
      async again() {
        const { body } = await insist(ground, act, 200);
        expected(body['status'] === 'RELEASED', `the order is released, not ${body['status']}`);
      },
    };
  },
};

const status: Flow = {
  name: 'a status page',
  async prepare(ground) {
    const { id } = await ground.common();
    const act = () => {
      ground.scene.stack.clearCache();
      return ground.scene.ask('GET', `/api/sales/${id}`);
    };
    return { act, again: () => insist(ground, act, 200) };
  },
};

const signIn: Flow = {
  name: 'a sign-in',
  async prepare({ scene, issuer, ...ground }) {
    const act = async () => {
      const now = Math.floor(scene.stack.clock.now() / 1000);
      const times = { iat: now, nbf: now - 60, exp: now + 600 };
      const token = await issuer.token({ sub: 'ada', aud: AUDIENCE, ...times });
      return scene.ask('POST', '/api/session', { headers: { authorization: `Bearer ${token}` } });
    };
    return { act, again: () => insist({ scene, issuer, ...ground }, act, 204) };
  },
};

export const ORDER_FLOWS: readonly Flow[] = [
  signIn,
  status,
  doing('a look at an order', look),
  doing('a look at an order whose shopper has gone on', look, cancelledAndBoughtAgain),
  doing('a cancel', cancel),
  doing(
    'a cancel of what stopped half way',
    cancel,
    (ground, order) =>
      dying(ground, 'Order', ['"RELEASING"', saleOf(order.orderId)], () => cancel(order)),
    (ground) => ground.sale(),
  ),
  doing('a checkout', checkout),
  unlimited(expiredUnlimited),
];
