/** @module What `watch` shows, as lines of text of a given width; reading and the terminal are elsewhere. */

import { styleText } from 'node:util';
import type { Sample, WatchedItem } from '../adapters/live-source.ts';
import type { Depth, Depths, QueueName } from '../adapters/queue-depths.ts';
import { type Moment, paceOf, takenIn } from '../domain/pace.ts';
import { type Column, tableLines } from './table.ts';
import { countdown } from './times.ts';

export type View = {
  readonly sample: Sample;
  /** Earlier looks and this one. */
  readonly history: readonly Moment[];
  /** For how long the orders queue has not been seen empty; ms. */
  readonly waitingMs: number;
};

export type Look = {
  /** Columns of the terminal. */
  readonly width: number;
  readonly colour: boolean;
};

/** Narrower terminals get lines that are cut off. */
const NARROWEST = 32;

/** How much of the past the chart shows at least. */
const CHART_MS = 3 * 60_000;

const BLOCKS = '▁▂▃▄▅▆▇█';

type Style = Parameters<typeof styleText>[0];

const PHASE_STYLE: Readonly<Record<Sample['phase'], Style>> = {
  scheduled: 'cyan',
  open: 'green',
  paused: 'yellow',
  closed: 'gray',
};

/** The whole screen, a text for each line. */
export function watchLines(view: View, { width, colour }: Look): readonly string[] {
  const paint = (style: Style, text: string) =>
    colour ? styleText(style, text, { validateStream: false }) : text;
  const room = Math.max(NARROWEST, width);
  return [
    ...headLines(view.sample, room, paint),
    '',
    ...tableLines(columnsOf(view, paint), view.sample.items, room),
    ...asOfLines(view.sample, room),
    '',
    ...chartLines(view, room, paint),
    '',
    ...queueLines(view, room, paint),
  ];
}

type Paint = (style: Style, text: string) => string;

const cut = (text: string, room: number): string =>
  text.length <= room ? text : `${text.slice(0, room - 1)}…`;

function headLines({ sale, phase, at }: Sample, room: number, paint: Paint): string[] {
  const clock = `${new Date(at).toISOString().slice(11, 19)} UTC`;
  const title = cut(`${sale.title} (${sale.id})`, room - clock.length - 2);
  const gap = ' '.repeat(Math.max(1, room - title.length - clock.length));
  const state = cut(phaseLine(sale, phase, at), room);
  return [
    `${paint('bold', title)}${gap}${clock}`,
    `${paint([PHASE_STYLE[phase], 'bold'].flat() as Style, phase.toUpperCase())}${state.slice(phase.length)}`,
  ];
}

/** Such as `open for 0:14, closes in 1:59:46; slots until 20:02:00`. */
export function phaseLine(sale: Sample['sale'], phase: Sample['phase'], at: number): string {
  const closing = `closes in ${countdown(sale.closesAt - at)}`;
  switch (phase) {
    case 'scheduled':
      return `scheduled, opens in ${countdown(sale.opensAt - at)}`;
    case 'paused':
      return `paused, ${closing}`;
    case 'closed':
      return `closed for ${countdown(at - sale.closesAt)}`;
    case 'open':
      return `open for ${countdown(at - sale.opensAt)}, ${closing}${slots(sale, at)}`;
  }
}

/** Slots that are still to come keep shoppers waiting: nobody should take the silence for a fault. */
function slots({ admission, opensAt, slotsFrom = opensAt }: Sample['sale'], at: number): string {
  const { expectedShoppers, perSecond } = admission;
  const last = slotsFrom + (1000 * expectedShoppers) / Math.max(1, perSecond);
  if (at >= last) return '';
  const begun = at < slotsFrom ? `slots begin in ${countdown(slotsFrom - at)}` : undefined;
  return `; ${begun ?? `slots for ${countdown(last - at)} more`}, ${perSecond} admitted/s`;
}

const figure = (value: number | null): string => (value === null ? '–' : String(value));

const rate = (value: number): string => value.toFixed(1);

const releasedOf = ({ released, returns }: WatchedItem): number =>
  released === null ? returns : Object.values(released).reduce((sum, count) => sum + count, 0);

function columnsOf({ history }: View, paint: Paint): readonly Column<WatchedItem>[] {
  const pace = (item: WatchedItem) => paceOf(history, item);
  return [
    { name: 'item', text: ({ sku }) => sku, isLeft: true },
    {
      name: 'for sale',
      text: ({ soldOut, forSale, units }) =>
        soldOut ? 'SOLD OUT' : units === null ? 'no end' : figure(forSale),
      paint: ({ soldOut }, text) => (soldOut ? paint(['red', 'bold'], text) : text),
    },
    { name: 'held', text: ({ held }) => figure(held) },
    { name: 'paid', text: ({ paid, isPaidBehind }) => `${isPaidBehind ? '≥' : ''}${figure(paid)}` },
    { name: 'taken/s', text: (item) => rate(pace(item).takenPerSecond) },
    { name: 'sold out in', text: (item) => inSeconds(pace(item).secondsToSoldOut) },
    { name: 'released', text: (item) => String(releasedOf(item)) },
    { name: 'late', text: ({ late }) => figure(late) },
    { name: 'paid/s', text: (item) => rate(pace(item).paidPerSecond) },
    { name: 'units', text: ({ units }) => figure(units) },
  ];
}

const inSeconds = (seconds: number | null): string =>
  seconds === null ? '–' : countdown(1000 * seconds);

function asOfLines({ items }: Sample, room: number): string[] {
  const times = items.flatMap(({ asOf }) => (asOf === undefined ? [] : [asOf]));
  if (times.length === 0) return [];
  const oldest = Math.min(...times);
  const when = oldest === 0 ? 'no sweep yet' : new Date(oldest).toISOString().slice(11, 19);
  return [cut(`≥ many shards: figures of the last sweep (${when})`, room)];
}

function chartLines({ history }: View, room: number, paint: Paint): string[] {
  const columnMs = 1000 * Math.ceil(CHART_MS / 1000 / room);
  const bars = takenIn(history, room, columnMs);
  const most = Math.max(...bars);
  const peak = `peak ${rate((1000 * most) / columnMs)}/s`;
  const title = `units taken, last ${countdown(room * columnMs)}`;
  const gap = ' '.repeat(Math.max(1, room - title.length - peak.length));
  return [
    cut(`${title}${gap}${peak}`, room),
    paint('cyan', bars.map((one) => bar(one, most)).join('')),
  ];
}

const bar = (units: number, most: number): string =>
  units === 0 ? ' ' : BLOCKS.charAt(Math.ceil((units / most) * BLOCKS.length) - 1);

const DEAD: Readonly<Partial<Record<QueueName, string>>> = {
  ordersDlq: 'orders',
  sweepsDlq: 'sweeps',
  schedulerDlq: 'scheduler',
};

function queueLines({ sample: { queues }, waitingMs }: View, room: number, paint: Paint): string[] {
  const waiting = waitingMs >= 1000 ? `, not empty for ${countdown(waitingMs)}` : '';
  const line = `queues        orders ${depthText(queues.orders)}${waiting}  sweeps ${depthText(queues.sweeps)}`;
  const dead = `dead letters  ${deadText(queues)}`;
  const style: Style = deadIn(queues) > 0 ? ['red', 'bold'] : 'reset';
  return [cut(line, room), paint(style, cut(dead, room))];
}

const depthText = (depth: Depths[QueueName]): string =>
  'unknown' in depth ? '?' : String(depth.waiting + depth.inFlight);

/** How many dead letters there are, those apart that could not be counted. */
const deadIn = (queues: Depths): number =>
  Object.keys(DEAD).reduce((sum, name) => {
    const depth = queues[name as QueueName];
    return sum + ('unknown' in depth ? 0 : total(depth));
  }, 0);

const total = ({ waiting, inFlight }: Depth): number => waiting + inFlight;

function deadText(queues: Depths): string {
  const parts = Object.entries(DEAD).map(
    ([name, what]) => `${what} ${depthText(queues[name as QueueName])}`,
  );
  return deadIn(queues) > 0 ? `${parts.join('  ')}: npm run sale -- redrive` : parts.join('  ');
}

/** One line for a pipe. */
export function watchLine({ sample, history }: View): string {
  const { sale, phase, at, items, queues } = sample;
  const parts = items.map((item) => {
    const forSale = item.soldOut ? 'SOLD OUT' : `${figure(item.forSale)} for sale`;
    const taken = rate(paceOf(history, item).takenPerSecond);
    return `${item.sku}: ${forSale}, ${figure(item.held)} held, ${figure(item.paid)} paid, ${releasedOf(item)} released, ${figure(item.late)} late, ${taken}/s`;
  });
  const rest = `orders queue ${depthText(queues.orders)}, dead letters ${deadIn(queues)}`;
  return [new Date(at).toISOString(), phaseLine(sale, phase, at), ...parts, rest].join('; ');
}
