import { describe, expect, test } from '@jest/globals';
import { droppedIn } from '../../lambdas/import/dropped.ts';

const event = (key: unknown, name: unknown = 'imports', requester: unknown = '000000000000') => ({
  detail: { bucket: { name }, object: { key }, requester },
});

describe('droppedIn()', () => {
  test('is the object that was dropped, and by whom', () => {
    expect(droppedIn(event('incoming/a b.csv'), 'imports')).toEqual({
      ...{ key: 'incoming/a b.csv', requester: '000000000000' },
    });
    expect(droppedIn(event('incoming/a.csv', 'imports', 7), 'imports').requester).toBe('unknown');
  });

  test.each([
    ['a report', event('reports/a.csv.json')],
    ['an object of another bucket', event('incoming/a.csv', 'others')],
    ['no key', event(undefined)],
    ['no object', { detail: {} }],
    ['nothing', {}],
  ])('refuses %s', (_, given) => {
    expect(() => droppedIn(given, 'imports')).toThrow('products are dropped into "imports" below');
  });
});
