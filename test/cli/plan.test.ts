/** `npm run sale -- plan`, as it is typed. */

import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';

const folder = mkdtempSync(join(tmpdir(), 'plan-'));

afterAll(() => rmSync(folder, { recursive: true, force: true }));

const plan = (...words: readonly string[]): string =>
  execFileSync(process.execPath, ['cli/run.ts', 'plan', ...words], { encoding: 'utf8' });

const refused = (...words: readonly string[]) => {
  const { status, stderr } = spawnSync(process.execPath, ['cli/run.ts', 'plan', ...words], {
    encoding: 'utf8',
  });
  return { status, stderr };
};

const SIZE = ['--shoppers', '100000', '--units', '100'];

describe('plan', () => {
  test('prints one JSON object for scripts', () => {
    const report = JSON.parse(plan(...SIZE, '--json'));
    expect(report).toMatchObject({
      plan: { perSecond: 1_667, shards: 7 },
      admission: { expectedShoppers: 100_000, perSecond: 1_667 },
    });
    expect(report.seconds).toHaveLength(75);
    expect(report.cost.edge.lines[0].what).toBe('CloudFront requests');
  });

  test('reads a sale file, and takes another number of shoppers for it', () => {
    const report = JSON.parse(plan('sales/demo.json', '--shoppers', '5000', '--json'));
    expect(report.plan.shoppers).toBe(5_000);
    expect(report.plan.units).toBeGreaterThan(0);
  });

  test('writes a picture', () => {
    const path = join(folder, 'plan.svg');
    plan(...SIZE, '--svg', path);
    expect(readFileSync(path, 'utf8')).toMatch(/^<svg [\s\S]*<\/svg>\n$/);
  });

  test('computes as if a limit were another', () => {
    const need = (text: string) => JSON.parse(text).demand.needs;
    const has = (words: readonly string[]) =>
      need(plan(...SIZE, '--json', ...words)).find(
        ({ limit }: { limit: string }) => limit === 'buyRate',
      ).has;
    expect(has([])).toBe(5_000);
    expect(has(['--with', 'buyRate=800'])).toBe(800);
    expect(has(['--stage', 'dev', '--with', 'apiRate=1', '--with', 'buyRate=900'])).toBe(900);
  });

  test('says what is exceeded first and next, how long answers take, and what one more buys', () => {
    const text = plan('--shoppers', '500000', '--units', '5000', '--limits');
    expect(text).toMatch(/^Exceeded first, as it is: 8,334 admitted a second$/m);
    expect(text).toMatch(/^requests of the usage plan for buys +\d+ +5,000 +8,400 /m);
    expect(text).toMatch(/^an answer: p50, p95, p99 +\d/m);
    expect(text).toMatch(/^has room: .*apiBurst/m);
    expect(text).not.toContain('NaN');
    for (const line of text.split('\n')) expect(line).toBe(line.trimEnd());
  });

  test('prints the same study as an object', () => {
    const study = JSON.parse(plan('--shoppers', '50000', '--units', '100', '--limits', '--json'));
    expect(study.plan.shoppers).toBe(50_000);
    expect(study.chain).toEqual([]);
    const { seconds, waits, oneMore, exceeded } = study.scenes.asItIs;
    expect(seconds).toHaveLength(300);
    expect(seconds[0].answer.p99).toBeGreaterThan(seconds[0].answer.p50);
    expect(waits.request.p50).toBeCloseTo(0.037, 2);
    expect(oneMore.hasRoom).toContain('apiRate');
    expect(Array.isArray(exceeded)).toBe(true);
  });

  test('has columns that are aligned: every figure of a column ends where the others do', () => {
    const lines = plan(...SIZE).split('\n');
    const from = lines.findIndex((line) => line.startsWith('What it costs')) + 1;
    const to = lines.findIndex((line) => line.startsWith('together'));
    const ends = lines.slice(from, to + 1).map((line) => line.length);
    expect(new Set(ends).size).toBe(1);
  });

  test('says what is missing, and what there is not', () => {
    expect(refused('--shoppers', '5')).toEqual({
      status: 1,
      stderr: 'Cannot plan: name a sale file, or --shoppers and --units\n',
    });
    expect(refused('sales/demo.json', '--units', '5').stderr).toContain(
      'the file says how many there are',
    );
    expect(refused(...SIZE, '--with', 'speed=9').stderr).toContain('there is no limit "speed"');
    expect(refused('--shoppers', '0').stderr).toContain(
      'it must be a positive whole number, not "0"',
    );
    expect(refused('sales/restock.json').stderr).toContain('it expects 0 shoppers');
  });
});
