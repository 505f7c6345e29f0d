/** @module What one more unit of each limit buys, as lines for a terminal. */

import { LIMITS, type LimitName } from '../capacity/limits.ts';
import type { Effect, OneMore } from '../capacity/one-more.ts';
import type { SceneStudy } from '../capacity/study.ts';
import { figure } from './plan-words.ts';
import { type Column, tableLines } from './table.ts';

export function oneMoreLines({ oneMore, readyCost }: SceneStudy): readonly string[] {
  const { buys, alone, hasRoom, together } = oneMore;
  return [
    ...(buys.length === 0 ? [] : tableLines(columns(readyCost), buys)),
    ...(buys.length + alone.length < 2
      ? []
      : [`all that are met, a step larger: ${inWords(together)}`]),
    ...(alone.length === 0 ? [] : [`nothing alone: ${names(alone)}`]),
    `has room: ${names(hasRoom)}`,
  ];
}

const names = (limits: readonly LimitName[]): string => limits.join(', ') || 'none';

/** Two digits; what is less than a millionth is nothing. */
function change(value: number | undefined): string {
  if (value === undefined) return '–';
  if (Math.abs(value) < 1e-6) return '0';
  if (Math.abs(value) >= 100) return figure(value);
  return Number(value.toPrecision(2)).toLocaleString('en', { maximumFractionDigits: 7 });
}

const inMs = (seconds: number | undefined): string =>
  change(seconds === undefined ? undefined : seconds * 1000);

const columns = (readyCost: number): readonly Column<OneMore>[] => [
  { name: 'limit', text: ({ limit }) => limit, isLeft: true },
  { name: 'has', text: ({ has }) => figure(has) },
  { name: 'step', text: ({ step }) => figure(step) },
  { name: 'sold out, ms', text: ({ each }) => inMs(each.soldOut) },
  { name: 'answered, ms', text: ({ each }) => inMs(each.answered) },
  { name: 'gave up', text: ({ each }) => change(each.gaveUp) },
  { name: 'throttled', text: ({ each }) => change(each.throttled) },
  { name: 'unrecorded', text: ({ each }) => change(each.unrecorded) },
  { name: 'costs', text: ({ limit }) => costOf(limit, readyCost), isLeft: true },
];

/** What one more unit costs by itself, besides the requests that it lets through. */
function costOf(limit: LimitName, readyCost: number): string {
  switch (LIMITS[limit].raise.by) {
    case 'provisioned':
      return `$${readyCost.toFixed(4)} a sale`;
    case 'warm-throughput':
      return 'once, unknown';
    case 'nobody':
      return 'not for sale';
    case 'quota':
    case 'support':
    case 'size':
      return 'nothing';
  }
}

/** Such as `sold out 310 ms sooner, 31,000 fewer gave up`. */
function inWords({ soldOut, answered, gaveUp, throttled }: Effect): string {
  const time = (name: string, value: number | undefined) =>
    value === undefined || Math.abs(value) < 1e-3
      ? []
      : [`${name} ${figure(Math.abs(value) * 1000)} ms ${value < 0 ? 'sooner' : 'later'}`];
  const people = (name: string, value: number) =>
    Math.abs(value) < 1
      ? []
      : [`${figure(Math.abs(value))} ${value < 0 ? 'fewer' : 'more'} ${name}`];
  const parts = [
    ...time('sold out', soldOut),
    ...time('99% answered', answered),
    ...people('gave up', gaveUp),
    ...people('throttled', throttled),
  ];
  return parts.join(', ') || 'nothing changes';
}
