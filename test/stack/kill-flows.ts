/** @module What functions do that may be cut short at any call: how it is prepared, done, and done again. */

import type { Scene } from './scene.ts';

/** One way through a function. */
export type Flow = {
  readonly name: string;
  /** The function that is cut short. */
  readonly fn: string;
  /** Brings about the state before; what it answers does the deed. Each case has a number. */
  prepare(scene: Scene, number: number): Promise<Deed>;
  /** What lies between all preparations and the first deed. */
  ripen?(scene: Scene): Promise<void>;
  /** Every how many calls throttling is tried, where each case takes a sale of its own. @default 1 */
  readonly sparse?: number;
};

export type Deed = {
  readonly saleId: string;
  act(): Promise<unknown>;
  /** What whoever wanted it does where it went wrong; nothing where nobody does. */
  again?(): Promise<unknown>;
};

/** The sale that flows share: it has room for every case, and lasts longer than all of them. */
export const ROOMY = { id: 'roomy', items: [{ units: 2000 }] };

const saleId = ROOMY.id;

async function expectStatus(asked: Promise<{ status: number; text: string }>, ...wanted: number[]) {
  const { status, text } = await asked;
  if (!wanted.includes(status)) throw new Error(`Wanted ${wanted}, got ${status} ${text}`);
}

const buying = (name: string, comesAgain: boolean): Flow => ({
  name,
  fn: 'Buy',
  async prepare(scene) {
    const shopper = await scene.enter();
    await shopper.ticket(saleId);
    const act = () => shopper.buy(saleId);
    return { saleId, act, ...(comesAgain && { again: () => expectStatus(act(), 200, 201) }) };
  },
});

/** A sale of one unit that somebody has. */
async function soldOutSale(scene: Scene, id: string) {
  const { doorKey } = await openSale(scene, id, 1);
  const owner = await scene.enter();
  return { owner, doorKey, orderId: await owner.order(id, { doorKey }) };
}

/** A sale that is open at once: its opening was, when it is published. */
const openSale = (scene: Scene, id: string, units: number) =>
  scene.publishBare({ id, opensAt: scene.stack.clock.now() - 1000, items: [{ units }] });

const soldOut: Flow = {
  name: 'a buy that finds the item sold out',
  fn: 'Buy',
  sparse: 3,
  async prepare(scene, number) {
    const id = `gone-${number}`;
    const { doorKey } = await soldOutSale(scene, id);
    const shopper = await scene.enter();
    const act = () => shopper.buy(id, { doorKey });
    return { saleId: id, act, again: () => expectStatus(act(), 409, 429) };
  },
};

const cancelling: Flow = {
  name: 'a cancel',
  fn: 'Order',
  async prepare(scene) {
    const shopper = await scene.enter();
    const orderId = await shopper.order(saleId);
    const act = () => shopper.cancel(orderId);
    return { saleId, act, again: () => expectStatus(act(), 200) };
  },
};

const checkingOut: Flow = {
  name: 'a checkout',
  fn: 'Order',
  async prepare(scene) {
    const shopper = await scene.enter();
    const orderId = await shopper.order(saleId);
    const act = () => shopper.checkout(orderId);
    return { saleId, act, again: () => expectStatus(act(), 200) };
  },
};

/** The provider sends its webhook again by itself. */
const paid = (scene: Scene, token: string) => () => {
  scene.sandbox.pay(token);
  return scene.sandbox.settled();
};

const paying: Flow = {
  name: 'a payment',
  fn: 'Payment',
  async prepare(scene) {
    const shopper = await scene.enter();
    const orderId = await shopper.order(saleId);
    return { saleId, act: paid(scene, await shopper.token(orderId)) };
  },
};

const payingLate: Flow = {
  name: 'a late payment that buys again',
  fn: 'Payment',
  async prepare(scene) {
    const shopper = await scene.enter();
    const orderId = await shopper.order(saleId);
    const token = await shopper.token(orderId);
    await expectStatus(shopper.cancel(orderId), 200);
    return { saleId, act: paid(scene, token) };
  },
};

const payingInVain: Flow = {
  name: 'a late payment that goes back',
  fn: 'Payment',
  sparse: 3,
  async prepare(scene, number) {
    const id = `vain-${number}`;
    const { owner, doorKey, orderId } = await soldOutSale(scene, id);
    const token = await owner.token(orderId);
    await expectStatus(owner.cancel(orderId), 200);
    await (await scene.enter()).order(id, { doorKey });
    return { saleId: id, act: paid(scene, token) };
  },
};

const recording = (name: string, prepare: Flow['prepare']): Flow => ({
  name,
  fn: 'Record',
  prepare,
});

const recordingReserved = recording('a record of a reservation', async (scene) => {
  const shopper = await scene.enter();
  await shopper.ticket(saleId);
  return { saleId, act: () => shopper.order(saleId) };
});

const recordingReleased = recording('a record of a release', async (scene) => {
  const shopper = await scene.enter();
  const orderId = await shopper.order(saleId);
  return { saleId, act: () => shopper.cancel(orderId) };
});

/** Kills a function after its first update of an item of a sale. */
async function killed(scene: Scene, fn: string, id: string, act: () => Promise<unknown>) {
  const fault = scene.stack.faults.add({
    ...{ function: fn, operation: 'UpdateItem', nth: 1, action: 'kill-after' },
    when: ({ body }) => body.includes(`#${id}#`),
  });
  await act();
  fault.remove();
}

/** One order that expires, one that is settled, one never confirmed, one whose cancel stopped half way. */
const sweeping: Flow = {
  name: 'a sweep',
  fn: 'Sweep',
  sparse: 3,
  async prepare(scene, number) {
    const { stack, sandbox } = scene;
    const id = `swept-${number}`;
    const { doorKey } = await openSale(scene, id, 5);
    await (await scene.enter()).order(id, { doorKey });
    const [payer, lost, half] = [await scene.enter(), await scene.enter(), await scene.enter()];
    sandbox.pay(await payer.token(await payer.order(id, { doorKey })));
    const orderId = await half.order(id, { doorKey });
    await killed(scene, 'Buy', id, () => lost.buy(id, { doorKey }));
    await killed(scene, 'Order', id, () => half.cancel(orderId));
    return { saleId: id, act: () => stack.invoke('Sweep', { saleId: id }).catch(() => {}) };
  },
  ripen: (scene) => scene.stack.clock.advance(17 * 60_000),
};

/** What shoppers and the payment provider ask for. */
export const REQUEST_FLOWS: readonly Flow[] = [
  buying('a buy that is tried again', true),
  buying('a buy that is left', false),
  soldOut,
  cancelling,
  checkingOut,
  paying,
  payingLate,
  payingInVain,
];

/** What happens by itself. */
export const BEHIND_FLOWS: readonly Flow[] = [recordingReserved, recordingReleased, sweeping];
