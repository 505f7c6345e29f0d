/** @module A way to a flaw as people read it: who did what, and what it changed. */

import type { Plain } from '../../domain/plain-item.ts';
import type { Value } from '../../domain/write.ts';
import type { Explored, Step } from './explorer.ts';
import type { Contents } from './laws.ts';
import { shortOf } from './names.ts';
import { shortReference } from './payments.ts';

/** One line for each step, and what is wrong in the end. */
export function traceOf({ what, steps }: NonNullable<Explored['flaw']>): readonly string[] {
  const width = Math.max(...steps.map(({ who }) => who.length));
  const lines = steps.map((step, index) => {
    const number = String(index + 1).padStart(3);
    return `${number}  ${step.who.padEnd(width)}  ${step.what.padEnd(22)} ${changesOf(step)}`.trimEnd();
  });
  return [...lines, `     ${what}`];
}

function changesOf({ before, after }: Step): string {
  const names = [...after.keys()].filter((name) => before.get(name) !== after.get(name));
  return names.map((name) => `${titleOf(name)} ${changed(name, before, after)}`).join('; ');
}

/** Attributes that a reader needs. */
const TOLD = ['avail', 'held', 'sold', 'state', 'holder', 'shard', 'payment', 'reason', 'members'];
const TOLD_OF_STATUS = ['soldOut', 'releases', 'largest', 'scannedAt', 'shards'];

function changed(name: string, before: Contents, after: Contents): string {
  const [old, now] = [before.get(name), after.get(name)];
  return [...TOLD, ...TOLD_OF_STATUS]
    .filter((attr) => now?.[attr] !== undefined && told(old, attr) !== told(now, attr))
    .map((attr) => `${attr} ${told(now, attr)}`)
    .join(', ');
}

function told(item: Plain, attr: string): string {
  const value: Value | undefined = item?.[attr];
  if (value instanceof Set) return `{${[...value].map((one) => short(String(one))).join(' ')}}`;
  return value === undefined ? '-' : short(String(value));
}

function short(text: string): string {
  if (text.startsWith('{')) {
    const { state = '', what = '', holder = '' } = JSON.parse(text);
    return `${what}${state} ${shortOf(holder)}`.trim();
  }
  return text.length >= 24 ? shortReference(text) : text;
}

/** `stock/CLAIM#night#lamp#YWRhLi4uLi4uLg#0/` is `claim 0`. */
function titleOf(name: string): string {
  const [, kind = name, rest = ''] = /^[a-z]+\/([A-Z]+)#(.*)\/.*$/.exec(name) ?? [];
  return `${kind.toLowerCase()} ${rest.split('#').slice(2).at(-1) ?? ''}`.trim();
}
