/** Operators look at a sale while people buy. */

import { createInterface } from 'node:readline';
import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type SaleCommands, saleCommands } from './sale-command.ts';
import { MINUTE_MS, type Scene, startScene } from './scene.ts';

let scene: Scene;
let commands: SaleCommands;

beforeAll(async () => {
  scene = await startScene({ items: [{ limit: 5 }], timeZone: 'Europe/Berlin' });
  commands = saleCommands(scene);
  await scene.open();
  // The command line goes by the machine's clock, which the stack's has left behind.
  while (Date.now() < scene.sale.opensAt) await setTimeout(100);
}, 60_000);

afterAll(async () => {
  commands?.close();
  await scene?.stop();
});

// What it prints is what this test is about, member by member.
// biome-ignore lint/suspicious/noExplicitAny: it is JSON
type Second = any;

/** Watches until a second is as it should be; then ends it as Ctrl-C does. */
async function watchUntil(isSo: (second: Second) => boolean, act: () => Promise<void>) {
  const child = commands.start('watch', 'first', '--json');
  const seconds: Second[] = [];
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  for await (const line of createInterface({ input: child.stdout! })) {
    seconds.push(JSON.parse(line));
    if (seconds.length === 1) await act();
    if (isSo(seconds.at(-1))) child.kill('SIGINT');
  }
  return { seconds, status: await ended };
}

describe('watch', () => {
  test('sees units go while somebody buys and pays, and ends with Ctrl-C', async () => {
    const ada = await scene.enter();
    const { seconds, status } = await watchUntil(
      ({ items: [lamp] }) => lamp.paid === 3 && lamp.held === 2 && lamp.released !== null,
      async () => {
        const orderId = await scene.order(ada, 'first', { quantity: 3 });
        await scene.pay(await ada.token(orderId));
        await scene.order(await scene.enter(), 'first', { quantity: 2 });
      },
    );
    expect(status).toBe(0);
    const [first, last] = [seconds.at(0), seconds.at(-1)];
    expect(first).toMatchObject({
      ...{ saleId: 'first', phase: 'open', ordersWaitingMs: expect.any(Number) },
      items: [{ sku: 'lamp', units: 10, forSale: 10, held: 0, paid: 0, takenPerSecond: 0 }],
      queues: { orders: { waiting: expect.any(Number) }, schedulerDlq: { waiting: 0 } },
    });
    expect(last.items).toMatchObject([{ forSale: 5, held: 2, paid: 3, released: {}, late: 0 }]);
    expect(Math.max(...seconds.map(({ items: [lamp] }) => lamp.takenPerSecond))).toBeGreaterThan(0);
    expect(last.atEpochMs).toBeGreaterThan(first.atEpochMs);
  }, 120_000);

  test('prints a line a second where there is no terminal, and ends by itself', async () => {
    const { code, out, err } = await commands.sale('watch', 'first', '--seconds', '2');
    expect([code, err]).toEqual([0, '']);
    const lines = out.trimEnd().split('\n');
    expect(lines).toHaveLength(2);
    expect(lines[0]).toMatch(/^20\d\d-.*Z; open for .*; lamp: 5 for sale, 2 held, 3 paid, /);
    expect(out).not.toContain('\x1b');
  }, 120_000);

  test('says that there is no such sale', async () => {
    expect(await commands.sale('watch', 'nowhere')).toEqual({
      ...{ code: 1, out: '', err: 'Cannot watch "nowhere": there is no such sale\n' },
    });
    const soon = await commands.sale('watch', 'first', '--seconds', '0');
    expect([soon.code, soon.err]).toEqual([1, expect.stringContaining('must be 1 to 999999')]);
  }, 120_000);
});

describe('show', () => {
  test('says all that an operator asks, in UTC and on the clocks of the place', async () => {
    await scene.sweep('first');
    await commands.sale('pause', 'first', '--yes');
    const { code, out } = await commands.sale('show', 'first');
    expect(code).toBe(0);
    for (const part of [
      /^Night of the lamps \(first\)\nstate +paused, closes in /,
      /\npage +http:\/\/127\.0\.0\.1:\d+\/sales\/first\/\n/,
      /\nopens +20\d\d-\d\d-\d\d \d\d:\d\d:\d\d UTC; \d+ \w{3} 20\d\d, \d\d:\d\d:\d\d (CET|CEST|GMT\+[12])\n/,
      /\nlamp +10 +5 +2 +3 +0 +0 +1\n/,
      /\nlast sweep +20\d\d-/,
      /first-sweep +20\d\d.* rate\(1 minute\)/,
      /first-close +20\d\d/,
      /\nqueues +orders 0 waiting/,
      /\ndead letters +orders 0, sweeps 0, scheduler 0\n/,
      /pause "first" {2}paused {2}\w+ \(command line on /,
    ]) {
      expect(out).toMatch(part);
    }
  }, 120_000);

  test('shows scripts the same as one object, and no secret of the sale', async () => {
    const { out } = await commands.sale('show', 'first', '--json');
    expect(JSON.parse(out)).toMatchObject({
      ...{ id: 'first', phase: 'paused', page: `${scene.stack.siteUrl}/sales/first/` },
      items: [{ sku: 'lamp', forSale: 5, held: 2, paid: 3, released: {}, late: 0 }],
      acts: [{ what: 'pause', outcome: 'paused' }],
    });
    const { doorKey, salt, slotSeed } = scene.sale;
    for (const secret of [doorKey, salt, slotSeed]) expect(out).not.toContain(secret);
  }, 120_000);

  test('counts what was released, by reason, and says "none left" of schedules that have run', async () => {
    await commands.sale('resume', 'first', '--yes');
    await scene.stack.clock.advance(200 * MINUTE_MS);
    const { out } = await commands.sale('show', 'first');
    expect(out).toMatch(/\nstate +closed for /);
    expect(out).toMatch(/\nlamp +10 +7 +0 +3 +1 +0 +1\n/);
    expect(out).toContain('released of lamp: 1 expired');
    expect((await commands.sale('list')).out).toMatch(/\nfirst +closed .* lamp +7 +0 +3\n/);
    expect((await commands.sale('show', 'nowhere')).err).toBe(
      'Cannot show "nowhere": there is no such sale\n',
    );
  }, 120_000);
});
