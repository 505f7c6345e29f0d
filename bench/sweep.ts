/**
 * @module
 * `sweep`: what the sweep of a sale of a million units takes and costs, with nothing open, with more and more orders
 * open, and once all of them are paid: it is to follow those that are open.
 */

import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { auditSale } from '../adapters/audit-sale.ts';
import { type LocalSale, startLocalSale } from '../cli/local-sale.ts';
import { findingsOf, isBroken, PROMISES } from '../domain/audit.ts';
import { blocksOf } from '../domain/items.ts';
import { draft, load } from './loader.ts';
import { type LargeSale, publishLarge } from './million.ts';
import { openSale } from './open-sale.ts';
import type { Options, Scenario } from './scenario.ts';
import { courseOf, figuresOf, type Level } from './sweep-figures.ts';
import { type SweepRun, sweepOnce } from './sweep-run.ts';

const MILLION = 1_000_000;

/** What CI can load in a second. */
const FEW = 20_000;

const HOUR_MS = 3_600_000;

/** When orders were made: a sweep leaves younger ones alone. */
const AGE_MS = 600_000;

export const sweep: Scenario = {
  name: 'sweep',
  about: 'the sweep of 1 M units; 20,000 with --seconds 1, and 50,000 open orders too from 5 on',
  async run(options) {
    const now = Date.now();
    // The stack's own sale stays closed: nothing is swept but what is measured.
    const local = await startLocalSale({ sale: openSale(1, now + 20 * HOUR_MS) });
    try {
      return await measureAll(local, options, now);
    } finally {
      await local.stop();
    }
  },
};

/** How many units, and with how many open orders they are swept. */
export function sizesOf(seconds: number) {
  const units = seconds < 2 ? FEW : MILLION;
  const shares = seconds < 5 ? [0, 0.001, 0.01] : [0, 0.001, 0.01, 0.05];
  return { units, opens: shares.map((share) => units * share) };
}

async function measureAll(local: LocalSale, { rounds, seconds }: Options, now: number) {
  const { units, opens } = sizesOf(seconds);
  const { deployment, stack } = local;
  const tables = new DynamoDBClient(stack.clientOverrides);
  const store = draft();
  const large = await publishLarge(store, units, now, deployment.secret);
  const fill = () => load(tables, deployment.tables, store.take());
  await fill();
  // What is compiled and connected by the first is not the sweep's.
  await sweepOnce(local, large, 0);
  const levels: Level[] = [];
  for (const open of opens) {
    await large.order(open - (levels.at(-1)?.open ?? 0), now - AGE_MS);
    await fill();
    levels.push({ open, runs: await sweeps(local, large, open, rounds) });
  }
  await large.pay(now - AGE_MS / 2);
  await fill();
  const settling = await sweepOnce(local, large, 0);
  const after = { open: 0, runs: await sweeps(local, large, 0, rounds) };
  await assertClean(local, large);
  const size = { shards: large.shards, ranges: blocksOf(large.shards).length };
  const of = `${inWords(units)} units in ${inWords(size.shards)} shards`;
  return [
    ...levels.map((level) => ({
      title: `${of}, ${inWords(level.open)} orders open`,
      figures: figuresOf(level, size),
    })),
    {
      title: `${of}, ${inWords(opens.at(-1) ?? 0)} sold, none open`,
      figures: figuresOf(after, size),
    },
    { title: 'It follows open orders', figures: courseOf(levels, after, settling, size) },
  ];
}

async function sweeps(
  local: LocalSale,
  large: LargeSale,
  open: number,
  count: number,
): Promise<readonly SweepRun[]> {
  const runs: SweepRun[] = [];
  while (runs.length < count) runs.push(await sweepOnce(local, large, open));
  return runs;
}

/** Neither what was loaded nor what the sweeps made of it may break a promise. */
async function assertClean({ deployment }: LocalSale, { item }: LargeSale): Promise<void> {
  const verdict = await auditSale(deployment, item.saleId);
  if (!isBroken(verdict)) return;
  const [found] = PROMISES.flatMap((name) => findingsOf(verdict.promises[name]));
  throw new Error(`Cannot measure sweeps: the audit is not clean: ${found?.id} ${found?.what}`);
}

const inWords = (count: number): string => count.toLocaleString('en');
