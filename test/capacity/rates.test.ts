import { describe, expect, test } from '@jest/globals';
import { demandOf } from '../../capacity/demand.ts';
import { USUAL } from '../../capacity/habits.ts';
import { limitsIn } from '../../capacity/limits.ts';
import { planFor } from '../../capacity/plan.ts';
import { rateWithin, rateWithinFixed, splitFor } from '../../capacity/rates.ts';

const HAS = limitsIn('us-east-1');

describe('rateWithin()', () => {
  test('leaves a rate that fits, and else the largest that leaves a tenth of every limit', () => {
    const fits = planFor({ shoppers: 100_000, units: 100, seconds: 60, limit: 1 });
    expect(rateWithin(fits, HAS, USUAL)).toBe(1_667);
    const tooFast = planFor({ shoppers: 1_000_000, units: 100, seconds: 60, limit: 1 });
    expect(rateWithin(tooFast, HAS, USUAL)).toBe(4_500);
  });
});

describe('rateWithinFixed()', () => {
  test('is what environments can read the sale for, ten requests a second each, less a tenth', () => {
    const at = (shoppers: number) =>
      rateWithinFixed(planFor({ shoppers, units: 100, seconds: 60, limit: 1 }), HAS, USUAL);
    expect(at(10_000_000)).toBe(27_000);
    // As many as are asked for, where that is no more.
    expect(at(1_620_000)).toBe(27_000);
    expect(at(1_619_999)).toBe(27_000);
    expect(at(1_619_940)).toBe(26_999);
  });
});

describe('splitFor()', () => {
  const many = planFor({ shoppers: 1_000_000, units: 100_000, seconds: 60, limit: 1 });

  test('gives pages what buys do not need, where there are many winners', () => {
    const split = splitFor(many, HAS, USUAL);
    const { perSecond = 0, buyRate = 0, browseRate = 0 } = split ?? {};
    expect(buyRate + browseRate).toBe(HAS.buyRate + HAS.browseRate);
    expect(perSecond).toBeGreaterThan(2 * rateWithin(many, HAS, USUAL));
    const { needs } = demandOf({ ...many, perSecond }, { ...HAS, buyRate, browseRate }, USUAL);
    const factor = (name: string) => needs.find(({ limit }) => limit === name)?.factor ?? 0;
    expect(Math.max(factor('buyRate'), factor('browseRate'))).toBeLessThanOrEqual(0.92);
  });

  test('leaves the plans alone where few win', () => {
    const few = planFor({ shoppers: 1_000_000, units: 1_000, seconds: 60, limit: 1 });
    expect(splitFor(few, HAS, USUAL)).toBeUndefined();
  });
});
