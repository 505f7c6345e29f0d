import { afterEach, describe, expect, test } from '@jest/globals';
import { type CrowdPlan, gatherCrowd } from '../../load/crowd.ts';
import { startCrowd } from '../../load/crowd-thread.ts';
import { USUAL } from '../../load/scenarios.ts';
import { doorKeyIn } from '../../load/shopper.ts';
import { type FakeOptions, type FakeShop, startFakeShop } from './fake-shop.ts';

const HOUR = 3_600_000;
const shops: FakeShop[] = [];

afterEach(async () => {
  await Promise.all(shops.splice(0).map((shop) => shop.stop()));
});

async function scene(options: Partial<FakeOptions>, habits: Partial<CrowdPlan['habits']> = {}) {
  const shop = await startFakeShop({ units: 10, opensAt: Date.now() - 1000, ...options });
  shops.push(shop);
  const plan: CrowdPlan = {
    url: shop.url,
    saleId: 'spring',
    opensAt: options.opensAt ?? Date.now() - 1000,
    products: [{ sku: 'mug', limit: 3 }],
    habits: { ...USUAL, seed: 1, shoppers: 1, pay: 0, doubleClick: 0, ...habits },
    connections: 8,
    patienceMs: 5_000,
  };
  return { shop, plan, crowd: gatherCrowd(plan) };
}

const codes = (answers: readonly { readonly status: number; readonly code?: string }[]) =>
  answers.map(({ status, code }) => code ?? status);

describe('gatherCrowd()', () => {
  test('sells no more than there is, and logs each answer', async () => {
    const { crowd } = await scene({ units: 5 }, { shoppers: 20 });
    await crowd.act('arrive');
    await crowd.act('buy');
    const { answers, tookMs } = crowd.log();
    await crowd.close();
    expect(codes(answers).filter((code) => code === 201)).toHaveLength(5);
    expect(codes(answers).filter((code) => code === 'sold-out')).toHaveLength(15);
    expect(tookMs).toHaveLength(20);
  });

  test('does as a browser does, with the cookie that it was given', async () => {
    const { crowd, shop } = await scene({}, { pay: 1 });
    await crowd.act('arrive');
    await crowd.act('buy');
    await crowd.close();
    const paths = shop.seen.map(({ path }) => path.replace(/spring\.mug\.[^/]+/, '{order}'));
    expect(paths.filter((path) => path !== 'GET /api/time')).toEqual([
      'POST /api/session',
      'GET /api/sales/spring/challenge',
      'POST /api/sales/spring/ticket',
      'GET /sales/spring/sale.js',
      'POST /api/sales/spring/sesame/orders',
      'GET /api/orders/{order}',
      'POST /api/orders/{order}/checkout',
      'GET /checkout',
      'POST /checkout/pay',
      'GET /api/orders/{order}',
    ]);
    const press = shop.seen.find(({ path }) => path.endsWith('/orders'));
    expect(press?.cookie).toBe('fs_session=s0');
    expect(press?.device).toMatch(/^[a-z0-9]{22}$/);
    expect(press?.search).toBe('sku=mug&quantity=1');
  });

  test('solves the challenge once, and takes new tickets with the solution', async () => {
    // A ticket that is too old as soon as it is there.
    const { crowd, shop } = await scene({ secret: 5000, ticketMs: 500 });
    await crowd.act('arrive');
    await crowd.act('buy');
    await crowd.close();
    const count = (end: string) => shop.seen.filter(({ path }) => path.endsWith(end)).length;
    expect(codes(crowd.log().answers)).toEqual([201]);
    expect([count('/challenge'), count('/ticket')]).toEqual([1, 3]);
  });

  test('solves another challenge where its solution is refused', async () => {
    const { crowd, shop } = await scene({ secret: 5, doubts: 1 });
    await crowd.act('buy');
    await crowd.close();
    expect(codes(crowd.log().answers)).toEqual([201]);
    const asked = shop.seen.map(({ path }) => path.split('/').at(-1) ?? '');
    const steps = asked.filter((step) => ['challenge', 'ticket'].includes(step));
    expect(steps).toEqual(['challenge', 'ticket', 'challenge', 'ticket']);
  });

  test('waits for the opening by the clock of the sale', async () => {
    const opensAt = Date.now() + HOUR + 300;
    const { crowd, shop } = await scene({ aheadMs: HOUR, opensAt });
    await crowd.act('arrive');
    await crowd.act('buy');
    const { answers } = crowd.log();
    await crowd.close();
    expect(shop.now()).toBeGreaterThanOrEqual(opensAt);
    expect(answers[0]?.at).toBeGreaterThanOrEqual(opensAt);
    expect(answers[0]?.at).toBeLessThanOrEqual(shop.now());
    expect(answers.map(({ status }) => status)).toEqual([201]);
  });

  test('presses twice at the same time, and has one order', async () => {
    const { crowd } = await scene({}, { doubleClick: 1 });
    await crowd.act('buy');
    const { answers } = crowd.log();
    await crowd.close();
    expect(codes(answers).sort()).toEqual([200, 201]);
    expect(crowd.progress()).toMatchObject({ attempts: 2, orders: 1, paid: 0 });
  });

  test('tries again where that makes sense, and gives up where it does not', async () => {
    const retried = ['busy', 'ticket-expired', 'session-missing', 'door-key-wrong', 'not-open'];
    const refusals = retried.map((code) => ({ status: 429, code }));
    const { crowd } = await scene({ refusals });
    await crowd.act('buy');
    expect(codes(crowd.log().answers)).toEqual([...retried, 201]);
    await crowd.close();
    const other = await scene({ refusals: [{ status: 410, code: 'closed' }] });
    await other.crowd.act('buy');
    expect(codes(other.crowd.log().answers)).toEqual(['closed']);
    await other.crowd.close();
  });

  test('takes the largest quantity that there is', async () => {
    const refusals = [{ status: 409, code: 'quantity-unavailable', largest: 2 }];
    const { crowd } = await scene({ refusals }, { quantity: { least: 3, most: 3 } });
    await crowd.act('buy');
    const { answers } = crowd.log();
    await crowd.close();
    expect(answers.map(({ quantity, largest }) => [quantity, largest])).toEqual([
      [3, 2],
      [2, undefined],
    ]);
  });

  test('lets nobody pay who need not', async () => {
    const { crowd, shop } = await scene({ free: true }, { pay: 1 });
    await crowd.act('buy');
    await crowd.close();
    expect(crowd.log().paid).toHaveLength(1);
    expect(shop.seen.some(({ path }) => path.includes('checkout'))).toBe(false);
  });

  test('lets those come again who have not paid', async () => {
    const { crowd, shop } = await scene({ units: 2 }, { shoppers: 4, pay: 0, payAgain: 1 });
    await crowd.act('buy');
    shop.expire();
    await crowd.act('again');
    expect(crowd.log().paid).toHaveLength(2);
    const asked = crowd.log().answers.length;
    await crowd.act('again');
    expect(crowd.log().answers.length - asked).toBe(2);
    await crowd.close();
  });

  test('lets one who was told "sold out" ask on alone', async () => {
    const { crowd } = await scene({ units: 1 }, { shoppers: 3 });
    await crowd.act('buy');
    await crowd.act('ask-on');
    const asked = crowd.log().answers.slice(3);
    await crowd.close();
    expect(asked).toHaveLength(20);
    expect(new Set(asked.map(({ shopper }) => shopper)).size).toBe(1);
  });

  test('logs that nobody answered, and asks again for what it may have been given', async () => {
    const { crowd, shop } = await scene({ refusals: [{ status: 0, code: 'hang up' }] });
    await crowd.act('buy');
    expect(codes(crowd.log().answers)).toEqual(['unreachable', 201]);
    const presses = shop.seen.filter(({ path }) => path.endsWith('/orders'));
    expect(presses.map(({ search }) => search.includes('again=1'))).toEqual([false, true]);
    await crowd.close();
  });

  test('does not begin where nobody answers', async () => {
    const { crowd, shop } = await scene({});
    await shops.splice(shops.indexOf(shop), 1)[0]?.stop();
    await expect(crowd.act('buy')).rejects.toThrow('Cannot begin');
    await crowd.close();
  });
});

describe('startCrowd()', () => {
  test('runs a crowd in a thread of its own, and tells how far it is', async () => {
    const { plan } = await scene({ units: 5 }, { shoppers: 20 });
    const done: number[] = [];
    const thread = startCrowd(plan, (progress) => done.push(progress.done));
    await thread.act('arrive');
    await thread.act('buy');
    const { answers, traffic } = await thread.log();
    await thread.close();
    expect(codes(answers).filter((code) => code === 201)).toHaveLength(5);
    expect(traffic.requests).toMatchObject({
      session: 20,
      challenge: 20,
      ticket: 20,
      flag: 20,
      buy: 20,
      order: 5,
    });
    expect(done.at(-1)).toBe(20);
  });

  test('fails when its thread does', async () => {
    const { plan } = await scene({});
    const thread = startCrowd({ ...plan, url: 'nonsense', products: [] });
    await expect(thread.act('buy')).rejects.toThrow('Cannot go on with the crowd');
  });
});

describe('doorKeyIn()', () => {
  test('reads the flag as data', () => {
    expect(doorKeyIn('window.flashSale={"saleStarted":true,"doorKey":"k"};')).toBe('k');
    expect(doorKeyIn('window.flashSale = {"saleStarted":false}')).toBeUndefined();
    expect(doorKeyIn('window.flashSale={alert(1)}')).toBeUndefined();
    expect(doorKeyIn('<!doctype html>')).toBeUndefined();
  });
});
