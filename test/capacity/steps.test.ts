import { describe, expect, test } from '@jest/globals';
import { arrived, slotsOpen, stepOf } from '../../capacity/arrivals.ts';
import { comingAgain } from '../../capacity/coming-again.ts';
import { USUAL } from '../../capacity/habits.ts';
import { limitsIn } from '../../capacity/limits.ts';
import { payments } from '../../capacity/payments.ts';
import { planFor } from '../../capacity/plan.ts';
import { recordQueue } from '../../capacity/record-queue.ts';
import { TICKS_PER_SECOND } from '../../capacity/tick.ts';

describe('arrived()', () => {
  test('has all who were there in the first second, and the rest bit by bit', () => {
    expect(arrived(USUAL, 0)).toBe(0);
    // 30 % and 70 % × (1 - e^(-1/60)).
    expect(arrived(USUAL, 1)).toBeCloseTo(0.3 + 0.7 * 0.01653, 4);
    expect(arrived(USUAL, 60)).toBeCloseTo(0.3 + 0.7 * 0.63212, 4);
  });
});

describe('slotsOpen()', () => {
  test('opens evenly over the width, and at once where there is none', () => {
    expect([slotsOpen(60, 0), slotsOpen(60, 15), slotsOpen(60, 61)]).toEqual([0, 0.25, 1]);
    expect([slotsOpen(0, 0), slotsOpen(0, 0.1)]).toEqual([0, 1]);
  });
});

describe('stepOf()', () => {
  test('adds up to the whole crowd, each of whom is due once', () => {
    let [arriving, due] = [0, 0];
    for (let tick = 0; tick < 2_000 * TICKS_PER_SECOND; tick++) {
      const from = tick / TICKS_PER_SECOND;
      const step = stepOf(1_000, USUAL, 60, from, from + 1 / TICKS_PER_SECOND);
      arriving += step.arriving;
      due += step.due;
    }
    expect(arriving).toBeCloseTo(1_000);
    expect(due).toBeCloseTo(1_000);
  });
});

describe('comingAgain()', () => {
  test('brings everybody back, none before a second, none after one and a half', () => {
    const again = comingAgain();
    again.send(100);
    const back = Array.from({ length: 20 }, () => again.next());
    expect(back.slice(0, 9)).toEqual(Array(9).fill(0));
    expect(back.slice(9, 14)).toEqual(Array(5).fill(20));
    expect(back.slice(14)).toEqual(Array(6).fill(0));
  });
});

describe('recordQueue()', () => {
  const limits = {
    ...limitsIn('us-east-1'),
    recordBatches: 20,
    pollersAtFirst: 5,
    newPollers: 300,
  };

  test('takes five batches at first, and five more after a second', () => {
    const queue = recordQueue(limits);
    // 5 × 10 messages in 0.06 s: 83.3 in a tenth of a second; a batch more for each fifth of a second.
    expect(queue.work(10_000)).toBeCloseTo(10_000 - 83.33, 1);
    expect(queue.work(0)).toBeCloseTo(10_000 - 83.33 - 91.67, 1);
  });

  test('takes no more than it may, and begins anew once it is empty', () => {
    const queue = recordQueue(limits);
    queue.work(1e6);
    for (let tick = 0; tick < 100; tick++) queue.work(0);
    const before = queue.work(0);
    expect(before - queue.work(0)).toBeCloseTo((20 * 10 * 0.1) / 0.06, 1);
    while (queue.work(0) > 0);
    expect(queue.work(1_000)).toBeCloseTo(1_000 - 83.33, 1);
  });
});

describe('payments()', () => {
  const plan = planFor({ shoppers: 1_000, units: 1_000, seconds: 60, limit: 1 });

  test('releases what is not paid at the first sweep after window and grace, and pays the rest', () => {
    const money = payments(plan, { ...USUAL, pays: 0.8 });
    const released: number[] = [];
    let [paid, all] = [money.next(100).paid, 0];
    for (let tick = 1; tick < 3_000 * TICKS_PER_SECOND; tick++) {
      const next = money.next(0);
      paid += next.paid;
      all += next.released;
      if (next.released > 0) released.push(tick / TICKS_PER_SECOND);
    }
    // 15 minutes and a minute of grace are over exactly when a sweep begins.
    expect(released).toEqual([960]);
    expect(all).toBeCloseTo(20);
    expect(paid).toBeCloseTo(80);
    expect(money.open()).toBeCloseTo(0);
  });
});
