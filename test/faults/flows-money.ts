/** @module Every way through reconciliation, and refunds that wait for an operator. */

import { moneyDesk } from '../../adapters/money-desk.ts';
import { grantPlanned, planUnits } from '../../domain/allocation.ts';
import { approveRefund } from '../../domain/approve-refund.ts';
import { statusKey } from '../../domain/items.ts';
import { productIn, productKey } from '../../domain/product.ts';
import { putProduct } from '../../domain/put-product.ts';
import { set } from '../../domain/write.ts';
import { MINUTE_MS } from '../stack/scene.ts';
import { type Deed, expected, type Flow, ordered, tell } from './flow.ts';
import { called } from './flows-background.ts';
import { type Ground, insist } from './ground.ts';

/** What is too recent is not judged. */
const JUDGED_MS = 16 * MINUTE_MS;

/** Longer ago than any night looks back: it is about no sale of another case, and so it is quick. */
const LATER_MS = 90 * 24 * 60 * MINUTE_MS;

const MOST_TRIES = 8;

/** An operator approves, until it is done. @throws {Error} where it never is */
async function approved({ scene }: Ground, saleId: string, reference: string): Promise<void> {
  const { deployment } = scene;
  const world = { ...deployment, payments: moneyDesk(deployment).payments() };
  let kind = '';
  for (let tries = 0; tries < MOST_TRIES && kind !== 'refunded'; tries++) {
    ({ kind } = await approveRefund(world, saleId, reference, deployment.clock()));
  }
  expected(kind === 'refunded', `payment ${reference} goes back once it is approved: ${kind}`);
}

/** Pays while the shop is deaf, for good. @returns the reference */
async function unheard({ scene: { sandbox, stack } }: Ground, token: string, options = {}) {
  const deaf = stack.faults.add({ function: 'Payment', action: 'kill-before' });
  const { reference } = sandbox.pay(token, options);
  await sandbox.settled();
  deaf.remove();
  return reference;
}

const waiting: Flow = {
  name: 'a second payment that waits for approval',
  async prepare(ground) {
    const { sandbox } = ground.scene;
    const sale = await ground.sale({ refunds: 'approval', items: [{ units: 3 }] });
    const { shopper, orderId } = await ordered(ground, sale);
    const token = await shopper.token(orderId);
    sandbox.pay(token);
    await sandbox.settled();
    let reference = '';
    let isApproved = false;
    return {
      act: () => {
        ({ reference } = sandbox.pay(token, { forceNew: true }));
        return sandbox.settled();
      },
      async again() {
        await tell(sandbox, reference);
        const { refunds } = sandbox.statement();
        const isBack = refunds.some((one) => one.reference === reference);
        expected(isApproved || !isBack, 'nothing went back before');
        isApproved = true;
        await approved(ground, sale.id, reference);
      },
    };
  },
};

/** One that buys again, and one that is to wait. */
const untold: Flow = {
  name: 'a reconciliation that tells of payments',
  ripenMs: JUDGED_MS,
  async prepare(ground) {
    const sale = await ground.sale({ refunds: 'approval', items: [{ units: 6 }] });
    const late = await ordered(ground, sale);
    const lateToken = await late.shopper.token(late.orderId);
    await insist(ground, () => late.shopper.cancel(late.orderId), 200);
    const bought = await unheard(ground, lateToken);
    const twice = await ordered(ground, sale);
    const token = await twice.shopper.token(twice.orderId);
    await ground.scene.pay(token);
    const second = await unheard(ground, token, { forceNew: true });
    const { act, again } = called(ground, 'Reconcile', sale.id);
    return {
      act,
      async again() {
        await again?.();
        const claim = await ground.scene.claim(late.orderId);
        expected(claim?.payment === bought, `payment ${bought} bought again`);
        await approved(ground, sale.id, second);
      },
    };
  },
};

/** Its sweeps have ended, and nobody has bought. */
const over: Flow = {
  name: 'a reconciliation of a sale that is over',
  ripenMs: 70 * MINUTE_MS,
  async prepare(ground) {
    const { deployment, stack } = ground.scene;
    const { store } = deployment;
    const sku = `made-${ground.number()}`;
    const product = { sku, name: 'Made', price: 5, currency: 'EUR', total: 4 };
    await putProduct(store, product);
    const closesAt = stack.clock.now() + 10 * MINUTE_MS;
    const { id: saleId } = await ground.sale({
      ...{ closesAt, items: [{ sku, units: 4, fromProduct: true }] },
    });
    await planUnits(store, { saleId, sku, units: 4 });
    await grantPlanned(store, { saleId, sku, units: 4 });
    await store.write({ item: statusKey({ saleId, sku }), change: [set('quiet', 2)] });
    return {
      ...called(ground, 'Reconcile', saleId),
      async check() {
        const [item] = await store.read([productKey(sku)]);
        const { allocated } = productIn(item ?? {});
        expected(allocated === 0, `product ${sku} got its units back: ${allocated} are taken`);
      },
    };
  },
};

const night: Flow = {
  name: 'a night',
  async prepare(ground): Promise<Deed> {
    const { stack } = ground.scene;
    const before = stack.clock.now();
    const run = async () => {
      stack.skew('Reconcile', LATER_MS);
      try {
        await stack.invoke('Reconcile', {});
      } finally {
        stack.skew('Reconcile', 0);
      }
    };
    return {
      act: () => run().catch(() => {}),
      again: run,
      async check() {
        const text = await moneyDesk(ground.scene.deployment).text('reconciliation/-/latest.json');
        const { at } = JSON.parse(text) as { readonly at: number };
        expected(at > before, `there is a report of payments of no sale: of ${at}`);
      },
    };
  },
};

export const MONEY_FLOWS: readonly Flow[] = [waiting, untold, over, night];
