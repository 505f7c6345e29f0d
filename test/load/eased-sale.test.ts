import { describe, expect, test } from '@jest/globals';
import { easedSale } from '../../load/eased-sale.ts';
import { aPublishedSale } from '../support/sales.ts';

const aSale = (difficulty: number) =>
  aPublishedSale({ admission: { ...aPublishedSale().admission, difficulty } });

describe('easedSale()', () => {
  test('makes the proof of work easier, and says so', () => {
    const { sale, notes } = easedSale(aSale(201), 200);
    expect(sale.admission).toMatchObject({ difficulty: 200, perSecond: 250 });
    expect(notes).toEqual([expect.stringContaining("proof of work 200 instead of the file's 201")]);
  });

  test.each([0, 199, 200])('leaves a sale as it is whose difficulty is %d', (difficulty) => {
    const sale = aSale(difficulty);
    expect(easedSale(sale, 200)).toEqual({ sale, notes: [] });
  });

  test('leaves out what a crowd does not have', () => {
    const wanted = { access: { captcha: true }, draw: { source: 'drand' } };
    const { sale, notes } = easedSale({ ...aSale(0), ...wanted }, 200);
    expect(sale).toEqual(aSale(0));
    expect(notes).toHaveLength(2);
  });
});
