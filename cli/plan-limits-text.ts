/** @module What limits a planned sale, as text for a terminal: second by second, first and next, and what more would buy. */

import type { Link } from '../capacity/chain.ts';
import type { Exceeded } from '../capacity/exceeded.ts';
import { LIMITS, type LimitName, raiseText } from '../capacity/limits.ts';
import type { Scene } from '../capacity/scenes.ts';
import type { Second } from '../capacity/second.ts';
import type { SceneStudy, Study } from '../capacity/study.ts';
import type { Quantiles, Waits } from '../capacity/waits.ts';
import { oneMoreLines } from './plan-one-more-text.ts';
import { figure, planLine, time } from './plan-words.ts';
import { type Column, tableLines } from './table.ts';

const SCENE_NAMES: Readonly<Record<Scene, string>> = {
  asItIs: 'as it is',
  suggested: 'as suggested',
  raised: 'with what to ask for',
};

const SCENES = Object.keys(SCENE_NAMES) as Scene[];

/** @param where such as `us-east-1, stage prod` */
export function limitsText({ plan, scenes, chain }: Study, where: string): string {
  return [
    planLine(plan, where),
    '',
    'Second by second, as it is; an answer is what a shopper waits for from the first press in the slot',
    ...tableLines(SECOND_COLUMNS, shownOf(scenes.asItIs)),
    '',
    'How long it takes, by the model',
    ...tableLines(SCENE_COLUMNS, rowsOf(scenes)),
    '',
    ...SCENES.flatMap((scene) => [
      `Exceeded first, ${SCENE_NAMES[scene]}: ${figure(scenes[scene].plan.perSecond)} admitted a second`,
      ...exceededLines(scenes[scene].exceeded),
      '',
    ]),
    'One after the other, from the account as it is: the first that refuses anybody is raised, then the next',
    ...chainLines(chain),
    '',
    ...SCENES.flatMap((scene) => [
      `One more unit, ${SCENE_NAMES[scene]}: what it changes, reckoned from a step; less than 0 is better`,
      ...oneMoreLines(scenes[scene]),
      '',
    ]),
  ]
    .join('\n')
    .trimEnd();
}

/** Of these seconds something is said; the first are what a sale is about. */
const SHOWN = [1, 2, 3, 5, 10, 20, 30, 60, 120, 240, 600];

type Shown = Second & Waits & { readonly number: number };

const shownOf = ({ seconds }: SceneStudy): readonly Shown[] =>
  SHOWN.flatMap((number) => {
    const second = seconds[number - 1];
    return second === undefined ? [] : [{ ...second, number }];
  });

/** Such as `94 ms`, `2.4 s` or `110 s`. */
function duration(seconds: number | undefined): string {
  if (seconds === undefined) return '–';
  if (seconds < 1) return `${figure(seconds * 1000)} ms`;
  return `${seconds < 10 ? seconds.toFixed(1) : figure(seconds)} s`;
}

const count = (name: string, of: (second: Shown) => number): Column<Shown> => ({
  name,
  text: (second) => figure(of(second)),
});

const SECOND_COLUMNS: readonly Column<Shown>[] = [
  count('second', ({ number }) => number),
  count('at the edge', ({ edgeRequests }) => edgeRequests),
  count('presses', ({ clicks }) => clicks),
  count('admitted', ({ admitted }) => admitted),
  count('API', ({ apiRequests }) => apiRequests),
  count('Lambda', ({ environments }) => environments),
  count('sold', ({ sold }) => sold),
  count('writes', ({ writes }) => writes),
  count('records', ({ queue }) => queue),
  { name: 'answer p50', text: ({ answer }) => duration(answer?.p50) },
  { name: 'p95', text: ({ answer }) => duration(answer?.p95) },
  { name: 'p99', text: ({ answer }) => duration(answer?.p99) },
];

type Row = { readonly name: string; readonly texts: Readonly<Record<Scene, string>> };

function rowsOf(scenes: Study['scenes']): readonly Row[] {
  const row = (name: string, of: (study: SceneStudy) => string): Row => ({
    name,
    texts: {
      asItIs: of(scenes.asItIs),
      suggested: of(scenes.suggested),
      raised: of(scenes.raised),
    },
  });
  const three = (quantiles: Quantiles | undefined) =>
    quantiles === undefined
      ? '–'
      : [quantiles.p50, quantiles.p95, quantiles.p99].map(duration).join(', ');
  return [
    row('admitted a second', ({ plan }) => figure(plan.perSecond)),
    row('stock sold after', ({ summary }) => time(summary.soldOutAfter)),
    row('99% answered after', ({ summary }) => time(summary.answeredAfter)),
    row('shoppers who gave up', ({ summary }) => figure(summary.gaveUp)),
    row('a request: p50, p95, p99', ({ waits }) => three(waits.request)),
    row('an answer: p50, p95, p99', ({ waits }) => three(waits.answer)),
  ];
}

const SCENE_COLUMNS: readonly Column<Row>[] = [
  { name: '', text: ({ name }) => name, isLeft: true },
  ...SCENES.map((scene) => ({
    name: SCENE_NAMES[scene],
    text: ({ texts }: Row) => texts[scene],
  })),
];

const what = <T extends { readonly limit: LimitName }>(): Column<T> => ({
  name: 'limit',
  text: ({ limit }) => LIMITS[limit].what,
  isLeft: true,
});

const EXCEEDED_COLUMNS: readonly Column<Exceeded>[] = [
  what(),
  { name: 'from second', text: ({ second }) => figure(second) },
  { name: 'refused in it', text: ({ first }) => figure(first) },
  { name: 'at most, /s', text: ({ most }) => figure(most) },
  { name: 'in all', text: ({ total }) => figure(total) },
];

const exceededLines = (exceeded: readonly Exceeded[]): readonly string[] =>
  exceeded.length === 0 ? ['nothing'] : tableLines(EXCEEDED_COLUMNS, exceeded);

const CHAIN_COLUMNS: readonly Column<Link>[] = [
  what(),
  { name: 'second', text: ({ second }) => figure(second) },
  { name: 'has', text: ({ has }) => figure(has) },
  { name: 'ask for', text: ({ ask }) => (ask === undefined ? 'nobody' : figure(ask)) },
  { name: 'sold out', text: ({ after }) => time(after.soldOutAfter) },
  { name: 'answered', text: ({ after }) => time(after.answeredAfter) },
  { name: 'gave up', text: ({ after }) => figure(after.gaveUp) },
  { name: 'by', text: ({ limit }) => raiseText(LIMITS[limit]), isLeft: true },
];

const chainLines = (chain: readonly Link[]): readonly string[] =>
  chain.length === 0
    ? ['nothing: 99 of 100 have an answer, and did not give up']
    : tableLines(CHAIN_COLUMNS, chain);
