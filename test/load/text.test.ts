import { describe, expect, test } from '@jest/globals';
import { progressOn } from '../../load/progress.ts';
import { effortOf, UNSEEN } from '../../load/report.ts';
import { progressText, reportText } from '../../load/text.ts';
import { aCall, aLog, aReport, broken } from './load-builders.ts';

describe('reportText()', () => {
  test('marks each promise, and shows some of what breaks one', () => {
    const lines = reportText(aReport({ verdict: broken(7) })).split('\n');
    expect(lines[0]).toMatch(/^✗ BROKEN +no-oversell/);
    expect(lines[5]).toBe('    s-4 is gone');
    expect(lines[6]).toBe('    and 2 more');
    expect(lines[7]).toMatch(/^– not judged +no-duplicate/);
    expect(lines[8]).toMatch(/^✓ kept +no-leak/);
  });

  test('says who pressed how often, and what it was answered', () => {
    const text = reportText(aReport());
    expect(text).toContain('3 shoppers pressed Buy 5 times');
    expect(text).toContain('refusals    sold-out 2, busy 1');
    expect(text).toContain('p50 3 ms, p95 5 ms');
    expect(reportText(aReport({ log: aLog({ answers: [] }) }))).toContain('refusals    none');
  });

  test('says how the sale differs from its file', () => {
    expect(reportText(aReport({ eased: ['a bit'] }))).toContain('\neased       a bit\n');
    expect(reportText(aReport())).not.toContain('\neased');
  });

  test('says what a win and a reject take', () => {
    const win = effortOf([
      aCall({ calls: 3, writeUnits: 3 }),
      aCall({ service: 'kms', operation: 'Sign' }),
    ]);
    const text = reportText(aReport({ win }));
    expect(text).toContain(
      'a win       3 DynamoDB writes (3 units), 0 reads (0 units), 0 SQS, 1 other',
    );
    expect(text).toContain('a reject    not seen');
    expect(text).toContain('on AWS      $0.0000');
  });

  test('says what became of each item, and what is odd', () => {
    const item = {
      sku: 'mug',
      cap: 9,
      avail: 1,
      held: 0,
      settled: 0,
      paid: 8,
      open: 0,
      released: { expired: 2 },
    };
    const free = { ...item, cap: 0, released: {} };
    const observations = [{ id: 'x', what: 'is odd' }];
    const text = reportText(aReport({ verdict: { ...UNSEEN, items: [item, free], observations } }));
    expect(text).toContain(
      'mug         9 units: 1 for sale, 8 paid, 0 open; released orders: 2 expired',
    );
    expect(text).toContain('mug         unlimited, 8 paid, 0 open; released orders: none');
    expect(text).toContain('Odd, and no promise broken:\n  x is odd');
  });
});

describe('progressOn()', () => {
  const progress = {
    act: 'buy',
    done: 1000,
    of: 2000,
    attempts: 3000,
    orders: 100,
    paid: 8,
  } as const;
  const screen = (isTTY: boolean) => {
    const written: string[] = [];
    let now = 0;
    const printer = progressOn({ isTTY, write: (text) => written.push(text) }, () => now);
    return {
      written,
      printer,
      pass: (ms: number) => {
        now += ms;
      },
    };
  };

  test('changes one line on a terminal, and ends it', () => {
    const { written, printer } = screen(true);
    printer.show(progress);
    printer.show(progress);
    printer.say('done');
    printer.end();
    expect(written[0]).toBe(`\r\x1b[2K${progressText(progress)}`);
    expect(written.slice(2)).toEqual(['\n', 'done\n']);
  });

  test('writes a line every 2 s elsewhere, and one for each act', () => {
    const { written, printer, pass } = screen(false);
    printer.show(progress);
    pass(1999);
    printer.show(progress);
    expect(written).toHaveLength(1);
    pass(1);
    printer.show(progress);
    printer.show({ ...progress, act: 'again' });
    printer.end();
    expect(written).toEqual([
      'buying: 1,000 of 2,000 shoppers done, 3,000 attempts, 100 orders, 8 paid\n',
      'buying: 1,000 of 2,000 shoppers done, 3,000 attempts, 100 orders, 8 paid\n',
      'buying again: 1,000 of 2,000 shoppers done, 3,000 attempts, 100 orders, 8 paid\n',
    ]);
  });
});
