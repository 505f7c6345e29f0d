/** @module A sale's whole life, so varied that every function makes every call that it knows. */

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
  const parameters = { OidcIssuer: issuer.url, OidcAudience: AUDIENCE };
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
  };
  const seen = watchCalls(scene);
  const authorization = `Bearer ${realToken({ real: issuer, hostile: issuer })}`;
  await scene.ask('POST', '/api/session', { headers: { authorization } });
  await publishMore(scene);
  await scene.open();
  await scene.ask('GET', '/api/sales/life');
  await sell(scene);
  await sellTheLast(scene);
  await scene.stack.settle();
  // Orders expire, both sales close, and are swept until nothing is open and their schedules are gone.
  await scene.stack.clock.advance(60 * MINUTE_MS);
  await scene.stack.settle();
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
