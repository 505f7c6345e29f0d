import { describe, expect, test } from '@jest/globals';
import { chainOf } from '../../capacity/chain.ts';
import { exceededIn } from '../../capacity/exceeded.ts';
import { USUAL } from '../../capacity/habits.ts';
import { limitsIn } from '../../capacity/limits.ts';
import { simulate } from '../../capacity/model.ts';
import { planFor } from '../../capacity/plan.ts';
import { scenesOf } from '../../capacity/scenes.ts';

const LIMITS = limitsIn('us-east-1');

function studied(shoppers: number, units: number) {
  const plan = planFor({ shoppers, units, seconds: 60, limit: 1 });
  const setting = scenesOf(plan, LIMITS, USUAL).asItIs;
  const course = simulate(setting, 'edge');
  return { plan, setting, course, chain: chainOf(setting, course) };
}

describe('chainOf()', () => {
  test('is empty where nobody has to give up', () => {
    expect(studied(50_000, 100).chain).toEqual([]);
  });

  const million = studied(1_000_000, 10_000);

  test('begins with the limit that is exceeded first, from what it is', () => {
    const [first] = million.chain;
    const [exceeded] = exceededIn(million.course);
    expect(first).toMatchObject({ limit: exceeded?.limit, second: exceeded?.second });
    expect(first?.has).toBe(LIMITS.edgeRequests);
  });

  test('ends when 99 of 100 have an answer, and not before', () => {
    const gaveUp = million.chain.map(({ after }) => after.gaveUp);
    expect(gaveUp.at(-1)).toBeLessThanOrEqual(10_000);
    expect(Math.min(...gaveUp.slice(0, -1))).toBeGreaterThan(10_000);
  });

  test('asks for what a plan asks for, each limit once', () => {
    const asked = Object.fromEntries(million.chain.map(({ limit, ask }) => [limit, ask]));
    expect(Object.keys(asked)).toHaveLength(million.chain.length);
    expect(asked).toMatchObject({ buyRate: 17_000, buyEnvironments: 1_700, apiRate: 18_000 });
  });

  test('names what nobody can raise, once, and goes on with the next', () => {
    const { chain } = studied(10_000_000, 100_000);
    const reads = chain.filter(({ limit }) => limit === 'partitionReads');
    expect(reads).toHaveLength(1);
    expect(reads[0]).not.toHaveProperty('ask');
    expect(chain.at(-1)?.limit).not.toBe('partitionReads');
    // What Lambda adds in 10 s is made up for by environments that are kept ready.
    expect(chain.map(({ limit }) => limit)).toContain('readyEnvironments');
    expect(chain.map(({ limit }) => limit)).not.toContain('newEnvironments');
  });
});
