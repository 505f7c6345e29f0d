/** `docs/capacity.md` shows what `plan` prints, and its picture. `node docs/images/make-plan.ts` writes both again. */

import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { AWS_LIMITS } from '../../capacity/aws-limits.ts';

const page = readFileSync('docs/capacity.md', 'utf8');

const folder = mkdtempSync(join(tmpdir(), 'capacity-'));

afterAll(() => rmSync(folder, { recursive: true, force: true }));

const sale = (words: readonly string[]): string =>
  execFileSync(process.execPath, ['cli/run.ts', ...words], { encoding: 'utf8' });

const BLOCK = /<!-- (plan [^>]*) -->\n```text\n([\s\S]*?)```\n<!-- end -->/g;

const blocks = [...page.matchAll(BLOCK)].map(([, words = '', text = '']) => [words, text] as const);

describe('docs/capacity.md', () => {
  test('shows the three sizes, and what limits those of a million and more', () => {
    expect(blocks.map(([words]) => words)).toEqual([
      'plan --shoppers 100000 --units 100',
      'plan --shoppers 1000000 --units 10000',
      'plan --shoppers 10000000 --units 1000000',
      'plan --limits --shoppers 1000000 --units 10000',
      'plan --limits --shoppers 10000000 --units 100000',
      'plan --limits --shoppers 10000000 --units 1000000',
    ]);
  });

  test.each(blocks)('shows what %s prints', (words, text) => {
    expect(sale(words.split(' '))).toBe(text);
  });

  test('has the picture that the command draws', () => {
    const path = join(folder, 'plan.svg');
    sale(['plan', '--shoppers', '100000', '--units', '100', '--svg', path]);
    expect(readFileSync(path, 'utf8')).toBe(readFileSync('docs/images/plan.svg', 'utf8'));
  });

  test.each(Object.values(AWS_LIMITS))(
    'names the limit of $what, and its value',
    ({ what, value }) => {
      expect(page).toContain(`| ${what} | ${value.toLocaleString('en')} `);
    },
  );
});
