import { describe, expect, test } from '@jest/globals';
import { openScreen } from '../../cli/screen.ts';
import { type Column, tableLines } from '../../cli/table.ts';
import { countdown, inZone, utc } from '../../cli/times.ts';
import { OPENS_AT } from '../support/sales.ts';

type Row = { readonly sku: string; readonly units: number };

const COLUMNS: readonly Column<Row>[] = [
  { name: 'item', text: ({ sku }) => sku, isLeft: true },
  { name: 'units', text: ({ units }) => String(units), paint: (_, text) => `<${text}>` },
];

const ROWS = [
  { sku: 'lamp', units: 7 },
  { sku: 'a-wardrobe-of-oak', units: 12_345_678 },
];

describe('tableLines()', () => {
  test('aligns names to the left and figures to the right, and paints what is aligned', () => {
    expect(tableLines(COLUMNS, ROWS)).toEqual([
      'item                  units',
      'lamp               <       7>',
      'a-wardrobe-of-oak  <12345678>',
    ]);
  });

  test('shortens the first column before it leaves out the last', () => {
    expect(tableLines(COLUMNS, ROWS, 18)[2]).toBe('a-wardr…  <12345678>');
    expect(tableLines(COLUMNS, ROWS, 17)).toEqual(['item', 'lamp', 'a-wardrobe-of-oak']);
    expect(tableLines(COLUMNS, ROWS, 5)[2]).toBe('a-wardr…');
  });

  test('is a line of names without rows', () => {
    expect(tableLines(COLUMNS, [])).toEqual(['item  units']);
  });
});

describe('countdown()', () => {
  test.each([
    [-1, '0:00'],
    [0, '0:00'],
    [1, '0:01'],
    [59_000, '0:59'],
    [59_001, '1:00'],
    [3_599_000, '59:59'],
    [3_600_000, '1:00:00'],
    [90_061_000, '25:01:01'],
  ])('of %d ms is %s', (ms, text) => {
    expect(countdown(ms)).toBe(text);
  });
});

describe('instants', () => {
  test('are told in UTC, and on the clocks of a place', () => {
    expect(utc(OPENS_AT)).toBe('2026-11-27 20:00:00 UTC');
    expect(inZone(OPENS_AT, 'Europe/Berlin')).toMatch(/^27 Nov 2026, 21:00:00 (CET|GMT\+1)$/);
  });
});

describe('openScreen()', () => {
  const aTerminal = (rows: number) => {
    let text = '';
    const write = (part: string | Uint8Array) => {
      text += part;
      return true;
    };
    return { out: { rows, write } as never, text: () => text };
  };

  test('draws over what is there, on a page of its own, and gives the terminal back once', () => {
    const before = process.listenerCount('exit');
    const { out, text } = aTerminal(10);
    const screen = openScreen(out);
    screen.draw(['one', 'two']);
    screen.close();
    screen.close();
    screen.draw(['three']);
    expect(text()).toBe(
      '\x1b[?1049h\x1b[?25l\x1b[H\x1b[Kone\n\x1b[Ktwo\n\x1b[J\x1b[?25h\x1b[?1049l',
    );
    expect(process.listenerCount('exit')).toBe(before);
  });

  test('gives it back when the process ends by whatever else', () => {
    const { out, text } = aTerminal(10);
    openScreen(out);
    const close = process.listeners('exit').at(-1);
    close?.(1);
    expect(text().endsWith('\x1b[?25h\x1b[?1049l')).toBe(true);
  });

  test('leaves out lines for which there is no room: nothing may scroll', () => {
    const { out, text } = aTerminal(3);
    const screen = openScreen(out);
    screen.draw(['one', 'two', 'three']);
    screen.close();
    expect([text().includes('two'), text().includes('three')]).toEqual([true, false]);
  });
});
