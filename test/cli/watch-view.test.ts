import { stripVTControlCharacters } from 'node:util';
import { describe, expect, test } from '@jest/globals';
import type { Sample, WatchedItem } from '../../adapters/live-source.ts';
import { watchObject } from '../../cli/watch-object.ts';
import { phaseLine, type View, watchLine, watchLines } from '../../cli/watch-view.ts';
import { remember } from '../../domain/pace.ts';
import { aPublishedSale, OPENS_AT } from '../support/sales.ts';

const NONE = { waiting: 0, inFlight: 0 };

const item = (changes: Partial<WatchedItem> = {}): WatchedItem => ({
  ...{ sku: 'lamp', name: 'Lamp', units: 800, shards: 20, returns: 4, soldOut: false },
  ...{ forSale: 612, held: 101, paid: 87, isPaidBehind: false, released: {}, late: 0 },
  ...changes,
});

const sample = (changes: Partial<Sample> = {}): Sample => ({
  ...{ sale: aPublishedSale(), phase: 'open', at: OPENS_AT + 14_000, items: [item()] },
  queues: { orders: NONE, sweeps: NONE, ordersDlq: NONE, sweepsDlq: NONE, schedulerDlq: NONE },
  ...changes,
});

/** 10 units a second for 14 seconds. */
function view(changes: Partial<Sample> = {}, waitingMs = 0): View {
  const shown = sample(changes);
  let history: View['history'] = [];
  for (let second = 0; second < 14; second++) {
    history = remember(history, OPENS_AT + 1000 * second, [
      item({ held: 48 + 10 * second, paid: 0 }),
    ]);
  }
  return { sample: shown, history: remember(history, shown.at, shown.items), waitingMs };
}

const plain = (width: number, changes?: Partial<Sample>, waitingMs?: number) =>
  watchLines(view(changes, waitingMs), { width, colour: false });

describe('watchLines()', () => {
  test('is a screen of figures, pace, a chart and queues', () => {
    expect(plain(80)).toEqual([
      'Night of the lamps (night)                                          20:00:14 UTC',
      'OPEN for 0:14, closes in 59:46',
      '',
      'item  for sale  held  paid  taken/s  sold out in  released  late  paid/s  units',
      'lamp       612   101    87     10.0         1:02         0     0    17.4    800',
      '',
      'units taken, last 4:00                                               peak 10.0/s',
      expect.stringMatching(/^ {76}█{4}$|^ {75}[▁-█]{5}$/),
      '',
      'queues        orders 0  sweeps 0',
      'dead letters  orders 0  sweeps 0  scheduler 0',
    ]);
  });

  test.each([32, 40, 57, 80, 120, 200])('has no line longer than %d columns', (width) => {
    const long = aPublishedSale({
      title: 'A sale with a very long title, longer than most terminals',
    });
    const items = [item({ sku: 'a-lamp-with-a-name-as-long-as-they-may-be' }), item()];
    const lines = plain(width, { sale: long, items }, 90_000);
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(width);
    expect(lines.join('\n')).toMatch(/item.* for sale/);
  });

  test('leaves out the last columns where there is no room, and never what matters', () => {
    const [, , , wide] = plain(80);
    const [, , , narrow] = plain(40);
    expect(wide).toContain('released');
    expect(narrow).toBe('item  for sale  held  paid  taken/s');
  });

  test('is the same text in colour as without', () => {
    const coloured = watchLines(view(), { width: 80, colour: true });
    expect(coloured.join('\n')).toContain('\x1b[');
    expect(coloured.map(stripVTControlCharacters)).toEqual(plain(80));
  });

  test('says sold out, no end, and what it does not know yet', () => {
    const items = [
      item({ soldOut: true, forSale: 0 }),
      item({ sku: 'song', units: null, forSale: null, held: null, paid: null, late: null }),
      item({ sku: 'sofa', isPaidBehind: true, released: { expired: 2, cancelled: 3 } }),
      item({ sku: 'bed', released: null }),
    ];
    const [lamp, song, sofa, bed] = plain(90, { items }).slice(4);
    expect(lamp).toMatch(/^lamp +SOLD OUT /);
    expect(song).toMatch(/^song +no end +– +– .* – +0\.0 +–$/);
    expect(sofa).toMatch(/^sofa +612 +101 +≥87 +0\.0 +– +5 /);
    expect(bed).toMatch(/^bed .* 4 +0 /);
  });

  test('says of when figures are that are those of a sweep', () => {
    const of = (asOf: number) => plain(80, { items: [item({ asOf })] }).join('\n');
    expect(of(OPENS_AT)).toContain('figures of the last sweep (20:00:00)');
    expect(of(0)).toContain('figures of the last sweep (no sweep yet)');
    expect(plain(80).join('\n')).not.toContain('last sweep');
  });

  test('says how long messages have waited, what lies among the dead, and what is not known', () => {
    const queues = {
      ...sample().queues,
      ...{ orders: { waiting: 7, inFlight: 5 }, ordersDlq: { waiting: 2, inFlight: 1 } },
      sweepsDlq: { unknown: 'AccessDenied' },
    };
    expect(plain(80, { queues }, 4000).slice(-2)).toEqual([
      'queues        orders 12, not empty for 0:04  sweeps 0',
      'dead letters  orders 3  sweeps ?  scheduler 0: npm run sale -- redrive',
    ]);
  });
});

describe('phaseLine()', () => {
  const sale = aPublishedSale({
    admission: { expectedShoppers: 6000, perSecond: 50, difficulty: 0, ticketSeconds: 10 },
  });

  test.each([
    ['scheduled', OPENS_AT - 61_000, 'scheduled, opens in 1:01'],
    ['open', OPENS_AT + 1000, 'open for 0:01, closes in 59:59; slots for 1:59 more, 50 admitted/s'],
    ['open', OPENS_AT + 120_000, 'open for 2:00, closes in 58:00'],
    ['paused', OPENS_AT + 1000, 'paused, closes in 59:59'],
    ['closed', OPENS_AT + 3_601_000, 'closed for 0:01'],
  ] as const)('of a sale that is %s', (phase, at, line) => {
    expect(phaseLine(sale, phase, at)).toBe(line);
  });

  test('says when slots begin again after a resume', () => {
    const resumed = { ...sale, slotsFrom: OPENS_AT + 90_000 };
    expect(phaseLine(resumed, 'open', OPENS_AT + 60_000)).toContain('slots begin in 0:30');
  });
});

describe('watchLine()', () => {
  test('is one line with the same figures', () => {
    expect(watchLine(view())).toBe(
      '2026-11-27T20:00:14.000Z; open for 0:14, closes in 59:46; ' +
        'lamp: 612 for sale, 101 held, 87 paid, 0 released, 0 late, 10.0/s; ' +
        'orders queue 0, dead letters 0',
    );
    expect(watchLine(view({ items: [item({ soldOut: true })] }))).toContain('lamp: SOLD OUT, ');
  });
});

describe('watchObject()', () => {
  test('has figures and pace, and no secret of the sale', () => {
    const object = watchObject(view({}, 4000));
    expect(object).toMatchObject({
      ...{ saleId: 'night', phase: 'open', atEpochMs: OPENS_AT + 14_000, ordersWaitingMs: 4000 },
      items: [{ sku: 'lamp', forSale: 612, takenPerSecond: 10, secondsToSoldOut: 62 }],
    });
    expect(JSON.stringify(object)).not.toContain(aPublishedSale().doorKey);
  });
});
