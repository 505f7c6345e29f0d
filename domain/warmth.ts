/**
 * @module
 * Environments of the buy function that stand ready before the crowd comes: a first request in a new one takes ten times
 * as long. How many, for how long, and what the tables should take at once. They cost by the second, busy or not.
 */

import type { PublishedSale } from './sale.ts';
import { slotWidthMs } from './slots.ts';
import type { EpochMs, Seconds } from './units.ts';

/** How long a buy is assumed to take: three sequential writes and a message. */
export const BUY_SECONDS: Seconds = 0.04;

/** Half as many again, for slow seconds. */
const SPARE = 1.5;

/**
 * However short they are, Lambda lets an environment answer no more requests a second.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/lambda-concurrency.html
 */
export const REQUESTS_PER_ENVIRONMENT = 10;

/** Warming up begins so long before the opening: hundreds of environments take some minutes. */
export const WARM_EARLY_MS = 15 * 60_000;

/** A sale that opens so soon counts already, so that the end of another one takes nothing from it. */
const AHEAD_MS = WARM_EARLY_MS + 5 * 60_000;

/** Beyond the last slot, and the units that come back unpaid after it, there is no crowd: what comes later starts cold. */
const WARM_LONGEST_MS = 30 * 60_000;

/** Write units of a buy that has luck, and what unlucky probes and the last second of a crowd add. */
const WRITES_PER_BUY = 3.2;
const WRITES_SPARE = 1.25;

/** Until when environments are kept for a sale. */
export const warmUntil = ({
  opensAt,
  closesAt,
  admission,
}: Pick<PublishedSale, 'opensAt' | 'closesAt' | 'admission'>): EpochMs =>
  Math.min(closesAt, opensAt + slotWidthMs(admission) + WARM_LONGEST_MS);

/** Whether a sale wants environments now: its crowd is there, or soon will be. */
export const isWarm = (sale: PublishedSale, now: EpochMs): boolean =>
  now >= sale.opensAt - AHEAD_MS && now < warmUntil(sale);

/** How many environments admit so many shoppers a second. */
export const environmentsFor = (perSecond: number): number =>
  Math.max(
    Math.ceil(perSecond * BUY_SECONDS * SPARE),
    // Divided, not multiplied by a tenth: 70 a second take 7, in whole numbers.
    Math.ceil(perSecond / REQUESTS_PER_ENVIRONMENT),
  );

/**
 * How many environments there should be for all sales together.
 *
 * @param most what the stage allows
 */
export const wantedEnvironments = (
  sales: readonly PublishedSale[],
  now: EpochMs,
  most: number,
): number =>
  environmentsOf(
    sales.filter((sale) => isWarm(sale, now)),
    most,
  );

/** The same for sales that are known to want some. */
export const environmentsOf = (sales: readonly PublishedSale[], most: number): number =>
  Math.min(
    most,
    environmentsFor(sales.reduce((sum, { admission }) => sum + admission.perSecond, 0)),
  );

/** Write units a second that the stock table should take at once, for so many shoppers admitted a second. */
export const stockWritesFor = (perSecond: number): number =>
  Math.ceil(perSecond * WRITES_PER_BUY * WRITES_SPARE);

/** What was asked for, and what has come of it. */
export type Asked = {
  /** 0: nothing was asked for. */
  readonly environments: number;
  /** How many stand ready. */
  readonly ready: number;
  /** They could not be had, and will not come by themselves. */
  readonly isFailed: boolean;
};

/** The environments of one function that are kept ready. */
export interface Warmth {
  asked(): Promise<Asked>;
  /** Asks for so many, 1 or more; they are started within minutes. Repeatable. */
  ask(environments: number): Promise<void>;
  /** Wants none any more. Repeatable. */
  release(): Promise<void>;
}

export type WarmOutcome = {
  readonly kind: 'changed' | 'unchanged';
  /** How many were asked for until now. */
  readonly before: number;
  readonly now: number;
};

/** Has as many kept ready as are wanted. Where they are asked for already, nothing is called but the look. */
export async function converge(warmth: Warmth, wanted: number): Promise<WarmOutcome> {
  const { environments: before, isFailed } = await warmth.asked();
  if (before === wanted && !isFailed) return { kind: 'unchanged', before, now: wanted };
  await (wanted === 0 ? warmth.release() : warmth.ask(wanted));
  return { kind: 'changed', before, now: wanted };
}
