/** @module What `show` prints for people. */

import type { WatchedItem } from '../adapters/live-source.ts';
import type { PlannedRun } from '../adapters/planned-runs.ts';
import type { Depth, Depths } from '../adapters/queue-depths.ts';
import type { PublishedSale } from '../domain/sale.ts';
import { logLine } from './log-lines.ts';
import type { SaleFacts } from './sale-facts.ts';
import { type Column, tableLines } from './table.ts';
import { countdown, inZone, utc } from './times.ts';
import { phaseLine } from './watch-view.ts';

/** The whole answer, a text for each line. */
export function showLines(facts: SaleFacts, page: string): readonly string[] {
  const { sale, phase, at, items, queues, schedules, acts } = facts;
  return [
    `${sale.title} (${sale.id})`,
    labelled('state', phaseLine(sale, phase, at)),
    labelled('page', page),
    labelled('opens', instant(sale.opensAt, sale)),
    labelled('closes', instant(sale.closesAt, sale)),
    ...admissionLines(sale),
    labelled('orders', `${countdown(1000 * sale.paymentWindow)} to pay; ${sale.currency}`),
    '',
    ...tableLines(COLUMNS, items),
    ...releaseLines(items),
    '',
    labelled('last sweep', sweepText(facts)),
    ...scheduleLines(schedules, at),
    labelled('queues', `orders ${depthText(queues.orders)}; sweeps ${depthText(queues.sweeps)}`),
    labelled('dead letters', deadText(queues)),
    '',
    ...(acts.length === 0
      ? ['No operator has done anything to it since yesterday']
      : acts.map(logLine)),
  ];
}

const labelled = (label: string, text: string): string => `${label.padEnd(13)} ${text}`;

const instant = (epochMs: number, { timeZone }: PublishedSale): string =>
  timeZone === 'UTC' ? utc(epochMs) : `${utc(epochMs)}; ${inZone(epochMs, timeZone)}`;

function admissionLines(sale: PublishedSale): string[] {
  const { admission, opensAt, slotsFrom = opensAt, draw, publicValue } = sale;
  const { expectedShoppers, perSecond } = admission;
  const width = Math.ceil(expectedShoppers / perSecond);
  const slots =
    expectedShoppers === 0
      ? 'first come, first served'
      : `${expectedShoppers} shoppers expected, ${perSecond} admitted each second: slots from ${utc(slotsFrom)} for ${countdown(1000 * width)}`;
  const drawn = publicValue === undefined ? 'not drawn yet' : `drawn with "${publicValue}"`;
  return [
    labelled('slots', slots),
    ...(draw === undefined
      ? []
      : [labelled('draw', `${drawn} (announced source: ${draw.source})`)]),
  ];
}

const figure = (value: number | null): string => (value === null ? '–' : String(value));

const COLUMNS: readonly Column<WatchedItem>[] = [
  { name: 'item', text: ({ sku }) => sku, isLeft: true },
  { name: 'units', text: ({ units }) => (units === null ? 'no end' : String(units)) },
  { name: 'for sale', text: ({ forSale, soldOut }) => (soldOut ? 'SOLD OUT' : figure(forSale)) },
  { name: 'held', text: ({ held }) => figure(held) },
  { name: 'paid', text: ({ paid, isPaidBehind }) => `${isPaidBehind ? '≥' : ''}${figure(paid)}` },
  { name: 'released', text: ({ released }) => String(sum(released)) },
  { name: 'late', text: ({ late }) => figure(late) },
  { name: 'shards', text: ({ shards }) => String(shards) },
];

const sum = (counts: WatchedItem['released']): number =>
  Object.values(counts ?? {}).reduce((total, count) => total + count, 0);

/** Why orders were released. */
const releaseLines = (items: readonly WatchedItem[]): string[] =>
  items.flatMap(({ sku, released }) => {
    const reasons = Object.entries(released ?? {}).map(([reason, count]) => `${count} ${reason}`);
    return reasons.length === 0 ? [] : [`released of ${sku}: ${reasons.join(', ')}`];
  });

function sweepText({ sweptAt, at, items, phase }: SaleFacts): string {
  if (items.every(({ shards }) => shards === 0)) return 'stock without end needs none';
  if (sweptAt === null) return phase === 'scheduled' ? 'sweeps begin at the opening' : 'NONE YET';
  return `${utc(sweptAt)}, ${countdown(at - sweptAt)} ago`;
}

function scheduleLines(schedules: SaleFacts['schedules'], at: number): string[] {
  if ('unknown' in schedules) {
    return [labelled('schedules', `not known: ${schedules.unknown}`)];
  }
  if (schedules.length === 0) return [labelled('schedules', 'none left')];
  return schedules.map((run, index) => labelled(index === 0 ? 'schedules' : '', runText(run, at)));
}

function runText({ name, expression, isEnabled, nextAt }: PlannedRun, at: number): string {
  if (!isEnabled) return `${name}  DISABLED  ${expression}`;
  const next = nextAt === undefined ? 'over' : `${utc(nextAt)}, in ${countdown(nextAt - at)}`;
  return `${name}  ${next}  ${expression}`;
}

const depthText = (depth: Depth | { readonly unknown: string }): string =>
  'unknown' in depth
    ? `not known (${depth.unknown})`
    : `${depth.waiting} waiting, ${depth.inFlight} in flight`;

function deadText({ ordersDlq, sweepsDlq, schedulerDlq }: Depths): string {
  const parts = Object.entries({ orders: ordersDlq, sweeps: sweepsDlq, scheduler: schedulerDlq });
  const text = parts.map(([name, depth]) => `${name} ${countText(depth)}`).join(', ');
  const isAny = parts.some(([, depth]) => 'waiting' in depth && depth.waiting + depth.inFlight > 0);
  return isAny ? `${text}: see "redrive"` : text;
}

const countText = (depth: Depth | { readonly unknown: string }): string =>
  'unknown' in depth ? `not known (${depth.unknown})` : String(depth.waiting + depth.inFlight);
