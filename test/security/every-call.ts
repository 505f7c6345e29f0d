/** @module A sale's whole life, so varied that every function makes every call that it knows. */

import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { closeNow } from '../../domain/closing.ts';
import { openOffice } from '../stack/office.ts';
import { approveLate, workOffice } from '../stack/office-work.ts';
import { type Scene, startScene } from '../stack/scene.ts';
import type { Grant } from './grants.ts';
import { AUDIENCE, realToken } from './identity-tokens.ts';
import { startIssuer } from './issuer.ts';
import { watchCalls } from './seen-calls.ts';

const MINUTE_MS = 60_000;

/** More than 200 shards of 40 units: the sweep splits it. */
const MANY_UNITS = 40 * 201;

/** Lives it. */
export async function reachEveryCall(): Promise<{
  readonly seen: ReadonlyMap<string, Grant>;
  stop(): Promise<void>;
}> {
  const issuer = await startIssuer('k1');
  const office = await openOffice();
  const shoppers = { OidcIssuer: issuer.url, OidcAudience: AUDIENCE };
  const parameters = { ...shoppers, ...office.parameters, MostWarm: '2' };
  const items = [
    { units: 50, limit: 2 },
    { sku: 'last', units: 1 },
    { sku: 'endless', units: 'unlimited' as const },
  ];
  const closesAt = Date.now() + 30 * MINUTE_MS;
  const scene = await startScene(
    { id: 'life', closesAt, paymentWindow: 120, items },
    { parameters },
  );
  const stop = async () => {
    await scene.stop();
    await issuer.stop();
    await office.stop();
  };
  const seen = watchCalls(scene);
  const authorization = `Bearer ${realToken({ real: issuer, hostile: issuer })}`;
  await scene.ask('POST', '/api/session', { headers: { authorization } });
  await publishMore(scene);
  await scene.open();
  await scene.ask('GET', '/api/sales/life');
  await sell(scene);
  await sellTheLast(scene);
  const token = await office.token();
  await workOffice(scene, token);
  await approveLate(scene, token, 'late');
  await scene.stack.settle();
  // Orders expire, both sales close, and are swept until nothing is open and their schedules are gone.
  await leaveUntold(scene);
  await dropProducts(scene);
  await scene.stack.clock.advance(60 * MINUTE_MS);
  await scene.stack.settle();
  // A night: it tells of what was not heard, and gives a product what its sale did not sell.
  await scene.stack.invoke('Reconcile', {});
  await scene.stack.settle();
  await coolDown(scene);
  return { seen, stop };
}

const publishMore = (scene: Scene) =>
  scene.publish({
    id: 'large',
    closesAt: scene.stack.clock.now() + 10 * MINUTE_MS,
    items: [{ units: MANY_UNITS }],
  });

/** Orders that are paid, cancelled, paid too late, paid twice, and left. */
async function sell(scene: Scene): Promise<void> {
  const [paying, cancelling, late, leaving] = await Promise.all([1, 2, 3, 4].map(scene.enter));
  if (!paying || !cancelling || !late || !leaving) throw new Error('Cannot sell: nobody is there');
  const paid = await paying.order('life');
  const token = await paying.token(paid);
  await scene.pay(token);
  await scene.pay(token, { forceNew: true });
  await paying.look(paid);
  const cancelled = await cancelling.order('life');
  await cancelling.cancel(cancelled);
  await scene.stack.settle();
  // A claim that has gone on: the record knows what became of the order.
  await cancelling.order('life');
  await cancelling.look(cancelled);
  const lost = await late.order('life');
  const lateToken = await late.token(lost);
  await late.cancel(lost);
  await scene.pay(lateToken);
  await leaving.order('life');
  // Unlimited stock has no shards: the sweep finds its orders by their records.
  await leaving.order('life', { sku: 'endless' });
}

/** The last unit, what follows when it is gone, and a payment for it that comes too late. */
async function sellTheLast(scene: Scene): Promise<void> {
  const [first, second] = [await scene.enter(), await scene.enter()];
  const lost = await first.order('life', { sku: 'last' });
  const token = await first.token(lost);
  await first.cancel(lost);
  await scene.order(second, 'life', { sku: 'last' });
  await scene.stack.clock.advance(2000);
  await first.buy('life', { sku: 'last' });
  await scene.pay(token);
}

/** A product that is new, and then another price of it. */
async function dropProducts({ stack }: Scene): Promise<void> {
  const s3 = new S3Client({ ...stack.clientOverrides, forcePathStyle: true });
  const Bucket = stack.outputs['ImportsBucket'] ?? '';
  for (const price of [1, 2]) {
    const Body = `sku,name,price,currency,total\nCAP,Cap,${price},EUR,5\n`;
    await s3.send(new PutObjectCommand({ Bucket, Key: 'incoming/caps.csv', Body }));
    await stack.settle();
  }
}

/** Payments that the shop does not hear of: one came too late and can buy again, the other is one too many. */
async function leaveUntold(scene: Scene): Promise<void> {
  const { stack, sandbox } = scene;
  const opensAt = stack.clock.now() - 1000;
  const sale = { id: 'untold', opensAt, refunds: 'approval', items: [{ units: 4 }] } as const;
  const { doorKey } = await scene.publishBare(sale);
  const [late, twice] = [await scene.enter(), await scene.enter()];
  const lost = await late.order('untold', { doorKey });
  const lateToken = await late.token(lost);
  await late.cancel(lost);
  const token = await twice.token(await twice.order('untold', { doorKey }));
  await scene.pay(token);
  const deaf = stack.faults.add({ function: 'Payment', action: 'kill-before' });
  sandbox.pay(lateToken);
  sandbox.pay(token, { forceNew: true });
  await sandbox.settled();
  deaf.remove();
}

/** Sales end, whenever they were to: then nothing is kept ready any more. */
async function coolDown({ deployment, stack }: Scene): Promise<void> {
  for (const { id } of await deployment.catalogue.sales()) await closeNow(deployment, id);
  await stack.invoke('Warm', { saleId: 'life' });
  await stack.settle();
}
