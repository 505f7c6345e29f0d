import { afterEach, describe, expect, test } from '@jest/globals';
import { openingElsewhere } from '../../load/sale-elsewhere.ts';
import { type FakeShop, startFakeShop } from './fake-shop.ts';

const MINUTE_MS = 60_000;

let shop: FakeShop | undefined;

afterEach(() => shop?.stop());

/** A shop whose sale opens in some ms. */
async function opensIn(ms: number): Promise<string> {
  shop = await startFakeShop({ units: 1, opensAt: Date.now() + ms });
  return shop.url;
}

describe('openingElsewhere()', () => {
  test('answers the opening of the sale that is there, whatever the file says', async () => {
    const before = Date.now();
    const opening = await openingElsewhere(await opensIn(9 * MINUTE_MS), 'night');
    expect(opening).toBeGreaterThanOrEqual(before + 9 * MINUTE_MS);
  });

  test('refuses to wait for more than 10 minutes', async () => {
    await expect(openingElsewhere(await opensIn(11 * MINUTE_MS), 'night')).rejects.toThrow(
      'it opens in 11 min, and at most 10 min are waited for',
    );
  });

  test('refuses a sale that is over, one that is not there, and a site that is not', async () => {
    const url = await opensIn(-61 * MINUTE_MS);
    await expect(openingElsewhere(url, 'night')).rejects.toThrow('it is over');
    await expect(openingElsewhere(url, 'day')).rejects.toThrow(
      `Cannot rehearse sale "day" at ${url}: it answers 404`,
    );
    await shop?.stop();
    shop = undefined;
    await expect(openingElsewhere(url, 'night')).rejects.toThrow('nobody answers');
  });
});
