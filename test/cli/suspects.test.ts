import { describe, expect, test } from '@jest/globals';
import type { SuspectsReport } from '../../adapters/suspects.ts';
import { suspectsCommand, textOf } from '../../cli/suspects.ts';
import type { Cluster } from '../../domain/suspects.ts';
import { OPENS_AT } from '../support/sales.ts';

const CLUSTER: Cluster = {
  ...{ score: 160, points: 8, rules: ['device', 'client'], buyers: 12, guests: 0, orders: 15 },
  ...{ units: 20, paid: 4, firstAt: OPENS_AT + 7, lastAt: OPENS_AT + 1500 },
  ...{ countries: ['DE', 'FR'], clients: ['t13d'], orderIds: ['night.lamp.x'] },
};

const report = (clusters: readonly Cluster[]): SuspectsReport => ({
  ...{ saleId: 'night', least: 3, buyers: 220, orders: 231, clusters },
});

describe('textOf()', () => {
  test('says of each cluster what it did and why it is one', () => {
    const text = textOf(report([CLUSTER, { ...CLUSTER, rules: ['burst'], countries: [] }]));
    expect(text.split('\n').slice(0, 8)).toEqual([
      '231 orders by 220 buyers: 2 clusters of 3 buyers or more',
      '',
      '1. score 160 = 8 points (device, client) × 20 units',
      '   12 buyers (0 guests), 15 orders, 4 of 20 units paid',
      '   from 2026-11-27T20:00:00.007Z to 2026-11-27T20:00:01.500Z, DE FR',
      '',
      '2. score 160 = 8 points (burst) × 20 units',
      '   12 buyers (0 guests), 15 orders, 4 of 20 units paid',
    ]);
  });

  test('names suspicion, what to do next, and what guests make of it', () => {
    const text = textOf(report([CLUSTER]));
    expect(text).toContain('A cluster is a suspicion');
    expect(text).toContain('Next: look at its orders');
    expect(text).not.toContain('Guests buy here');
    expect(textOf(report([{ ...CLUSTER, guests: 1 }]))).toContain('Guests buy here');
  });

  test('names no order and no shopper', () => {
    expect(textOf(report([CLUSTER]))).not.toContain('night.lamp');
  });

  test('says no more than that there is none', () => {
    expect(textOf(report([]))).toBe('231 orders by 220 buyers: 0 clusters of 3 buyers or more');
  });
});

describe('suspects --least', () => {
  const parse = (least: string) =>
    suspectsCommand()
      .exitOverride()
      .configureOutput({ writeErr: () => {} })
      .action(() => {})
      .parse(['night', '--least', least], { from: 'user' })
      .opts()['least'];

  test.each([
    ['2', 2],
    ['3', 3],
    ['150', 150],
  ])('takes %s', (text, least) => {
    expect(parse(text)).toBe(least);
  });

  test.each(['1', '0', '-2', '2.5', 'x', '', '02'])('refuses "%s"', (text) => {
    expect(() => parse(text)).toThrow(`"${text}" is no whole number of 2 or more`);
  });
});
