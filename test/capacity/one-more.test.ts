import { describe, expect, test } from '@jest/globals';
import { USUAL } from '../../capacity/habits.ts';
import { type Limits, limitsIn } from '../../capacity/limits.ts';
import { simulate } from '../../capacity/model.ts';
import { type OneMoreOf, oneMoreOf } from '../../capacity/one-more.ts';
import { planFor } from '../../capacity/plan.ts';

const LIMITS = { ...limitsIn('us-east-1'), readyEnvironments: 450, warmWrites: 40_000 };

/** All there at once, patient, for something that never ends: whoever is refused only waits. */
const QUEUE = {
  plan: {
    ...planFor({ shoppers: 20_000, units: 1, seconds: 1, limit: 1 }),
    ...{ expectedShoppers: 0, units: 0, shards: 0 },
  },
  habits: { ...USUAL, present: 1, givesUp: 0, pays: 1 },
};

function studied(limits: Limits): OneMoreOf {
  const setting = { ...QUEUE, limits };
  return oneMoreOf(setting, simulate(setting, 'edge'));
}

const of = ({ buys }: OneMoreOf, limit: string) => buys.find((one) => one.limit === limit);

describe('oneMoreOf()', () => {
  // 20,000 at 500 a second: 39 s, and a request a second more is 20,000 / 500² s sooner.
  const tight = { ...LIMITS, buyRate: 500, buyBurst: 100 };
  const throttled = studied(tight);

  test('finds what the limit that binds alone is worth', () => {
    const one = of(throttled, 'buyRate');
    expect(one).toMatchObject({ has: 500, step: 50 });
    expect(one?.each.answered).toBeLessThan(-0.06);
    expect(one?.each.answered).toBeGreaterThan(-0.09);
    expect(one?.each.throttled).toBeLessThan(-100);
  });

  test('finds a larger bucket to be worth the requests that it holds', () => {
    const each = of(throttled, 'buyBurst')?.each;
    // One token more at the opening is a five hundredth of a second.
    expect(each?.answered).toBeLessThan(0);
    expect(each?.answered).toBeGreaterThan(-0.006);
  });

  test('says of a limit that nobody met that it has room, and of no other', () => {
    expect(throttled.hasRoom).toEqual(expect.arrayContaining(['apiRate', 'warmWrites']));
    expect(throttled.hasRoom).not.toContain('buyRate');
    expect(throttled.alone).toEqual([]);
  });

  test('is right that what has room buys nothing', () => {
    const base = simulate({ ...QUEUE, limits: tight }, 'edge');
    for (const limit of throttled.hasRoom) {
      const more = { ...tight, [limit]: Math.ceil(1.1 * tight[limit]) };
      const course = simulate({ ...QUEUE, limits: more }, 'edge');
      expect({ limit, people: course.people }).toEqual({ limit, people: base.people });
      expect(course.seconds.length).toBe(base.seconds.length);
    }
  });

  test('sees that two limits that let the same through are worth something only together', () => {
    // Fifty environments answer the same 500 a second.
    const tied = studied({
      ...LIMITS,
      ...{ buyRate: 500, buyBurst: 50, buyEnvironments: 50, readyEnvironments: 50 },
    });
    expect(Math.abs(of(tied, 'buyRate')?.each.answered ?? 0) * 50).toBeLessThan(0.5);
    expect(tied.together.answered).toBeLessThan(-2);
  });
});
