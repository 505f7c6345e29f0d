/** @module What can be done with a sale: each asks first, and says what will happen. */

import type { Sale, SaleItem } from './answers.ts';
import { send } from './api.ts';
import { ask } from './dialog.ts';
import { button, fill } from './element.ts';
import { field, input, numberIn, select } from './fields.ts';
import { count, instant } from './format.ts';
import { tell } from './said.ts';
import { totalsOf } from './sale-history.ts';
import { wallAt, withOffset } from './zoned.ts';

type Done = () => void;

/** What the buttons are made of: they are made anew only where it changes, so that none is lost under a finger. */
const shown = new WeakMap<HTMLElement, string>();

/** Shows the buttons of a sale as it stands. */
export function actionsFor(element: HTMLElement, sale: Sale, done: Done): void {
  current.set(element, { sale, done });
  if (shown.get(element) === sale.phase) return;
  shown.set(element, sale.phase);
  const now = () => current.get(element) ?? { sale, done };
  const on = (text: string, run: (sale: Sale, done: Done) => void, kind?: string) =>
    button(text, () => run(now().sale, now().done), kind);
  const isOver = sale.phase === 'closed';
  const isPaused = sale.phase === 'paused';
  fill(
    element,
    !isOver && !isPaused && on('Pause', pause, 'primary'),
    isPaused && on('Resume', resume, 'primary'),
    !isOver && on('Extend', extend),
    !isOver && on('Add units', restock),
    !isOver && on('Close now', close, 'danger'),
  );
}

const current = new WeakMap<HTMLElement, { readonly sale: Sale; readonly done: Done }>();

const after = (text: string, done: Done) => () => {
  tell(text);
  done();
};

function pause({ id, title, ...sale }: Sale, done: Done): void {
  const { held } = totalsOf(sale);
  ask({
    title: `Pause “${title}”?`,
    lines: [
      'Nobody can buy from the next second on; the pages say so within half a minute.',
      `${count(held)} units are held: their orders can be paid, and expire as ever.`,
    ],
    verb: 'Pause',
    run: () => send('POST', `/sales/${id}/pause`),
    done: after('Paused.', done),
  });
}

function resume({ id, title }: Sale, done: Done): void {
  const seconds = input('number', 60, { min: '60', max: '3600', required: true });
  ask({
    title: `Resume “${title}”?`,
    lines: ['Slots begin again, everybody keeps their place in the order.'],
    fields: [
      field('Slots begin in seconds', seconds, {
        path: 'inSeconds',
        hint: '60 to 3600: the edges need to hear of it.',
      }),
    ],
    verb: 'Resume',
    run: () => send('POST', `/sales/${id}/resume`, { inSeconds: numberIn(seconds) }),
    done: after('Resumed.', done),
  });
}

function extend({ id, title, closesAtEpochMs, timeZone }: Sale, done: Done): void {
  const until = input('datetime-local', wallAt(closesAtEpochMs, timeZone), { required: true });
  ask({
    title: `Have “${title}” close later?`,
    lines: [
      `It closes at ${instant(closesAtEpochMs, timeZone)} now. An earlier closing there is not.`,
    ],
    fields: [field(`Closes (${timeZone})`, until, { path: 'closesAtEpochMs' })],
    verb: 'Extend',
    run: () =>
      send('POST', `/sales/${id}/extend`, {
        closesAtEpochMs: Date.parse(withOffset(until.value, timeZone)),
      }),
    done: after('Extended.', done),
  });
}

function restock({ id, title, items }: Sale, done: Done): void {
  const limited = items.filter(({ units }) => units !== null);
  const item = select(
    limited.map(({ sku, name }) => [sku, name] as const),
    limited[0]?.sku ?? '',
  );
  const units = input('number', '', { min: '1', required: true });
  ask({
    title: `Add units to “${title}”?`,
    lines: ['They are for sale at once. Units can be added, never taken away.'],
    fields: [
      field('Item', item, { path: 'sku' }),
      field('Units', units, {
        path: 'units',
        hint: 'Of a product, they are taken from what is free of it.',
      }),
    ],
    verb: 'Add',
    run: () =>
      send('POST', `/sales/${id}/restock`, {
        sku: item.value,
        units: numberIn(units),
        grant: nextGrant(limited, item.value),
      }),
    done: after('Units added.', done),
  });
}

/** The number that this restock has: pressed twice, it is the same restock. */
const nextGrant = (items: readonly SaleItem[], sku: string): number =>
  (items.find((one) => one.sku === sku)?.grants ?? 0) + 1;

function close({ id, title, phase, ...sale }: Sale, done: Done): void {
  const { held } = totalsOf(sale);
  const before = ['It has not opened, and never will.'];
  const open = [
    'Nobody can buy any more.',
    `${count(held)} units are held: they can be paid until their time is up.`,
  ];
  ask({
    title: `Close “${title}” for good?`,
    lines: [
      ...(phase === 'scheduled' ? before : open),
      'This cannot be undone. To stop for a while, pause it.',
    ],
    verb: 'Close for good',
    isFinal: true,
    run: () => send('POST', `/sales/${id}/close`),
    done: after('Closed.', done),
  });
}
