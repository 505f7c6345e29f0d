/** Functions in another process: what they return, what they throw, and what is left when they are stopped. */

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, describe, expect, test } from '@jest/globals';
import { startRemote } from '../../bench/remote.ts';

const SERVE = new URL('../../bench/remote.ts', import.meta.url).href;

const folder = mkdtempSync(join(tmpdir(), 'remote-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** A module that offers functions. */
function offering(name: string, functions: string): URL {
  const path = join(folder, `${name}.ts`);
  writeFileSync(path, `import { serve } from '${SERVE}';\nserve({ ${functions}, stop() {} });`);
  return pathToFileURL(path);
}

type Shop = {
  pid(): number;
  halve(times: Float64Array): Float64Array;
  refuse(name: string): never;
  die(): void;
  stop(): Promise<void>;
};

const SHOP = offering(
  'shop',
  `pid: () => process.pid,
  halve: async (times) => times.map((time) => time / 2),
  refuse: (name) => { throw new RangeError('nothing for ' + name); },
  die() { console.error('out of memory'); process.exit(7); }`,
);

const isThere = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

describe('a remote', () => {
  test('returns what its functions return, and is gone once stopped', async () => {
    const shop = await startRemote<Shop>(SHOP);
    const pid = await shop.call('pid');
    expect(pid).not.toBe(process.pid);
    const halves = await shop.call('halve', Float64Array.of(1, 5));
    expect([...halves]).toEqual([0.5, 2.5]);
    expect(isThere(pid)).toBe(true);
    await shop.stop();
    expect(isThere(pid)).toBe(false);
  });

  test('throws what its functions throw, and goes on', async () => {
    const shop = await startRemote<Shop>(SHOP);
    await expect(shop.call('refuse', 'Ada')).rejects.toThrow(
      'Cannot measure: RangeError: nothing for Ada',
    );
    expect(await shop.call('pid')).toBeGreaterThan(0);
    await shop.stop();
  });

  test('says what a process said that has ended, and hides nothing by stopping it', async () => {
    const shop = await startRemote<Shop>(SHOP);
    await expect(shop.call('die')).rejects.toThrow('a process has ended: out of memory');
    await shop.stop();
  });

  test('fails where the module does not load', async () => {
    const broken = offering('broken', 'pid: () => 1');
    writeFileSync(new URL(broken), 'throw new Error("no such table");');
    await expect(startRemote(broken)).rejects.toThrow('no such table');
  });
});
