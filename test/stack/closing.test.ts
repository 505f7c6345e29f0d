/** A closing that operators move, seen through the gate and around it, with an edge store that is prompt or slow. */

import { ListSchedulesCommand, SchedulerClient } from '@aws-sdk/client-scheduler';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { findSale } from '../../domain/catalogue.ts';
import { closeNow, extend } from '../../domain/closing.ts';
import type { PublishedSale } from '../../domain/sale.ts';
import { lateUntil } from '../../domain/sweep-sale.ts';
import type { Shopper } from '../support/shopper.ts';
import { buyAround } from './around.ts';
import { MINUTE_MS, type Scene, startScene } from './scene.ts';

/** Tickets live long: one that was issued before the closing is used after it. */
const admission = { expectedShoppers: 0, perSecond: 250, difficulty: 0, ticketSeconds: 600 };

describe.each([0, 30_000])('with an edge store that takes %d ms', (keyValueStoreDelayMs) => {
  let scene: Scene;

  beforeAll(async () => {
    const idle = { id: 'idle', closesAt: Date.now() + 8000, paymentWindow: 60 };
    scene = await startScene(idle, { keyValueStoreDelayMs });
  }, 60_000);

  afterAll(() => scene?.stop());

  const now = () => scene.stack.clock.now();
  const until = (instant: number) => scene.stack.clock.advance(instant - now());
  const saleNow = async (id: string) =>
    (await findSale(scene.deployment.store, id)) as PublishedSale;

  const file = async (path: string) =>
    (await fetch(`${scene.stack.siteUrl}/sales/${path}?v=${now()}`)).text();
  const page = async (id: string) => JSON.parse(await file(`${id}/sale.json`));
  const flag = (id: string) => file(`${id}/sale.js`);

  /** Occurrences of what befell the sale itself: an event may come more than once, under the same id. */
  const eventsOf = (saleId: string): readonly string[] => {
    const all = scene.stack.events
      .map(({ detailType, detail }) => ({
        detailType,
        ...(detail as { id: string; saleId?: string }),
      }))
      .filter((event) => event.saleId === saleId && event.detailType.startsWith('sale.'));
    return [...new Map(all.map(({ id, detailType }) => [id, detailType])).values()];
  };

  async function schedulesOf(id: string): Promise<readonly string[]> {
    const client = new SchedulerClient(scene.deployment.settings);
    const GroupName = scene.deployment.outputs.ScheduleGroup;
    const { Schedules = [] } = await client.send(
      new ListSchedulesCommand({ GroupName, NamePrefix: `${id}-` }),
    );
    return Schedules.map(({ Name = '' }) => Name.slice(id.length + 1)).sort();
  }

  /** A sale of a quarter of an hour, open, with shoppers who have tickets. */
  async function openSale(id: string, shoppers: number) {
    const opensAt = now() + 5000;
    const times = { opensAt, closesAt: opensAt + 15 * MINUTE_MS, paymentWindow: 300 };
    const sale = await scene.publish({ id, ...times, admission, items: [{ units: 12 }] });
    await until(opensAt + Math.max(1000, keyValueStoreDelayMs));
    return { sale, waiting: await Promise.all(Array.from({ length: shoppers }, scene.enter)) };
  }

  const ticketed = (id: string, shoppers: readonly Shopper[]) =>
    Promise.all(shoppers.map(async (shopper) => ({ shopper, ticket: await shopper.ticket(id) })));
  type Ticketed = Awaited<ReturnType<typeof ticketed>>[number];

  const through = async ({ doorKey, id }: PublishedSale, { shopper, ticket }: Ticketed) =>
    (await shopper.buy(id, { ticket, doorKey })).status;
  const around = async ({ doorKey, id }: PublishedSale, { shopper, ticket }: Ticketed) =>
    (await buyAround(scene, shopper, doorKey, id, ticket)).status;

  test('an extended sale sells until its new closing, and its page, flag and status say so', async () => {
    const { sale, waiting } = await openSale('longer', 6);
    const closesAt = sale.closesAt + 10 * MINUTE_MS;
    await until(sale.closesAt - 2 * MINUTE_MS);
    const outcome = await extend(scene.deployment, 'longer', closesAt);
    expect(outcome).toEqual({ kind: 'extended', closesAt });
    expect((await page('longer'))['closesAtEpochMs']).toBe(closesAt);
    // The second at which it was to close: nobody notices it, at the gate or behind it.
    const early = await ticketed('longer', waiting.slice(0, 3));
    const [first, second, third] = early as [Ticketed, Ticketed, Ticketed];
    await until(sale.closesAt - 2000);
    expect(await through(sale, first)).toBe(201);
    await until(sale.closesAt + 2000);
    expect(await through(sale, second)).toBe(201);
    expect(await around(sale, third)).toBe(201);
    expect(await flag('longer')).toContain('"saleStarted":true');
    const { body } = await scene.ask('GET', '/api/sales/longer');
    expect(body).toMatchObject({ phase: 'open', closesAtEpochMs: closesAt });
    await until(closesAt - MINUTE_MS);
    const people = await ticketed('longer', waiting.slice(3));
    const [fourth, late, later] = people as [Ticketed, Ticketed, Ticketed];
    await until(closesAt - 2000);
    expect(await around(sale, fourth)).toBe(201);
    await until(closesAt);
    expect(await through(sale, late)).toBe(410);
    expect(await around(sale, later)).toBe(410);
    await until(closesAt + 2000);
    expect(await flag('longer')).toContain('"saleEnded":true');
    expect((await saleNow('longer')).closed).toBe(true);
  }, 60_000);

  test('its orders are swept, its schedules end, and no promise is broken', async () => {
    const moved = await saleNow('longer');
    await until(lateUntil(moved) + 9 * MINUTE_MS);
    expect(await schedulesOf('longer')).toEqual([`reconcile-${Math.floor(moved.closesAt / 1000)}`]);
    await until(lateUntil(moved) + 11 * MINUTE_MS);
    expect(await schedulesOf('longer')).toEqual([]);
    expect(await scene.broken('longer')).toEqual({});
    expect(eventsOf('longer')).toEqual(['sale.opened.v1', 'sale.closed.v1']);
  }, 60_000);

  test('a sale that is closed now sells nothing a second later, around the gate and through it', async () => {
    const { sale, waiting } = await openSale('shorter', 5);
    const people = await ticketed('shorter', waiting);
    const [payer, leaver, ...others] = people as [Ticketed, Ticketed, ...Ticketed[]];
    const paid = await payer.shopper.order('shorter', payer);
    await leaver.shopper.order('shorter', leaver);
    const token = await payer.shopper.token(paid);
    const outcome = await closeNow(scene.deployment, 'shorter');
    expect(outcome).toMatchObject({ kind: 'closed' });
    await scene.stack.clock.advance(1000);
    for (const one of others) {
      expect([await around(sale, one), await through(sale, one)]).toEqual([410, 410]);
    }
    expect((await page('shorter'))['closesAtEpochMs']).toBe((await saleNow('shorter')).closesAt);
    expect(await flag('shorter')).toContain('"saleEnded":true');
    expect(JSON.parse(await file('shorter/slots.json')).seed).toBe(sale.slotSeed);
    // Once the edges have heard of it, no function is called any more.
    await scene.stack.clock.advance(keyValueStoreDelayMs + 1000);
    const before = scene.stack.requests.functions['Buy']?.invocations;
    for (const one of others) expect(await through(sale, one)).toBe(410);
    expect(scene.stack.requests.functions['Buy']?.invocations).toBe(before);
    await scene.pay(token);
    expect((await payer.shopper.look(paid)).body['status']).toBe('PAID');
  }, 60_000);

  test('its open orders expire, and nothing opens it again', async () => {
    const closed = await saleNow('shorter');
    const later = closed.closesAt + 60 * MINUTE_MS;
    expect(await extend(scene.deployment, 'shorter', later)).toEqual({ kind: 'closed' });
    await until(lateUntil(closed) + 12 * MINUTE_MS);
    // Of the closing that was planned: it comes for nothing, and goes.
    expect(await schedulesOf('shorter')).toEqual(['reconcile']);
    const { body } = await scene.ask('GET', '/api/sales/shorter');
    expect(body).toMatchObject({ phase: 'closed', items: [{ remaining: 11, unpaid: 0 }] });
    expect(await scene.broken('shorter')).toEqual({});
  }, 60_000);

  test('a sale that is closed before it opens never opens', async () => {
    const opensAt = now() + 20 * MINUTE_MS;
    const sale = await scene.publish({ id: 'never', opensAt, closesAt: opensAt + MINUTE_MS });
    await closeNow(scene.deployment, 'never');
    await scene.stack.clock.advance(keyValueStoreDelayMs + 1000);
    const { body } = await scene.ask('GET', '/api/sales/never');
    expect(body['phase']).toBe('closed');
    await until(opensAt + 2000);
    expect(await flag('never')).toContain('"saleEnded":true');
    const [one] = await Promise.all([scene.enter()]);
    const press = await one.buy('never', { doorKey: sale.doorKey, ticket: 'none' });
    expect(press.status).toBe(410);
    await until(lateUntil(sale) + 11 * MINUTE_MS);
    expect(await schedulesOf('never')).toEqual([]);
    expect(eventsOf('never')).toEqual(['sale.closed.v1']);
  }, 60_000);
});
