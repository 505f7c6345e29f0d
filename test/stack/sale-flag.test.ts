/** `sale.js` at an edge: whatever is asked, whenever, it opens nothing early and closes nothing for long. */

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { releaseTime, stopTime } from '../support/still-time.ts';
import { type FlagScene, type Flags, startFlagScene } from './flag-scene.ts';
import { MINUTE_MS } from './scene.ts';

const HOUR_MS = 60 * MINUTE_MS;

/** How long a closed version may live. */
const BRIEFLY_MS = 1_000;

/** How long an open version may live. */
const A_WHILE_MS = 60_000;

let scene: FlagScene;
let { sale, ask, keyBy, goTo, publishAgain } = {} as Flags;

beforeAll(async () => {
  scene = await startFlagScene();
}, 30_000);

afterAll(() => scene?.stop());

beforeEach(async () => {
  stopTime();
  ({ sale, ask, keyBy, goTo, publishAgain } = await scene.flags());
});

afterEach(() => void releaseTime());

const QUERIES = ['?v=1', '?v=2', '?v=99', '', '?v=', '?v=1&v=2', '?other=1'];

describe('sale.js before the opening', () => {
  test('has no door key, whatever version is asked for, and lives for a second', async () => {
    for (const before of [-4 * MINUTE_MS, -121_000, -119_000, -1]) {
      await goTo(sale.opensAt, before);
      for (const query of QUERIES) {
        expect(await ask(query)).toMatchObject({
          text: 'window.flashSale={"saleStarted":false};\n',
          control: 'public, max-age=1',
        });
      }
    }
  });

  test('has a key that stands in no other file either', async () => {
    const paths = ['sale.json', 'slots.json', '../index.json', '', 'sale.js?v=1'];
    for (const path of [
      ...paths.map((one) => `/sales/${sale.id}/${one}`),
      `/api/sales/${sale.id}`,
    ]) {
      expect(await (await fetch(scene.stack.siteUrl + path)).text()).not.toContain(sale.doorKey);
    }
  });

  test('is not opened by a function that is called early', async () => {
    await goTo(sale.opensAt, -MINUTE_MS);
    const opening = scene.stack.invoke('Open', { saleId: sale.id });
    await scene.stack.settle();
    expect(await keyBy()).toBeUndefined();
    await goTo(sale.opensAt, -1);
    expect(await keyBy('?v=2')).toBeUndefined();
    await goTo(sale.opensAt, 0);
    await opening;
    expect(await keyBy('?v=3')).toBe(sale.doorKey);
  });
});

describe('sale.js around the opening', () => {
  test('is there for whoever asks first in the opening millisecond', async () => {
    await goTo(sale.opensAt, 0);
    expect(await keyBy()).toBe(sale.doorKey);
  });

  test('is pinned for a second at most by fifty who asked a millisecond before', async () => {
    await goTo(sale.opensAt, -1);
    const early = await Promise.all(Array.from({ length: 50 }, () => keyBy()));
    expect(new Set(early)).toEqual(new Set([undefined]));
    await goTo(sale.opensAt, -1 + BRIEFLY_MS - 1);
    expect(await keyBy()).toBeUndefined();
    await goTo(sale.opensAt, -1 + BRIEFLY_MS);
    expect(await keyBy()).toBe(sale.doorKey);
  });

  test.each([0, 30, 70])(
    'opens within a second although it is asked for all the time, %d ms beside the opening',
    async (offset) => {
      await goTo(sale.opensAt, -2_000 + offset);
      let openAt: number | undefined;
      while (scene.stack.clock.now() < sale.opensAt + 2_000) {
        const keys = await Promise.all([keyBy(), keyBy(), keyBy()]);
        const isOpen = keys.every((key) => key === sale.doorKey);
        // Once it is open at this edge it does not close again.
        expect(isOpen).toBe(openAt !== undefined || isOpen);
        if (isOpen) openAt ??= scene.stack.clock.now();
        await scene.stack.clock.advance(100);
      }
      expect(openAt).toBeGreaterThanOrEqual(sale.opensAt);
      expect(openAt).toBeLessThan(sale.opensAt + BRIEFLY_MS);
    },
  );

  test('is not pinned by clients that guess versions', async () => {
    await goTo(sale.opensAt, -1);
    for (const query of QUERIES) expect(await keyBy(query)).toBeUndefined();
    await goTo(sale.opensAt, BRIEFLY_MS - 1);
    for (const query of QUERIES) expect(await keyBy(query)).toBe(sale.doorKey);
  });

  test('is asked for once more by an edge with an old copy, and then for a minute no more', async () => {
    await goTo(sale.opensAt, -500);
    expect((await ask()).how).toBe('Miss from cloudfront');
    await goTo(sale.opensAt, 499);
    expect(await ask()).toMatchObject({ how: 'Hit from cloudfront', control: 'public, max-age=1' });
    await goTo(sale.opensAt, 500);
    expect(await ask()).toMatchObject({
      how: 'Miss from cloudfront',
      control: 'public, max-age=60',
    });
    await goTo(sale.opensAt, 500 + A_WHILE_MS - 1);
    expect((await ask()).how).toBe('Hit from cloudfront');
    await goTo(sale.opensAt, 500 + A_WHILE_MS);
    expect((await ask()).how).not.toBe('Hit from cloudfront');
    expect(await keyBy()).toBe(sale.doorKey);
  });

  test.each([-HOUR_MS, HOUR_MS])('does not care for a clock that is %d ms wrong', async (wrong) => {
    const { clock, siteUrl } = scene.stack;
    const date = () => new Date(clock.now() + wrong).toUTCString();
    const headers = () => ({
      date: date(),
      'if-modified-since': date(),
      'cache-control': 'max-age=0',
    });
    const openings = { before: sale.opensAt - BRIEFLY_MS, after: sale.opensAt };
    await goTo(openings.before, -1);
    expect(await keyBy('?v=1', headers())).toBeUndefined();
    const time = await (await fetch(`${siteUrl}/api/time`, { headers: headers() })).json();
    expect(time).toEqual({ epochMs: clock.now() });
    await goTo(openings.after, 0);
    expect(await keyBy('?v=1', headers())).toBe(sale.doorKey);
  });
});

describe('sale.js when a sale is published again', () => {
  test('stays closed before the opening, and opens all the same', async () => {
    await goTo(sale.opensAt, -30_000);
    await publishAgain();
    expect(await keyBy()).toBeUndefined();
    await goTo(sale.opensAt, 0);
    expect(await keyBy()).toBe(sale.doorKey);
  });

  test('stays open after the opening', async () => {
    await goTo(sale.opensAt, 1);
    await publishAgain();
    for (const query of QUERIES) expect(await keyBy(query)).toBe(sale.doorKey);
    await goTo(sale.opensAt, 2 * A_WHILE_MS);
    expect(await keyBy()).toBe(sale.doorKey);
  });

  test('stays open although the publisher takes it for earlier than it is', async () => {
    await goTo(sale.opensAt, 1);
    await publishAgain(-10_000);
    for (const query of QUERIES) expect(await keyBy(query)).toBe(sale.doorKey);
  });

  test('is opened where the opening itself had failed', async () => {
    const fault = scene.stack.faults.add({
      function: 'Open',
      action: 'kill-before',
      nth: 1,
      times: 9,
    });
    await goTo(sale.opensAt, 5 * MINUTE_MS);
    fault.remove();
    expect(await keyBy()).toBeUndefined();
    await publishAgain();
    expect(await keyBy('?v=2')).toBe(sale.doorKey);
  });
});

describe('sale.js at the closing', () => {
  test('says the end within the minute that the open version lives; the gate says it at once', async () => {
    const shopper = await scene.enter();
    await goTo(sale.closesAt, -1);
    const ticket = await shopper.ticket(sale.id);
    expect(await keyBy()).toBe(sale.doorKey);
    await goTo(sale.closesAt, 0);
    const { status, body } = await shopper.buy(sale.id, { ticket, doorKey: sale.doorKey });
    expect([status, body['code']]).toEqual([410, 'closed']);
    expect(await keyBy()).toBe(sale.doorKey);
    await goTo(sale.closesAt, A_WHILE_MS - 2);
    expect((await ask()).how).toBe('Hit from cloudfront');
    await goTo(sale.closesAt, A_WHILE_MS - 1);
    const end = 'window.flashSale={"saleStarted":false,"saleEnded":true};\n';
    expect(await ask()).toMatchObject({ text: end, control: 'public, max-age=1' });
  });

  test('is final: neither the opening nor a publisher that come late open it again', async () => {
    await goTo(sale.closesAt, 0);
    await scene.stack.invoke('Open', { saleId: sale.id });
    expect(await publishAgain()).toEqual({ kind: 'closed-already' });
    await goTo(sale.closesAt, 2 * A_WHILE_MS);
    expect((await ask()).text).toContain('"saleEnded":true');
  });
});
