import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { thisMachine, ticks, watchBusiness } from '../../bench/machine.ts';
import { barredIn, groupsOf, type Measurement } from '../../bench/measurement.ts';
import { measurementsPage, readmeTable, withBlock } from '../../bench/measurement-pages.ts';
import { fileOf, pages, save, writePages } from '../../bench/record.ts';
import type { Bar, Figure } from '../../bench/rounds.ts';

const AT_LEAST: Bar = { of: 'ratio', is: 'at least', value: 0.8 };
const AT_MOST: Bar = { of: 'median', is: 'at most', value: 2 };

const figure = (name: string, changes: Partial<Figure> = {}): Figure => ({
  ...{ name, unit: 'buys/s', median: 1000, least: 900, most: 1100 },
  ...changes,
});

const measurement = (changes: Partial<Measurement> = {}): Measurement => ({
  date: '2026-11-21T20:00:00.000Z',
  rounds: 5,
  seconds: 2,
  machine: {
    cpu: 'Some (R) CPU @ 2.80GHz',
    ...{ cores: 2, memoryGb: 24, kernel: 'Linux 6.1', node: 'v24.1.0' },
    ...{ loadBefore: 0.4, stealPercent: 1.5 },
  },
  results: [
    {
      name: 'growth',
      parts: [
        {
          title: 'Units',
          figures: [
            figure('first'),
            figure('tenfold', { ratio: 0.81, bar: AT_LEAST }),
            figure('hundredfold', { ratio: 0.79, bar: AT_LEAST }),
            figure('reads', { unit: 'units', median: 2, bar: AT_MOST }),
            figure('writes', { unit: 'units', median: 1, bar: AT_MOST }),
          ],
        },
      ],
    },
  ],
  ...changes,
});

describe('groupsOf()', () => {
  test('puts figures together that must reach the same, and names the worst', () => {
    const groups = groupsOf(barredIn(measurement()));
    expect(groups.map(({ count, met, worst }) => [count, met, worst.name])).toEqual([
      [2, 1, 'hundredfold'],
      [2, 2, 'reads'],
    ]);
  });

  test('takes a ratio that is missing for one that reaches nothing', () => {
    const results = [
      { name: 'x', parts: [{ title: 'X', figures: [figure('alone', { bar: AT_LEAST })] }] },
    ];
    expect(barredIn({ results }).map(({ isMet }) => isMet)).toEqual([false]);
  });
});

describe('readmeTable()', () => {
  test('says when, on what, how busy, and which bars are met', () => {
    expect(readmeTable(measurement())).toBe(
      [
        'Measured on 2026-11-21 with 2 × Some (R) CPU @ 2.80GHz, 24 GB, Node 24.1.0 (5 rounds, 2 s each; load before it 0.4, 1.5 % of the time stolen). 3 of 4 bars are met.',
        '',
        '| scenario | figure | median | of the baseline | bar |',
        '| --- | --- | --- | --- | --- |',
        '| growth | Units: hundredfold (the worst of 2) | 1,000 buys/s | × 0.79 | at least × 0.80: NOT MET (1 of 2 met) |',
        '| growth | Units: reads (the worst of 2) | 2 units | | at most 2: met |',
      ].join('\n'),
    );
  });

  test.each([
    [5, 1, ''],
    [4, 1, ' **Too few rounds to quote.**'],
    [5, 1.1, ' **The machine was busy.**'],
    [4, 1.1, ' **Too few rounds to quote.** **The machine was busy.**'],
  ])('%i rounds at a load of %d on two cores: %j', (rounds, loadBefore, caveat) => {
    const machine = { ...measurement().machine, loadBefore };
    const [first] = readmeTable(measurement({ rounds, machine })).split('\n');
    expect(first).toMatch(/bars are met\..*$/);
    expect(first?.split('bars are met.')[1]).toBe(caveat);
  });

  test('says nothing of stolen time where the system does not tell', () => {
    const { stealPercent: _, ...machine } = measurement().machine;
    expect(readmeTable(measurement({ machine }))).not.toContain('stolen');
  });
});

test('measurementsPage() lists all figures that have a bar, the newest measurement first', () => {
  const older = measurement({ date: '2026-11-20T23:00:00.000Z' });
  const page = measurementsPage(
    new Map([
      ['old.json', older],
      ['new.json', measurement()],
    ]),
  );
  expect(page.match(/^## .*/gm)).toEqual([
    '## 2026-11-21: 2 × Some (R) CPU @ 2.80GHz, 24 GB, Node 24.1.0',
    '## 2026-11-20: 2 × Some (R) CPU @ 2.80GHz, 24 GB, Node 24.1.0',
  ]);
  expect(page).toContain(
    '| growth | Units: tenfold | 1,000 buys/s | 900 … 1,100 | × 0.81 | at least × 0.80: met |',
  );
  expect(page).not.toContain('Units: first');
});

describe('withBlock()', () => {
  test('replaces what stands between the marks, and nothing else', () => {
    const marked = 'a\n<!-- measurements -->\nold\n<!-- end of measurements -->\nb\n';
    const changed = withBlock(marked, 'costs $1 & $2');
    expect(changed).toBe(marked.replace('old', '\ncosts $$1 & $$2\n'));
    expect(withBlock(changed, 'costs $1 & $2')).toBe(changed);
  });

  test('does not go on without them', () => {
    expect(() => withBlock('no marks', 'x')).toThrow('the marks are missing');
  });
});

describe('save()', () => {
  let root: string;
  const README = '# Shop\n<!-- measurements -->\n<!-- end of measurements -->\n';

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'record-'));
    writeFileSync(join(root, 'README.md'), README);
  });

  afterEach(() => rmSync(root, { recursive: true }));

  const text = (path: string) => readFileSync(join(root, path), 'utf8');

  test('keeps a file for each day and machine, and quotes the newest', () => {
    const path = save(measurement({ rounds: 7 }), root);
    expect(path).toBe('docs/measurements/2026-11-21-2-some-r-cpu-2-80ghz.json');
    expect(JSON.parse(text(path))).toEqual(measurement({ rounds: 7 }));
    save(measurement({ date: '2026-11-20T23:59:59.000Z' }), root);
    expect(text('README.md')).toContain('Measured on 2026-11-21');
    expect(text('docs/measurements/README.md').match(/^## /gm)).toHaveLength(2);
  });

  test('leaves pages that are made again as they are', () => {
    save(measurement(), root);
    const before = text('README.md');
    writePages(root);
    expect(text('README.md')).toBe(before);
    expect([...pages(root).keys()]).toEqual(['docs/measurements/README.md', 'README.md']);
  });

  test('names no file by what a name cannot hold', () => {
    const machine = { ...measurement().machine, cpu: 'A/B (TM)' };
    expect(fileOf(measurement({ machine }))).toBe('2026-11-21-2-a-b-tm.json');
  });
});

describe('the machine', () => {
  test('is told without its name', () => {
    expect(Object.keys(thisMachine()).sort()).toEqual([
      'cores',
      'cpu',
      'kernel',
      'memoryGb',
      'node',
    ]);
  });

  test('tells how much of its time was stolen, where it can', () => {
    const path = join(mkdtempSync(join(tmpdir(), 'stat-')), 'stat');
    writeFileSync(path, 'cpu  100 1 50 800 5 0 2 42 7 0\ncpu0 1 1\n');
    expect(ticks(path)).toEqual({ all: 1000, steal: 42 });
    expect(ticks('/nowhere/stat')).toBeUndefined();
    expect(watchBusiness()().loadBefore).toBeGreaterThanOrEqual(0);
  });
});
