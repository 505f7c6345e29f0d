/** What a sale must withstand: each crowd on the bundled code, and what must be true afterwards. */

import { afterEach, describe, expect, test } from '@jest/globals';
import { type LocalSale, startLocalSale } from '../../cli/local-sale.ts';
import { openingAt } from '../../domain/sale.ts';
import type { Report } from '../../load/report.ts';
import { OPENS_IN_MS, runScenario } from '../../load/run-scenario.ts';
import { SCENARIOS, type Scenario } from '../../load/scenarios.ts';

let place: LocalSale | undefined;

afterEach(async () => {
  await place?.stop();
  place = undefined;
});

async function rehearse(scenario: Scenario): Promise<Report> {
  place = await startLocalSale({ sale: openingAt(scenario.sale, Date.now() + OPENS_IN_MS) });
  return runScenario(scenario, place, { seed: 7 });
}

const KEPT = {
  'no-oversell': true,
  'no-duplicate': true,
  'no-leak': true,
  'nothing-lost': true,
  'exact-sell-through': true,
};

const released = ({ items: [item] }: Report) => item?.released ?? {};

describe('a rehearsal', () => {
  test('grants 100 of 2,000 shoppers who click twice one order each', async () => {
    const report = await rehearse(SCENARIOS.doubleClicks);
    expect(report.promises).toEqual(KEPT);
    expect(report.shoppers).toBe(2000);
    expect(report.attempts).toBeGreaterThanOrEqual(4000);
    expect(report.wins).toBe(100);
    expect(report.rejects['sold-out']).toBeGreaterThan(0);
  });

  test('sells every abandoned unit again, to the same shoppers', async () => {
    const report = await rehearse(SCENARIOS.allAbandon);
    expect(report.promises).toEqual(KEPT);
    expect(report.wins).toBe(200);
    expect(report.items[0]).toMatchObject({ cap: 100, avail: 0, paid: 100, open: 0 });
    expect(released(report).expired).toBe(100);
  });

  test('tells nobody of the end where 250 want 300 units', async () => {
    const report = await rehearse(SCENARIOS.moreThanWanted);
    expect(report.promises).toEqual(KEPT);
    expect(report.wins).toBe(250);
    expect(report.rejects['sold-out']).toBeUndefined();
    expect(report.items[0]).toMatchObject({ cap: 300, avail: 50, paid: 250 });
  });

  test('lets nobody exceed a limit of 2, and frees no paid unit', async () => {
    const report = await rehearse(SCENARIOS.twiceInARow);
    expect(report.promises).toEqual(KEPT);
    expect(report.paid).toBeGreaterThan(0);
    expect(report.items[0]?.paid).toBe(report.paid);
  });

  test('sells quantities of 1 to 3, restocked in the middle', async () => {
    const report = await rehearse(SCENARIOS.restocked);
    expect(report.promises).toEqual(KEPT);
    expect(report.items[0]?.cap).toBe(3500);
  });
});
