import { describe, expect, test } from '@jest/globals';
import { reportItem, reportSwept } from '../../lambdas/sweep/report.ts';
import { written } from './requests.ts';

const swept = {
  did: { leave: 1, return: 2, finish: 3, lapse: 4, expire: 5, resend: 6, settle: 7, alarm: 8 },
  hint: {},
};
const DID = {
  ...{ DeadHoldsReturned: 2, ReleasesFinished: 3, AttemptsLapsed: 4, OrdersExpired: 5 },
  ...{ MessagesSentAgain: 6, OrdersSettled: 7, ClaimsMissing: 8 },
};
const item = {
  ...{ sku: 'lamp', cap: 9, forSale: 4, held: 3, sold: 2, open: 1, drift: 0 },
  ...{ oversold: 0, lag: 61, swept: undefined },
};
const dimensions = { Sale: 'night', Sku: 'lamp' };

describe('reportItem()', () => {
  test('writes the state of an item, and what was done to it', async () => {
    const lines = await written('stdout', () => reportItem('night', { ...item, swept }, 7));
    const state = { Units: 9, ForSale: 4, Held: 3, Sold: 2, OpenOrders: 1 };
    const health = { ShardDrift: 0, Oversold: 0, Sweeps: 1, SweepLagSeconds: 61 };
    const line = { ...dimensions, ...state, ...health, ...DID, _aws: { Timestamp: 7 } };
    expect(lines).toMatchObject([line]);
  });

  test('writes nothing of what was done where nothing was swept', async () => {
    const [line, ...more] = await written('stdout', () => reportItem('night', item, 7));
    expect(more).toEqual([]);
    expect(line).toHaveProperty('Sweeps', 1);
    expect(line).not.toHaveProperty('OrdersSettled');
  });
});

describe('reportSwept()', () => {
  test('counts what was done, and not what was left alone', async () => {
    const [line, ...more] = await written('stdout', () => reportSwept('night', 'lamp', swept, 7));
    const { _aws, ...counts } = line ?? {};
    expect([counts, more]).toEqual([{ ...dimensions, ...DID, FunctionName: 'none' }, []]);
  });
});
