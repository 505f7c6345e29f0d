/** The report of suspicious clusters on a sale that a farm and a crowd have bought in. */

import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { readSuspects } from '../../adapters/suspects.ts';
import { inParallel } from '../../domain/parallel.ts';
import { type Scene, startScene } from './scene.ts';

const HONEST = 200;
const BOTS = 20;

let scene: Scene;
const botOrders: string[] = [];

const deviceId = () => randomBytes(16).toString('base64url');

beforeAll(async () => {
  scene = await startScene({ id: 'crowd', items: [{ units: 300 }] });
  await scene.open();
  const farm = deviceId();
  await inParallel(8, [...Array(HONEST + BOTS).keys()], async (index) => {
    const isBot = index % 11 === 0;
    const shopper = await scene.enter();
    const headers = { 'x-device': isBot ? farm : deviceId(), 'user-agent': 'Mozilla/5.0' };
    const orderId = await scene.order(shopper, 'crowd', { headers });
    if (isBot) botOrders.push(orderId);
  });
  await scene.stack.settle();
}, 60_000);

afterAll(() => scene?.stop());

describe('readSuspects()', () => {
  test('puts 20 sessions of one device before 200 shoppers with devices of their own', async () => {
    const report = await readSuspects(scene.deployment, 'crowd', 3);
    expect(report).toMatchObject({ saleId: 'crowd', least: 3, buyers: 220, orders: 220 });
    const [first, ...others] = report.clusters;
    expect(others).toEqual([]);
    expect(first).toMatchObject({ score: 100, rules: ['device'], buyers: 20, guests: 20 });
    expect(first?.orderIds.toSorted()).toEqual(botOrders.toSorted());
    expect(botOrders).toHaveLength(BOTS);
  });

  test('is made of what stands on the claims, and nowhere else', async () => {
    const claim = await scene.claim(botOrders[0] ?? '');
    expect(claim).toMatchObject({
      ...{
        device: expect.stringMatching(/^[\w-]{12}$/),
        agent: expect.stringMatching(/^[\w-]{8}$/),
      },
    });
    const { device = '' } = claim ?? {};
    const others = (await scene.dump()).filter((item) => !item.includes('CLAIM#'));
    expect(others.join()).not.toContain(device);
  });

  test('says which sale there is not', async () => {
    await expect(readSuspects(scene.deployment, 'nowhere', 3)).rejects.toThrow(
      'Cannot report on sale "nowhere": there is no such sale',
    );
  });
});
