/** @module Keeps a measurement in `docs/measurements`, and writes what quotes it: both are made, never typed. */

import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Measurement } from './measurement.ts';
import { measurementsPage, readmeTable, withBlock } from './measurement-pages.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** Where measurements are kept, below the root of the repository. */
const FOLDER = 'docs/measurements';

/** `2026-11-21-2-intel-xeon.json`: one for each day and machine, the last. */
export function fileOf({ date, machine: { cores, cpu } }: Measurement): string {
  const name = `${cores} ${cpu}`.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-');
  return `${date.slice(0, 10)}-${name.replace(/-$/, '')}.json`;
}

/** @returns the path of its file, below the root */
export function save(measurement: Measurement, root = ROOT): string {
  const path = join(FOLDER, fileOf(measurement));
  mkdirSync(join(root, FOLDER), { recursive: true });
  // The file first: pages that a crash has left behind are made of it again.
  writeFileSync(join(root, path), `${JSON.stringify(measurement, null, 2)}\n`);
  writePages(root);
  return path;
}

/** Writes the list of all measurements, and the README's table of the newest. Repeatable. */
export function writePages(root = ROOT): void {
  for (const [path, text] of pages(root)) writeFileSync(join(root, path), text);
}

/**
 * What is made of the measurements that are kept, by path below the root.
 *
 * @throws {Error} where there is none
 */
export function pages(root = ROOT): ReadonlyMap<string, string> {
  const kept = keptIn(join(root, FOLDER));
  const [newest] = [...kept.values()].sort((a, b) => (a.date < b.date ? 1 : -1));
  if (newest === undefined) throw new Error(`Cannot quote a measurement: ${FOLDER} holds none`);
  const readme = readFileSync(join(root, 'README.md'), 'utf8');
  return new Map([
    [join(FOLDER, 'README.md'), measurementsPage(kept)],
    ['README.md', withBlock(readme, readmeTable(newest))],
  ]);
}

const keptIn = (folder: string): ReadonlyMap<string, Measurement> =>
  new Map(
    readdirSync(folder)
      .filter((name) => name.endsWith('.json'))
      .map((name) => [name, JSON.parse(readFileSync(join(folder, name), 'utf8')) as Measurement]),
  );
