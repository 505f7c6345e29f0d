/** What quotes measurements is made of the newest that is kept: `npm run bench -- --pages` writes it again. */

import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import type { Measurement } from '../../bench/measurement.ts';
import { fileOf, pages } from '../../bench/record.ts';

const files = readdirSync('docs/measurements').filter((name) => name.endsWith('.json'));

const guide = readFileSync('docs/performance.md', 'utf8');

const read = (file: string): Measurement =>
  JSON.parse(readFileSync(`docs/measurements/${file}`, 'utf8')) as Measurement;

describe('docs/measurements', () => {
  test('has a measurement', () => {
    expect(files.length).toBeGreaterThan(0);
  });

  test.each([...pages()])('%s says what the measurements do', (path, text) => {
    expect(readFileSync(path, 'utf8')).toBe(text);
  });

  test.each(files)('%s is named as its date and machine say', (file) => {
    expect(fileOf(read(file))).toBe(file);
  });
});

describe('docs/performance.md', () => {
  const scenarios = new Set(files.flatMap((file) => read(file).results.map(({ name }) => name)));

  test.each([...scenarios])('explains the scenario %s', (name) => {
    expect(guide).toContain(`\n### \`${name}\`\n`);
  });
});
