import { readFileSync } from 'node:fs';
import { ListSchedulesCommand, SchedulerClient } from '@aws-sdk/client-scheduler';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { readSaleFile } from '../../adapters/sale-file.ts';
import { restock } from '../../domain/grant.ts';
import { lateUntil } from '../../domain/sweep-sale.ts';
import { eventSchemas, fileOf } from '../support/event-schemas.ts';
import { withMoney } from './money-scene.ts';
import { MINUTE_MS, type Scene, SWEPT_MS, startScene } from './scene.ts';

let scene: Scene;

beforeAll(async () => {
  scene = await startScene({ id: 'idle', closesAt: Date.now() + 8000, paymentWindow: 60 });
}, 30_000);

afterAll(() => scene?.stop());

const until = (instant: number) => scene.stack.clock.advance(instant - scene.stack.clock.now());

const flagOf = async (saleId: string): Promise<string> => {
  const path = `/sales/${saleId}/sale.js?v=${scene.stack.clock.now()}`;
  return (await scene.ask('GET', path)).text.trim();
};

const eventsOf = (saleId: string): string[] =>
  scene.stack.events
    .filter(({ detail }) => (detail as { saleId: string }).saleId === saleId)
    .map(({ detailType }) => detailType);

const statusOf = async (saleId: string) => {
  await scene.stack.clock.advance(1100);
  return (await scene.ask('GET', `/api/sales/${saleId}`)).body;
};

async function schedulesOf(saleId: string): Promise<string[]> {
  const client = new SchedulerClient({
    endpoint: scene.stack.awsUrl,
    region: 'us-east-1',
    credentials: { accessKeyId: 'any', secretAccessKey: 'any' },
  });
  const found = await client.send(
    new ListSchedulesCommand({ GroupName: scene.deployment.outputs.ScheduleGroup }),
  );
  client.destroy();
  const names = found.Schedules?.map(({ Name = '' }) => Name) ?? [];
  return names.filter((name) => name.startsWith(`${saleId}-`)).sort();
}

describe('a sale', () => {
  test('opens in its very second, ends at its closing, and is swept until nothing is open', async () => {
    // Neither is a whole second, as schedules are.
    const opensAt = Math.floor(scene.stack.clock.now() / 1000) * 1000 + 5 * MINUTE_MS + 357;
    const closesAt = opensAt + 10 * MINUTE_MS;
    const sale = await scene.publish({ id: 'day', opensAt, closesAt });
    const all = ['close', 'cool', 'open', 'reconcile', 'sweep', 'warm'];
    expect(await schedulesOf('day')).toEqual(all.map((of) => `day-${of}`));
    await until(opensAt - 1000);
    expect(await flagOf('day')).toBe('window.flashSale={"saleStarted":false};');
    const shopper = await scene.enter();
    expect((await shopper.buy('day', { doorKey: sale.doorKey })).body).toMatchObject({
      code: 'not-open',
      opensAtEpochMs: opensAt,
    });
    await until(opensAt + 250);
    expect(await flagOf('day')).toBe(
      `window.flashSale=${JSON.stringify({ saleStarted: true, doorKey: sale.doorKey, version: 1 })};`,
    );
    expect((await statusOf('day'))['phase']).toBe('open');
    expect((await shopper.buy('day')).status).toBe(201);
    await until(closesAt);
    const late = await shopper.buy('day', { ticket: 'any' });
    expect([late.status, late.body['code']]).toEqual([410, 'closed']);
    expect((await shopper.ask('POST', '/api/sales/day/ticket')).status).toBe(410);
    expect((await statusOf('day'))['phase']).toBe('closed');
    expect(await flagOf('day')).toContain('"saleEnded":true');
    expect(await schedulesOf('day')).toEqual(['day-cool', 'day-reconcile', 'day-sweep']);
    await until(lateUntil(sale) + 3 * MINUTE_MS);
    expect(await schedulesOf('day')).toEqual(['day-reconcile']);
    await until(lateUntil(sale) + 11 * MINUTE_MS);
    expect(await schedulesOf('day')).toEqual([]);
    expect(eventsOf('day')).toEqual([
      'sale.opened.v1',
      'order.reserved.v1',
      'sale.closed.v1',
      'order.released.v1',
      'reconciliation.completed.v1',
    ]);
    expect(await scene.broken('day')).toEqual({});
  }, 20_000);

  test('without end and for nothing is sold from one end to the other', async () => {
    const path = 'sales/unlimited-and-free.json';
    const read = readSaleFile(readFileSync(path, 'utf8'), path);
    if (!('sale' in read)) throw new Error('the file is wrong');
    const { id, opensAt: _opens, closesAt: _closes, ...rest } = read.sale;
    const closesAt = scene.stack.clock.now() + MINUTE_MS;
    // Shoppers of this test solve no challenges.
    const admission = { ...rest.admission, difficulty: 0 };
    const sale = await scene.publish({ ...rest, id, admission, closesAt });
    await scene.open();
    const [payer, leaver] = [await scene.enter(), await scene.enter()];
    const free = await payer.buy(id, { sku: 'TICKET' });
    expect([free.status, free.body['status'], free.body['amountMinor']]).toEqual([201, 'PAID', 0]);
    expect((await payer.buy(id, { sku: 'TICKET' })).body['code']).toBe('limit-reached');
    const orderId = await payer.order(id, { sku: 'SONG' });
    const left = await leaver.order(id, { sku: 'SONG' });
    await scene.pay(await payer.token(orderId));
    expect((await payer.look(orderId)).body['status']).toBe('PAID');
    const { items } = await statusOf(id);
    expect(items).toMatchObject([
      { sku: 'SONG', remaining: null, soldOut: false },
      { sku: 'TICKET', remaining: 49 },
    ]);
    await until(lateUntil(sale) + 11 * MINUTE_MS);
    expect((await leaver.look(left)).body).toMatchObject({ status: 'RELEASED', reason: 'expired' });
    expect((await scene.record(left))?.state).toBe('RELEASED');
    expect(await schedulesOf(id)).toEqual([]);
    expect(await scene.broken(id)).toEqual({});
  }, 20_000);
});

describe('a unit', () => {
  test('that was abandoned is back after its window, and can be bought by the same shopper', async () => {
    await scene.publish({ id: 'back', items: [{ units: 5 }] });
    await scene.open();
    const shoppers = await Promise.all(Array.from({ length: 5 }, () => scene.enter()));
    const first: string[] = [];
    for (const shopper of shoppers) first.push(await shopper.order('back'));
    expect((await (await scene.enter()).buy('back')).body['code']).toBe('sold-out');
    expect((await statusOf('back'))['items']).toMatchObject([{ remaining: 0, soldOut: true }]);
    await scene.stack.clock.advance(SWEPT_MS);
    expect((await statusOf('back'))['items']).toMatchObject([{ remaining: 5, soldOut: false }]);
    for (const [index, shopper] of shoppers.entries()) {
      const again = await scene.order(shopper, 'back');
      expect(again).not.toBe(first[index]);
      expect((await shopper.look(first[index] ?? '')).body).toMatchObject({
        status: 'RELEASED',
        reason: 'expired',
      });
    }
    expect(eventsOf('back').filter((type) => type === 'sale.sold-out.v1').length).toBeGreaterThan(
      0,
    );
    expect(await scene.broken('back')).toEqual({});
  }, 20_000);

  test('that is cancelled is back at once, and takes back that the item is sold out', async () => {
    await scene.publish({ id: 'once', items: [{ units: 1 }] });
    await scene.open();
    const [owner, other] = [await scene.enter(), await scene.enter()];
    const orderId = await owner.order('once');
    expect((await other.buy('once')).body['code']).toBe('sold-out');
    const cancelled = await owner.cancel(orderId);
    expect([cancelled.status, cancelled.body['status']]).toEqual([200, 'RELEASED']);
    expect((await owner.cancel(orderId)).status).toBe(200);
    const { items } = await statusOf('once');
    expect(items).toMatchObject([{ soldOut: false, releases: 1 }]);
    await scene.order(other, 'once');
    expect((await owner.buy('once')).body['code']).toBe('sold-out');
    expect(await scene.broken('once')).toEqual({});
  });

  test('that came by a restock can be bought after the item was sold out', async () => {
    await scene.publish({ id: 'more', items: [{ units: 1 }] });
    await scene.open();
    await (await scene.enter()).order('more');
    const shopper = await scene.enter();
    expect((await shopper.buy('more')).body['code']).toBe('sold-out');
    const item = { saleId: 'more', sku: 'lamp' };
    await restock(scene.deployment, item, 1, 3, scene.stack.clock.now());
    await scene.stack.clock.advance(1000);
    await scene.order(shopper, 'more');
    await scene.stack.settle();
    expect(eventsOf('more')).toContain('sale.restocked.v1');
    expect(await scene.broken('more')).toEqual({});
  });
});

test('every kind of event has been on the bus', async () => {
  const shopper = await scene.enter();
  const token = await shopper.token(await shopper.order('more'));
  const { reference } = await scene.pay(token);
  await scene.pay(token, { forceNew: true });
  const { later, reconciled } = withMoney(scene);
  await later();
  scene.sandbox.mistake(reference, { kind: 'missing' });
  await reconciled('more');
  const kinds = new Set(scene.stack.events.map(({ detailType }) => fileOf(detailType)));
  // Each of them is held to its schema when the scene ends.
  expect([...kinds].sort()).toEqual([...eventSchemas.keys()].sort());
});
