import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { buildSite } from '../../site/build.ts';

let outdir: string;

beforeAll(async () => {
  outdir = await mkdtemp(join(tmpdir(), 'site-'));
  await buildSite(outdir);
});

afterAll(() => rm(outdir, { recursive: true }));

const PAGES = [['index.html'], ['sale.html'], ['operator.html']];

/** What operators alone load. */
const isOperators = (name: string): boolean => name.startsWith('operator');

/** Bytes of all files that a test chooses. */
async function bytesOf(chosen: (name: string) => boolean): Promise<number> {
  const files = await readdir(outdir, { recursive: true, withFileTypes: true });
  let bytes = 0;
  for (const file of files.filter((entry) => entry.isFile() && chosen(entry.name))) {
    bytes += (await readFile(join(file.parentPath, file.name))).byteLength;
  }
  return bytes;
}

describe('buildSite()', () => {
  test('names assets by their content', async () => {
    const names = await readdir(join(outdir, 'assets'));
    for (const name of names) expect(name).toMatch(/^[\w.-]+-[A-Z0-9]{8}\.(js|css|svg)$/);
  });

  test.each(PAGES)('%s refers only to what is there', async (page) => {
    const html = await readFile(join(outdir, page), 'utf8');
    const references = [...html.matchAll(/(?:href|src)="(\/assets\/[^"]+)"/g)].map(
      ([, path]) => path,
    );
    expect(references).toHaveLength(3);
    for (const path of references) await readFile(join(outdir, path ?? ''));
    expect(html).not.toContain('"./');
    expect(html).not.toMatch(/\{(en|de)\./);
  });

  test.each(PAGES)('%s needs no exception from a strict policy', async (page) => {
    const html = await readFile(join(outdir, page), 'utf8');
    expect(html).not.toMatch(/<style|style="|\son\w+="|javascript:|<script(?![^>]*\ssrc=)/);
  });

  test('gives the sale page the script that solves challenges', async () => {
    const html = await readFile(join(outdir, 'sale.html'), 'utf8');
    const path = /data-solver="([^"]+)"/.exec(html)?.[1] ?? '';
    expect(await readFile(join(outdir, path), 'utf8')).toContain('SHA-256');
  });

  test('says in both languages that it needs a script', async () => {
    const html = await readFile(join(outdir, 'sale.html'), 'utf8');
    expect(html).toMatch(/<noscript><p lang="en">This .*<p lang="de">Diese /);
  });

  test('stays below 60 KB all told, for shoppers', async () => {
    expect(await bytesOf((name) => !isOperators(name))).toBeLessThan(60 * 1024);
  });

  test("stays below 150 KB for operators, and keeps that out of shoppers' scripts", async () => {
    expect(await bytesOf(isOperators)).toBeLessThan(150 * 1024);
    const names = await readdir(join(outdir, 'assets'));
    for (const name of names.filter((one) => !isOperators(one))) {
      expect(await readFile(join(outdir, 'assets', name), 'utf8')).not.toContain('/api/operator');
    }
  });
});
