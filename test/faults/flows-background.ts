/** @module Every way through what happens by itself: records of all kinds, openings, closings. */

import { MINUTE_MS } from '../stack/scene.ts';
import { type Deed, expected, type Flow, ordered } from './flow.ts';
import { type Ground, insist } from './ground.ts';

/** What Lambda does with an event: it is tried three times. */
const TRIES = 3;

async function triedAgain({ scene: { stack } }: Ground, fn: string, event: object) {
  for (let tries = 1; tries < TRIES; tries++) {
    const done = await stack.invoke(fn, event).then(
      () => true,
      () => false,
    );
    if (done) return;
    await stack.clock.advance(MINUTE_MS);
  }
  await stack.invoke(fn, event);
}

/** An event that Scheduler brings. */
export const called = (ground: Ground, fn: string, saleId: string): Deed => ({
  act: () => ground.scene.stack.invoke(fn, { saleId }).catch(() => {}),
  again: () => triedAgain(ground, fn, { saleId }),
});

/** What the flag of a sale says, at no edge's memory. */
async function flagOf({ scene, number }: Ground, saleId: string): Promise<string> {
  return (await scene.ask('GET', `/sales/${saleId}/sale.js?v=fresh-${number()}`)).text;
}

const opening: Flow = {
  name: 'an opening',
  async prepare(ground) {
    const { id } = await ground.sale();
    return {
      ...called(ground, 'Open', id),
      async check() {
        const flag = await flagOf(ground, id);
        expected(flag.includes('"saleStarted":true'), `sale.js says that it started: ${flag}`);
      },
    };
  },
};

const closing: Flow = {
  name: 'a closing',
  ripenMs: 20 * MINUTE_MS,
  async prepare(ground) {
    const closesAt = ground.scene.stack.clock.now() + 10 * MINUTE_MS;
    const sale = await ground.sale({ closesAt, items: [{ units: 2 }, { sku: 'shade', units: 1 }] });
    await ordered(ground, sale);
    return {
      ...called(ground, 'Close', sale.id),
      async check() {
        const flag = await flagOf(ground, sale.id);
        expected(flag.includes('"saleEnded":true'), `sale.js says that it ended: ${flag}`);
        const { id, doorKey } = sale;
        // Whoever comes now gets no ticket any more. The session of those who came before may have ended.
        const shopper = await ground.enter();
        const press = () => shopper.buy(id, { doorKey, ticket: 'none' });
        await insist(ground, press, 410);
      },
    };
  },
};

/** Messages of one order that meet in one batch. */
const recordedAtOnce: Flow = {
  name: 'a record of an order that is cancelled at once',
  async prepare(ground) {
    const sale = await ground.common();
    const shopper = await ground.enter();
    await shopper.ticket(sale.id);
    return {
      act: async () => {
        const { body } = await shopper.buy(sale.id, { doorKey: sale.doorKey });
        await shopper.cancel(body['orderId'] ?? '');
      },
    };
  },
};

export const BACKGROUND_FLOWS: readonly Flow[] = [opening, closing, recordedAtOnce];
