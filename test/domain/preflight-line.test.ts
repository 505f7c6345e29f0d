import { expect, test } from '@jest/globals';
import { all, both, inOrder, type Line, learnt, unknown } from '../../domain/preflight-line.ts';

test('both() and all() know nothing where something is not known, and say why', () => {
  expect(both(learnt(1), learnt(2))).toEqual(learnt([1, 2]));
  expect(both(unknown('one'), learnt(2))).toEqual(unknown('one'));
  expect(both(learnt(1), unknown('two'))).toEqual(unknown('two'));
  expect(all([learnt(1), learnt(2)])).toEqual(learnt([1, 2]));
  expect(all([learnt(1), unknown('two')])).toEqual(unknown('two'));
  expect(all([])).toEqual(learnt([]));
});

test('inOrder() puts lines into the order of LINES', () => {
  const of = (id: Line['id']): Line => ({ id, verdict: 'pass', found: '', needed: '' });
  expect(inOrder([of('clock'), of('stock'), of('sale')]).map(({ id }) => id)).toEqual([
    ...['sale', 'stock', 'clock'],
  ]);
});
