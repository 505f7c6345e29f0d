/** @module Functions whose clocks are half a minute wrong, one by one and in pairs. */

import { MINUTE_MS } from '../stack/scene.ts';
import { buys, expected, ordered, tell } from './flow.ts';
import { AUDIENCE, type Ground, insist, type Selling } from './ground.ts';
import { hurried } from './hurried.ts';
import type { Scenario } from './scenarios.ts';
import { FUNCTIONS } from './singles.ts';

const SKEW_MS = 30_000;

/** The clocks that decide between a payment and a rollback. */
const RIVALS = ['Buy', 'Payment', 'Sweep'];

type Skews = Readonly<Record<string, number>>;

/** Their clocks decide nothing that another function's decides too: one acts for a person, one reads files. */
const ALONE = new Set(['Operate', 'Import']);

const SINGLY: readonly Skews[] = FUNCTIONS.filter((fn) => !ALONE.has(fn)).flatMap((fn) => [
  { [fn]: SKEW_MS },
  { [fn]: -SKEW_MS },
]);

const PAIRS: readonly Skews[] = RIVALS.flatMap((one, at) =>
  RIVALS.slice(at + 1).flatMap((other) =>
    [SKEW_MS, -SKEW_MS].flatMap((ms) => [
      { [one]: ms, [other]: SKEW_MS },
      { [one]: ms, [other]: -SKEW_MS },
    ]),
  ),
);

const skewed = (skews: Skews): Scenario => ({
  name: `clocks wrong: ${Object.entries(skews)
    .map(([fn, ms]) => `${fn} ${ms > 0 ? '+' : '-'}30 s`)
    .join(', ')}`,
  async run(ground) {
    const { stack } = ground.scene;
    const before = stack.requests.functions;
    for (const [fn, ms] of Object.entries(skews)) stack.skew(fn, ms);
    await day(ground);
    const invocations = (fn: string) =>
      (stack.requests.functions[fn]?.invocations ?? 0) - (before[fn]?.invocations ?? 0);
    return Math.min(...Object.keys(skews).map(invocations));
  },
});

/** A short sale, with all that can happen to an order. Tickets live longer than clocks differ. */
async function day(ground: Ground): Promise<void> {
  const { stack } = ground.scene;
  const { clock } = stack;
  const opensAt = clock.now() - MINUTE_MS;
  const sale = await ground.sale({
    ...{ opensAt, closesAt: clock.now() + 8 * MINUTE_MS, paymentWindow: 180 },
    ...{ items: [{ units: 3 }] },
    admission: { expectedShoppers: 0, perSecond: 250, difficulty: 0, ticketSeconds: 60 },
  });
  const opening = stack.invoke('Open', { saleId: sale.id });
  await signIn(ground);
  await orders(ground, sale);
  await opening;
  for (const minutes of [1, 2, 2]) {
    await clock.advance(minutes * MINUTE_MS);
    await ground.scene.sweep(sale.id);
  }
  await ordered(ground, sale);
  await clock.advance(4 * MINUTE_MS);
  const closing = stack.invoke('Close', { saleId: sale.id });
  await hurried(ground.scene, () => closing);
  await stack.invoke('Reconcile', { saleId: sale.id });
}

/** One is paid, one is cancelled and paid all the same, one is left; then everything is gone. */
async function orders(ground: Ground, sale: Selling): Promise<void> {
  const { sandbox } = ground.scene;
  const payer = await ordered(ground, sale);
  await ground.scene.pay(await payer.shopper.token(payer.orderId));
  const canceller = await ordered(ground, sale);
  const token = await canceller.shopper.token(canceller.orderId);
  await insist(ground, () => canceller.shopper.cancel(canceller.orderId), 200);
  const { reference } = sandbox.pay(token);
  await sandbox.settled();
  await tell(sandbox, reference);
  await ordered(ground, sale);
  await insist(ground, buys(await ground.enter(), sale), 409);
  ground.scene.stack.clearCache();
  const { status } = await ground.scene.ask('GET', `/api/sales/${sale.id}`);
  expected(status === 200, `the status page answers: ${status}`);
}

async function signIn({ scene, issuer }: Ground): Promise<void> {
  const now = Math.floor(scene.stack.clock.now() / 1000);
  const times = { iat: now, nbf: now - 60, exp: now + 600 };
  const token = await issuer.token({ sub: 'grace', aud: AUDIENCE, ...times });
  const headers = { authorization: `Bearer ${token}` };
  const { status } = await scene.ask('POST', '/api/session', { headers });
  expected(status === 204, `somebody can sign in: ${status}`);
}

export const CLOCK_SCENARIOS: readonly Scenario[] = [...SINGLY, ...PAIRS].map(skewed);
