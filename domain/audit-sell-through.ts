/**
 * @module
 * The promise `exact-sell-through`: when demand for single units is at least the stock, every unit is sold, and "sold
 * out" is not said while a unit is free.
 */

import { isGranted, type ShopperAnswer } from './audit-answers.ts';
import { type Finding, type Ledger, sum, TOLERATED_MS } from './audit-books.ts';
import { leastFree, type Timeline, timelineOf } from './audit-timeline.ts';

/** How long "sold out" may be said while a unit is free, when nothing crashed. */
const STALE_MS = 3_000;

/** Answers that send a shopper away without deciding anything. */
const UNDECIDED: ReadonlySet<string | undefined> = new Set([
  'busy',
  'too-many-requests',
  'unavailable',
]);

export type SellThrough = {
  readonly findings: readonly Finding[];
  /** What would break the promise if demand had been higher. */
  readonly observations: readonly Finding[];
};

/** What shoppers were told, against what was free when they were told it. */
export function unsold(
  ledger: Ledger,
  answers: readonly ShopperAnswer[],
  crashed: boolean,
): SellThrough {
  const own = answers.filter(({ sku }) => sku === ledger.item.sku);
  if (ledger.item.units === 'unlimited')
    return { findings: own.flatMap(endless), observations: [] };
  const scene: Scene = {
    line: timelineOf(ledger),
    shards: ledger.books.shards.length,
    toleratedMs: crashed ? TOLERATED_MS : STALE_MS,
  };
  const lies = own.flatMap((answer) => lie(scene, answer));
  const leftAlone = lastAnswers(own).flatMap((answer) => turnedAway(scene, answer));
  return demandOf(own) >= sum(ledger.books.shards.map(({ shard }) => shard.cap))
    ? { findings: [...lies, ...leftAlone], observations: [] }
    : { findings: lies, observations: leftAlone };
}

type Scene = {
  readonly line: Timeline;
  readonly shards: number;
  readonly toleratedMs: number;
};

function endless({ shopper, code }: ShopperAnswer): Finding[] {
  if (code !== 'sold-out' && code !== 'quantity-unavailable') return [];
  return [{ id: shopper, what: `was told ${code} of an item without end` }];
}

function lie(scene: Scene, answer: ShopperAnswer): Finding[] {
  if (answer.code === 'sold-out') return notSoldOut(scene, answer);
  return answer.code === 'quantity-unavailable' ? notUnavailable(scene, answer) : [];
}

/** The answer was decided somewhere between the question and its arrival. */
const windowOf = ({ toleratedMs }: Scene, { askedAt, at }: ShopperAnswer) =>
  [(askedAt ?? at) - toleratedMs, at] as const;

function notSoldOut(scene: Scene, answer: ShopperAnswer): Finding[] {
  const least = leastFree(scene.line, ...windowOf(scene, answer));
  if (least <= 0) return [];
  const what = `was told sold-out at ${answer.at}, when ${least} units had been free for ${scene.toleratedMs} ms`;
  return [{ id: answer.shopper, what }];
}

/** More free units than shards × largest: one shard must have had more than the largest. */
function notUnavailable(scene: Scene, answer: ShopperAnswer): Finding[] {
  const { shopper, quantity, largest, at } = answer;
  if (largest === undefined) return [];
  if (largest >= quantity) {
    return [
      {
        id: shopper,
        what: `was refused ${quantity} units, and told that ${largest} are available`,
      },
    ];
  }
  const most = largest * scene.shards;
  const least = leastFree(scene.line, ...windowOf(scene, answer), most);
  if (least <= most) return [];
  const what = `was told at ${at} that at most ${largest} are available, when ${least} were free in ${scene.shards} shards`;
  return [{ id: shopper, what }];
}

/**
 * The last answer of each shopper who in the end got nothing decided. A click beside the one that was granted is not
 * the end: it was asked before the other was answered.
 */
function lastAnswers(answers: readonly ShopperAnswer[]): ShopperAnswer[] {
  return [...Map.groupBy(answers, ({ shopper }) => shopper).values()].flatMap((own) => {
    const last = own.reduce((latest, one) => (one.at >= latest.at ? one : latest));
    const asked = last.askedAt ?? last.at;
    const isTwin = own.some((one) => isGranted(one) && one.at >= asked);
    return isTwin ? [] : [last];
  });
}

/** Whoever gave up, and could have had a unit that was free then and is free still. */
function turnedAway(scene: Scene, answer: ShopperAnswer): Finding[] {
  if (!UNDECIDED.has(answer.code)) return [];
  const [from] = windowOf(scene, answer);
  const least = leastFree(scene.line, from, Number.POSITIVE_INFINITY);
  if (least <= 0) return [];
  return [
    {
      id: answer.shopper,
      what: `gave up on ${answer.code}, and ${least} units stayed free to the end`,
    },
  ];
}

/** How many shoppers wanted a single unit. */
const demandOf = (answers: readonly ShopperAnswer[]): number =>
  new Set(answers.filter(({ quantity }) => quantity === 1).map(({ shopper }) => shopper)).size;
