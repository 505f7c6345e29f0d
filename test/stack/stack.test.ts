import { execFileSync } from 'node:child_process';
import { describe, expect, test } from '@jest/globals';
import { startLocalSale } from '../../cli/local-sale.ts';
import { aSale } from './scene.ts';

/** Ids of the processes that this one has started. */
const children = (): number[] =>
  execFileSync('ps', ['-e', '-o', 'pid=,ppid=,comm='], { encoding: 'utf8' })
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .filter(([, parent, name]) => Number(parent) === process.pid && name !== 'ps')
    .map(([pid]) => Number(pid));

describe('startLocalSale()', () => {
  test('says which port is taken, and ends all that it started', async () => {
    const sale = aSale(Date.now(), { id: 'first' });
    const before = children();
    const running = await startLocalSale({ sale });
    const port = Number(new URL(running.stack.siteUrl).port);
    const started = children().filter((pid) => !before.includes(pid));
    expect(started.length).toBeGreaterThan(0);
    await expect(startLocalSale({ sale, port })).rejects.toThrow(
      `Cannot listen on port ${port}: another process has it`,
    );
    expect(children().sort()).toEqual([...before, ...started].sort());
    await running.stop();
    expect(children()).toEqual(before);
    await expect(fetch(`http://127.0.0.1:${port}/`)).rejects.toThrow('fetch failed');
  }, 30_000);
});
