/** The `handler` scenario's parts: who answers wrongly, or saves calls, is not measured. */

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { startHandlerAws } from '../../bench/handler-aws.ts';
import { checkCalls } from '../../bench/handler-calls.ts';
import { runBundle } from '../../bench/handler-runs.ts';
import { openedSale, pressOf } from '../../bench/handler-shop.ts';
import { variables } from '../../bench/handler-variables.ts';

const folder = mkdtempSync(join(tmpdir(), 'handler-bench-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** A bundle of one handler. */
function bundle(code: string): string {
  const path = join(folder, `${code.length}.cjs`);
  writeFileSync(path, `exports.handler = async (event) => { ${code} };`);
  return path;
}

describe('runBundle()', () => {
  const env = { PATH: '' };

  test('runs a bundle at least once, and says what loading and calls took of the processor', async () => {
    const running = await runBundle(bundle('return { statusCode: event.status };'), env);
    expect(running.loadMicros).toBeGreaterThan(0);
    const order = { events: [{ status: 201 }], ms: 0, status: 201 };
    expect(await running.run(order)).toMatchObject({
      calls: 1,
      micros: expect.any(Number),
      tookMs: [expect.any(Number)],
    });
    await running.stop();
  });

  test('fails where one answer of many is wrong, and says what it was', async () => {
    const running = await runBundle(bundle('return { statusCode: event.status  };'), env);
    const order = { events: [{ status: 201 }, { status: 503 }], ms: 10_000, status: 201 };
    await expect(running.run(order)).rejects.toThrow('answered {"statusCode":503} in place of 201');
    await running.stop();
  });

  test('fails where the bundle does not load', async () => {
    const broken = join(folder, 'broken.cjs');
    writeFileSync(broken, 'throw new Error("no such table")');
    await expect(runBundle(broken, env)).rejects.toThrow('no such table');
  });
});

describe('checkCalls()', () => {
  const seen = (put: number, update: number, send: number) =>
    new Map([
      ['PutItem', put],
      ['UpdateItem', update],
      ['SendMessage', send],
    ]);
  const before = seen(5, 10, 5);

  test('takes three writes and a message for each win, and none for a reject', () => {
    checkCalls('win', 2, before, seen(7, 14, 7));
    checkCalls('late', 2, before, before);
    checkCalls('win', 1, new Map(), seen(1, 2, 1));
    // A call that timed out was made again.
    checkCalls('win', 2, before, seen(7, 15, 7));
  });

  test.each([
    ['win', seen(7, 13, 7), '2 presses made 3 calls of UpdateItem in place of 4'],
    ['win', seen(7, 14, 6), '2 presses made 1 calls of SendMessage in place of 2'],
    ['win', seen(6, 14, 7), '2 presses made 1 calls of PutItem in place of 2'],
    ['late', seen(6, 10, 5), '2 presses made 1 calls of PutItem in place of 0'],
  ] as const)('refuses other calls: %s %#', (press, after, message) => {
    expect(() => checkCalls(press, 2, before, after)).toThrow(message);
  });
});

describe('the deployed buy function, before a scripted AWS', () => {
  test('sells with three writes and a message, and rejects with none', async () => {
    const now = Date.now();
    const sale = openedSale(now);
    const aws = await startHandlerAws(sale);
    const deployed = new URL('../../dist/functions/buy/index.js', import.meta.url).pathname;
    const running = await runBundle(deployed, variables(aws.url));
    for (const [press, status] of [
      ['win', 201],
      ['late', 409],
    ] as const) {
      const before = aws.counts();
      const events = [pressOf(sale, press, now), pressOf(sale, press, now)];
      const { calls } = await running.run({ events, ms: 0, status });
      checkCalls(press, calls, before, aws.counts());
    }
    expect(aws.counts().get('GetSecretValue')).toBe(1);
    await running.stop();
    await aws.close();
  });
});
