import { describe, expect, test } from '@jest/globals';
import { answerCounter } from '../../lambdas/buy/answers.ts';
import { type ProblemCode, problem } from '../../lambdas/problem.ts';
import { written } from './requests.ts';

const refused = (code: ProblemCode) => problem(code, 'no');

/** A counter whose time the test sets, in seconds. */
function counter() {
  const state = { now: 0 };
  return { state, ...answerCounter(() => 1000 * state.now) };
}

/** The lines, without what makes them metrics. */
const linesOf = async (run: () => void) =>
  (await written('stdout', run)).map(({ _aws, ...line }) => line);

describe('answerCounter()', () => {
  test('writes the first answer after a quiet second at once', async () => {
    const { state, count } = counter();
    state.now = 5;
    const lines = await linesOf(() => count('night', { statusCode: 201 }));
    expect(lines).toEqual([{ Sale: 'night', reserved: 1 }]);
  });

  test('writes what comes within a second with the first answer after it, by sale and code', async () => {
    const { state, count } = counter();
    state.now = 5;
    const lines = await linesOf(() => {
      count('night', { statusCode: 201 });
      state.now = 5.999;
      count('night', { statusCode: 200 });
      count('day', refused('sold-out'));
      count('day', refused('sold-out'));
      state.now = 6;
      count('night', refused('busy'));
    });
    expect(lines).toEqual([
      { Sale: 'night', reserved: 1 },
      { Sale: 'night', repeated: 1, busy: 1 },
      { Sale: 'day', 'sold-out': 2 },
    ]);
  });

  test.each(['session-missing', 'bad-request', 'unknown-sale', 'unknown-item'] as const)(
    'makes no dimension of what somebody wrote: %s',
    async (code) => {
      const { state, count } = counter();
      state.now = 5;
      expect(await linesOf(() => count('<script>', refused(code)))).toEqual([
        { Sale: '-', [code]: 1 },
      ]);
    },
  );

  test('counts requests that were not looked at, because AWS throttles', async () => {
    const { state, count } = counter();
    state.now = 5;
    expect(await linesOf(() => count('night', 'throttled'))).toEqual([{ Sale: '-', throttled: 1 }]);
  });

  test('tells how long ago the item was swept that has waited longest', async () => {
    const { state, count, sweep } = counter();
    const lines = await linesOf(() => {
      for (const seconds of [30, 90, 60]) sweep(seconds);
      state.now = 5;
      count('night', refused('sold-out'));
      state.now = 6;
      count('night', refused('sold-out'));
    });
    expect(lines.filter((line) => 'SweepAgeSeconds' in line)).toEqual([
      { FunctionName: 'none', SweepAgeSeconds: 90 },
    ]);
  });
});
