/** @module What must hold once faults have stopped and two sweeps have run, for many sales at a time. */

import { auditSale } from '../../adapters/audit-sale.ts';
import { findingsOf, PROMISES } from '../../domain/audit.ts';
import { inParallel } from '../../domain/parallel.ts';
import { MINUTE_MS, SWEPT_MS } from '../stack/scene.ts';
import { tell } from './flow.ts';
import type { Stage } from './ground.ts';
import { hurried } from './hurried.ts';
import { messagesLeft } from './messages-left.ts';
import { snapshotOf } from './snapshot.ts';

/** Something that must not be. */
export type Flaw = {
  /** The sale that it is in; nothing where it is in none. */
  readonly saleId?: string;
  /** An order, a shopper's cookie, a payment or an item's key. */
  readonly id: string;
  readonly what: string;
};

const AT_ONCE = 8;

/** What may lie in dead-letter queues. */
export type Poison = readonly string[];

/** Ends all faults, lets what is under way end, sweeps twice, and judges. */
export async function verdictOn(
  stage: Stage,
  sales: readonly string[],
  poison: Poison = [],
): Promise<readonly Flaw[]> {
  await calm(stage);
  // Orders that are still to be paid must be recorded by now: once they expire they are recorded anyhow. Messages whose
  // batch died come again after three minutes.
  await sweptTwice(stage, sales, 2 * MINUTE_MS);
  const early = await unrecorded(stage, new Set(sales));
  await stage.scene.stack.clock.advance(SWEPT_MS);
  await sweptTwice(stage, sales, 0);
  return [
    ...early,
    ...(await brokenPromises(stage, sales)),
    ...(await moneyAstray(stage, new Set(sales))),
    ...(await messagesLeft(stage.scene, poison)),
  ];
}

async function calm({ scene }: Stage): Promise<void> {
  const { stack, sandbox } = scene;
  stack.faults.clear();
  for (const name of Object.keys(stack.requests.functions)) stack.skew(name, 0);
  await hurried(scene, () => sandbox.settled());
  // A provider tries for days; this one gave up after a second.
  for (const { reference } of sandbox.undelivered()) {
    await hurried(scene, () => tell(sandbox, reference));
  }
}

/** @param apartMs Before each of the two */
async function sweptTwice(
  { scene: { stack } }: Stage,
  sales: readonly string[],
  apartMs: number,
): Promise<void> {
  for (let sweeps = 0; sweeps < 2; sweeps++) {
    await stack.clock.advance(apartMs);
    await inParallel(AT_ONCE, sales, async (saleId) => {
      await stack.invoke('Sweep', { saleId });
    });
    await stack.settle();
  }
}

/** Orders that somebody was told of. */
async function unrecorded({ scene }: Stage, sales: ReadonlySet<string>): Promise<Flaw[]> {
  const { hasRecord } = await snapshotOf(scene.deployment);
  return scene.answers.flatMap(({ saleId, orderId }) => {
    if (orderId === undefined || !sales.has(saleId) || hasRecord(orderId)) return [];
    return [{ saleId, id: orderId, what: 'was acknowledged and has no record' }];
  });
}

/** Judged as one in which something crashed. */
async function brokenPromises({ scene }: Stage, sales: readonly string[]): Promise<Flaw[]> {
  const snapshot = await snapshotOf(scene.deployment);
  const answers = Map.groupBy(scene.answers, ({ saleId }) => saleId);
  const flaws: Flaw[] = [];
  await inParallel(AT_ONCE, sales, async (saleId) => {
    const own = answers.get(saleId) ?? [];
    const books = { ...scene.deployment, db: snapshot.db };
    const { promises } = await auditSale(books, saleId, { answers: own, crashed: true });
    const broken = PROMISES.flatMap((name) =>
      findingsOf(promises[name]).map(({ id, what }) => ({ id, what: `${name}: ${what}` })),
    );
    flaws.push(...broken.map((one) => ({ saleId, ...one })));
  });
  return flaws;
}

/** Payments whose money neither bought something nor went back, or did both, or went back twice. */
async function moneyAstray({ scene }: Stage, sales: ReadonlySet<string>): Promise<Flaw[]> {
  const { payments, refunds } = scene.sandbox.statement();
  const flaws: Flaw[] = [];
  const own = payments.filter(({ orderId }) => sales.has(orderId.split('.')[0] ?? ''));
  await inParallel(AT_ONCE, own, async ({ reference, orderId }) => {
    const bought = (await scene.claim(orderId))?.payment === reference ? 1 : 0;
    const back = refunds.filter((one) => one.reference === reference).length;
    if (bought + back === 1) return;
    const what = `payment ${reference} bought ${bought} orders and went back ${back} times`;
    flaws.push({ saleId: orderId.split('.')[0] ?? '', id: orderId, what });
  });
  return flaws;
}
