import { describe, expect, test } from '@jest/globals';
import { lookAhead } from '../../load/k6/look-ahead.ts';
import type { ScenarioName } from '../../load/k6/settings.ts';
import { fakeSite } from './fake-site.ts';
import { settingsOf } from './stages.ts';

const ahead = (
  options: Parameters<typeof fakeSite>[0] = {},
  env: Readonly<Record<string, string>> = {},
  scenario: ScenarioName = 'spike',
) => lookAhead(settingsOf(env, scenario), fakeSite(options).send, undefined);

const MINUTE_MS = 60_000;

describe('lookAhead()', () => {
  test('finds item, limit and times', async () => {
    const found = await ahead({ limit: 3 });
    expect(found).toMatchObject({
      kind: 'found',
      waitMs: 0,
      facts: { saleId: 'night', sku: 'LAMP', limit: 3 },
    });
    const { facts } = found as Extract<typeof found, { kind: 'found' }>;
    expect(Math.abs(facts.startsAt - Date.now())).toBeLessThan(MINUTE_MS);
    expect(Math.abs(facts.offset)).toBeLessThan(MINUTE_MS);
  });

  test('waits until the first shoppers come, which is before the opening by the lead', async () => {
    const found = await ahead({ opensInMs: 5 * MINUTE_MS }, { LEAD_SECONDS: '60' });
    expect(found).toMatchObject({ kind: 'found' });
    const { waitMs } = found as Extract<typeof found, { kind: 'found' }>;
    // The clock is known to half of what an answer takes.
    expect(waitMs).toBeLessThan(4 * MINUTE_MS + 100);
    expect(waitMs).toBeGreaterThan(3 * MINUTE_MS);
  });

  test.each([
    ['an opening too far away', { opensInMs: 15 * MINUTE_MS }, {}, 'min, more than 10'],
    ['an end', { opensInMs: -61 * MINUTE_MS }, {}, 'sale "night" is over'],
    ['an item that is not there', {}, { SKU: 'MUG' }, 'sale "night" has no item "MUG"'],
    [
      'a sale that is not there',
      { instead: (asked: string) => (asked === 'status' ? { status: 404, body: {} } : undefined) },
      {},
      'sale "night" is answered 404',
    ],
    [
      'no session for guests',
      { instead: (asked: string) => (asked === 'session' ? { status: 401 } : undefined) },
      {},
      'guests are refused; see TOKENS',
    ],
    [
      'work for a machine park',
      {
        instead: (asked: string) =>
          asked === 'challenge' ? { status: 200, body: { maxnumber: 200_001 } } : undefined,
      },
      {},
      'challenges go up to 200001, MOST_WORK is 200000',
    ],
  ])('refuses %s', async (_what, options, env, why) => {
    const found = await ahead(options, env);
    expect(found).toEqual({ kind: 'refused', why: expect.stringContaining(why) });
  });

  test('takes as much work as it is told', async () => {
    const instead = (asked: string) =>
      asked === 'challenge' ? { status: 200, body: { maxnumber: 200_000 } } : undefined;
    expect(await ahead({ instead })).toMatchObject({ kind: 'found' });
  });

  test('fails where nobody answers', async () => {
    await expect(ahead({ instead: () => ({ status: 0, body: {} }) })).rejects.toThrow(
      'Cannot begin',
    );
  });
});
