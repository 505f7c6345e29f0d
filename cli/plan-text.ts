/** @module A plan as text for a terminal: what it needs, what becomes of it, what it costs. */

import type { Cost } from '../capacity/cost.ts';
import type { Need } from '../capacity/demand.ts';
import { LIMITS, raiseText } from '../capacity/limits.ts';
import type { Report, ReportScene } from '../capacity/report.ts';
import { OUTCOMES, type Outcome } from '../capacity/second.ts';
import type { Summary } from '../capacity/summary.ts';
import { adviceLines } from './plan-advice-text.ts';
import { figure, planLine, time } from './plan-words.ts';
import { type Column, tableLines } from './table.ts';

/** Columns of a terminal that nobody has made wider. */
const WIDTH = 100;

/** Columns of the chart, one for each second or more. */
const CHART = 78;

const BLOCKS = ' ▁▂▃▄▅▆▇█';

/** Of a limit that is used less than that nobody has to think. */
const WORTH_SAYING = 0.05;

/** @param where such as `us-east-1, stage prod` */
export function planText(report: Report, where: string): string {
  const { plan, demand, cost } = report;
  return [
    planLine(plan, where),
    '',
    ...settings(report),
    '',
    'What it needs at its worst second, with the whole crowd there',
    ...needLines(demand.needs),
    '',
    ...chart(report),
    '',
    'What becomes of it, by the model',
    ...tableLines(SCENE_COLUMNS, sceneRows(report), WIDTH),
    '',
    'What it costs, in USD, without free tiers; naive: as if nothing but its counter had a limit',
    ...costLines(cost.edge, cost.naive),
    '',
    ...adviceLines(report),
  ].join('\n');
}

const EDGE_DELAY = LIMITS.edgeDelay.value;

function settings({ plan, demand }: Report): string[] {
  const slots =
    plan.expectedShoppers === 0
      ? 'none: first come, first served'
      : `over ${time(demand.slotSeconds)}, one admitted every ${(1e6 / plan.perSecond).toFixed(0)} µs`;
  return [
    `slots        ${slots}`,
    `shards       ${figure(demand.shards)}, swept each minute in ${ranges(demand.sweepRanges)}, ${time(demand.sweepSeconds)} a sweep`,
    `warm up      ${figure(demand.provision)} environments of the buy function; the model has them ready`,
    `records      written ${demand.drainSeconds < 1 ? 'as fast as orders come' : `until ${time(demand.drainSeconds)} after the last order`}`,
    `edge         a change of the sale (pause, resume) reaches every edge after ${time(EDGE_DELAY)}`,
  ];
}

const ranges = (count: number): string => (count === 1 ? 'one range' : `${figure(count)} ranges`);

const NEED_COLUMNS: readonly Column<Need>[] = [
  { name: 'limit', text: ({ limit }) => LIMITS[limit].what, isLeft: true },
  { name: 'needs', text: ({ need }) => figure(Math.ceil(need)) },
  { name: 'has', text: ({ has }) => figure(has) },
  { name: 'unit', text: ({ limit }) => LIMITS[limit].unit, isLeft: true },
  { name: 'times', text: ({ factor }) => factor.toFixed(factor < 10 ? 2 : 0) },
  { name: 'ask for', text: ({ ask }) => (ask === undefined ? '' : figure(ask)) },
  {
    name: 'by',
    text: ({ limit, factor }) => (factor > 1 ? raiseText(LIMITS[limit]) : ''),
    isLeft: true,
  },
];

function needLines(needs: readonly Need[]): string[] {
  const said = needs.filter(({ factor }) => factor >= WORTH_SAYING);
  return tableLines(NEED_COLUMNS, said);
}

const SCENE_NAMES: Readonly<Record<ReportScene, string>> = {
  asItIs: 'as it is',
  suggested: 'as suggested below',
  raised: 'with what to ask for',
  naive: 'naive, as it is',
};

type Row = { readonly name: string; readonly of: (summary: Summary) => string };

const OUTCOME_NAMES: Readonly<Record<Outcome, string>> = {
  notYourTurn: 'refused at the edge',
  throttledEdge: 'throttled by CloudFront',
  throttledApi: 'throttled by API Gateway',
  throttledLambda: 'throttled by Lambda',
  throttledTable: 'throttled by DynamoDB',
  busy: 'asked to come again',
  soldOut: 'told "sold out"',
  sold: 'orders, some of them again',
};

const ROWS: readonly Row[] = [
  { name: 'stock sold after', of: ({ soldOutAfter }) => time(soldOutAfter) },
  { name: '99% answered after', of: ({ answeredAfter }) => time(answeredAfter) },
  { name: 'presses of Buy', of: ({ clicks }) => figure(clicks) },
  ...OUTCOMES.map((outcome) => ({
    name: `  ${OUTCOME_NAMES[outcome]}`,
    of: ({ outcomes }: Summary) => figure(outcomes[outcome]),
  })),
  { name: 'shoppers who gave up', of: ({ gaveUp }) => figure(gaveUp) },
  { name: 'most admitted in a second', of: ({ peak }) => figure(peak.admitted) },
  { name: 'most sold in a second', of: ({ peak }) => figure(peak.sold) },
  { name: 'most writes in a second', of: ({ peak }) => figure(peak.writes) },
  { name: 'most environments', of: ({ peak }) => figure(peak.environments) },
  { name: 'records late by at most', of: ({ queue }) => `${figure(queue.most)} messages` },
];

type SceneRow = Row & { readonly report: Report };

const sceneRows = (report: Report): readonly SceneRow[] => ROWS.map((row) => ({ ...row, report }));

const SCENE_COLUMNS: readonly Column<SceneRow>[] = [
  { name: '', text: ({ name }) => name, isLeft: true },
  ...(Object.keys(SCENE_NAMES) as ReportScene[]).map((scene) => ({
    name: SCENE_NAMES[scene],
    text: ({ of, report }: SceneRow) => of(report.scenes[scene]),
  })),
];

/** Seconds. */
export const LONGEST_SHOWN = 300;

/** How many seconds the chart and the picture show: all slots and a little more, up to five minutes, at least one. */
export const shownSeconds = ({ demand }: Report): number =>
  Math.min(LONGEST_SHOWN, Math.max(60, Math.ceil(demand.slotSeconds * 1.25)));

function chart(report: Report): string[] {
  const shown = report.seconds.slice(0, shownSeconds(report));
  const each = Math.ceil(shown.length / CHART);
  const lines = (['clicks', 'notYourTurn', 'admitted', 'sold'] as const).map((name) => {
    const columns = Array.from({ length: Math.ceil(shown.length / each) }, (_, column) =>
      Math.max(...shown.slice(column * each, (column + 1) * each).map((second) => second[name])),
    );
    return { name: CHART_NAMES[name], columns };
  });
  const highest = Math.max(...lines.flatMap(({ columns }) => columns), 10);
  return [
    `The first ${time(shown.length)}, as it is; ${each === 1 ? 'a column is a second' : `a column is the highest of ${each} seconds`}, on a logarithmic scale`,
    ...lines.map(
      ({ name, columns }) =>
        `${name.padEnd(10)}${columns.map((value) => block(value, highest)).join('')} ${figure(Math.max(...columns))}/s`,
    ),
  ];
}

const CHART_NAMES = {
  clicks: 'presses',
  notYourTurn: 'refused',
  admitted: 'admitted',
  sold: 'sold',
};

function block(value: number, highest: number): string {
  if (value < 1) return ' ';
  const share = (1 + Math.log10(value)) / (1 + Math.log10(highest));
  return BLOCKS[Math.max(1, Math.round(share * (BLOCKS.length - 1)))] as string;
}

type CostRow = {
  readonly what: string;
  readonly edge?: number;
  readonly count?: number;
  readonly naive?: number;
};

const usd = (value: number | undefined): string => (value === undefined ? '–' : value.toFixed(2));

const COST_COLUMNS: readonly Column<CostRow>[] = [
  { name: '', text: ({ what }) => what, isLeft: true },
  { name: 'count', text: ({ count }) => (count === undefined ? '' : figure(count)) },
  { name: 'as suggested', text: ({ edge }) => usd(edge) },
  { name: 'naive', text: ({ naive }) => usd(naive) },
];

function costLines(edge: Cost, naive: Cost): string[] {
  const other = new Map(naive.lines.map(({ what, usd: of }) => [what, of]));
  const rows = edge.lines.map(({ what, count, usd: of }): CostRow => {
    const beside = other.get(what);
    return { what, count, edge: of, ...(beside !== undefined && { naive: beside }) };
  });
  return tableLines(
    COST_COLUMNS,
    [...rows, { what: 'together', edge: edge.usd, naive: naive.usd }],
    WIDTH,
  );
}
