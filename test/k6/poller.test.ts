import { describe, expect, test } from '@jest/globals';
import { judgeSalePage, pollOnce, strange } from '../../load/k6/poller.ts';
import { comeAndBuy } from '../../load/k6/visit.ts';
import { fakeSite } from './fake-site.ts';
import { brokenIn, someone, stageOf } from './stages.ts';

const page = (some: object, item: object = {}) => ({
  body: {
    ...{ phase: 'open', nowEpochMs: 2_000, opensAtEpochMs: 1_000, closesAtEpochMs: 3_000, ...some },
    items: [{ sku: 'LAMP', remaining: 5, unpaid: 0, ...item }],
  },
});

describe('judgeSalePage()', () => {
  test.each([
    [page({}), 10],
    [page({}, { remaining: 10 }), 10],
    [page({}, { remaining: null }), 10],
    [page({}, { remaining: 11 }), 0],
    [page({ phase: 'scheduled', nowEpochMs: 999 }), 10],
    [page({ phase: 'open', nowEpochMs: 1_000 }), 10],
    [page({ phase: 'paused' }), 10],
    [page({ phase: 'closed', nowEpochMs: 999 }), 10],
    [page({ phase: 'closed', nowEpochMs: 3_000 }), 10],
  ])('takes %j of %d units', (reply, units) => {
    expect(judgeSalePage(reply, 'LAMP', units).why).toBeUndefined();
  });

  test.each([
    [page({}, { remaining: 11 }), '11 units remain of 10'],
    [page({}, { remaining: -1 }), '-1 units remain of 10'],
    [page({}, { remaining: 1.5 }), '1.5 units remain of 10'],
    [page({}, { unpaid: -1 }), '-1 units unpaid'],
    [page({}, { sku: 'MUG' }), 'the item is not on the page'],
    [page({ phase: 'open', nowEpochMs: 999 }), 'phase open at 999, from 1000 to 3000'],
    [page({ phase: 'open', nowEpochMs: 3_000 }), 'phase open at 3000, from 1000 to 3000'],
    [page({ phase: 'scheduled' }), 'phase scheduled at 2000, from 1000 to 3000'],
  ])('finds what cannot be in %j', (reply, why) => {
    expect(judgeSalePage(reply, 'LAMP', 10).why).toBe(why);
  });
});

test('strange() is another id of the same form', () => {
  expect(strange('night.LAMP.ABC')).toBe('night.LAMP.BBC');
  expect(strange('night.LAMP.xBC')).toBe('night.LAMP.ABC');
});

describe('pollOnce()', () => {
  test("looks at the sale, at its own order, and at one that is not the shopper's", async () => {
    const site = fakeSite();
    const { stage, told } = stageOf(site.send);
    const player = someone(stage);
    const orderId = await comeAndBuy(player);
    site.asked.length = 0;
    await pollOnce(player, orderId);
    expect(site.asked).toEqual([
      'status /api/sales/night',
      `order /api/orders/${orderId}`,
      `order /api/orders/${strange(orderId ?? '')}`,
    ]);
    expect(told.judged.slice(-1)).toEqual([{ rule: 'stranger', why: undefined }]);
    expect(brokenIn(told)).toEqual([]);
  });

  test('tells when it is shown what is not its own', async () => {
    const site = fakeSite();
    const { stage, told } = stageOf(async (asked, method, path, ask) => {
      const own = path.replace('.A', '.s').replace('.B', '.s');
      return site.send(asked, method, own, ask);
    });
    const player = someone(stage);
    await pollOnce(player, await comeAndBuy(player));
    expect(brokenIn(told)).toEqual(['stranger']);
  });
});
