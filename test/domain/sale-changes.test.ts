import { describe, expect, test } from '@jest/globals';
import type { PlannedSale } from '../../domain/planned-sale.ts';
import { plainSale } from '../../domain/publish.ts';
import type { PublishedSale } from '../../domain/sale.ts';
import { differencesOf } from '../../domain/sale-changes.ts';
import { anItem, aPublishedSale, OPENS_AT } from '../support/sales.ts';

const CLOSES_AT = OPENS_AT + 3_600_000;

const published = (changes: Partial<PublishedSale> = {}) =>
  aPublishedSale({ items: [anItem(), anItem({ sku: 'sofa', fromProduct: true })], ...changes });

const file = (changes: Partial<PlannedSale> = {}): PlannedSale => ({
  ...plainSale(published()),
  items: [anItem(), { product: 'sofa', units: 10, limit: 1 }],
  ...changes,
});

const caps = (lamp = 10, sofa = 10) =>
  new Map([
    ['lamp', lamp],
    ['sofa', sofa],
  ]);

const STAYS = { kind: 'never', why: 'it stays as it was published' };
const FEWER = { kind: 'never', why: 'units never become fewer, for they may be sold or held' };

const lampWith = (changes: object) =>
  file({ items: [anItem(changes), { product: 'sofa', units: 10, limit: 1 }] });

describe('differencesOf()', () => {
  test('finds none in the file itself, whatever the product is called by now', () => {
    const items = [anItem(), anItem({ sku: 'sofa', name: 'Couch', fromProduct: true })];
    expect(differencesOf(published({ items }), file(), caps())).toEqual([]);
  });

  test('says how a closing moves: later by extending, earlier never', () => {
    const later = CLOSES_AT + 1;
    expect(differencesOf(published(), file({ closesAt: later }), caps())).toEqual([
      {
        ...{ path: 'closesAt', is: CLOSES_AT, wanted: later },
        remedy: { kind: 'extend', to: later },
      },
    ]);
    const [earlier] = differencesOf(published(), file({ closesAt: CLOSES_AT - 1 }), caps());
    expect(earlier?.remedy).toMatchObject({ why: expect.stringContaining('never comes earlier') });
  });

  test('takes the closing of the file, and the one it was moved to, for the same', () => {
    const moved = published({ closesAt: CLOSES_AT + 9, plannedClosesAt: CLOSES_AT });
    expect(differencesOf(moved, file(), caps())).toEqual([]);
    expect(differencesOf(moved, file({ closesAt: CLOSES_AT + 9 }), caps())).toEqual([]);
    expect(differencesOf(moved, file({ closesAt: CLOSES_AT + 8 }), caps())).toMatchObject([
      { is: CLOSES_AT + 9, remedy: { kind: 'never' } },
    ]);
  });

  test('says how many units a restock must bring, of what there is by now', () => {
    const wanted = file({ items: [anItem(), { product: 'sofa', units: 25, limit: 1 }] });
    expect(differencesOf(published(), wanted, caps(10, 15))).toEqual([
      {
        ...{ path: 'items[sofa].units', is: 15, wanted: 25 },
        remedy: { kind: 'restock', sku: 'sofa', units: 10 },
      },
    ]);
    expect(differencesOf(published(), wanted, caps(10, 25))).toEqual([]);
    expect(differencesOf(published(), wanted, new Map())).toMatchObject([{ is: 10 }]);
  });

  test('never has fewer units, nor no end of them', () => {
    expect(differencesOf(published(), lampWith({ units: 9 }), caps())).toEqual([
      { path: 'items[lamp].units', is: 10, wanted: 9, remedy: FEWER },
    ]);
    const endless = differencesOf(published(), lampWith({ units: 'unlimited' }), caps());
    expect(endless).toMatchObject([{ remedy: FEWER }]);
  });

  test('names everything else that a file would change', () => {
    const place = { name: 'Kyoto', latitude: 35, longitude: 135.8 };
    const wanted = { ...lampWith({ price: 5, place }), title: 'Other', draw: { source: 'drand' } };
    const found = differencesOf(published(), wanted, caps());
    expect(found.map(({ path, is }) => [path, is])).toEqual([
      ['title', 'Night of the lamps'],
      ['items[lamp].price', 1999],
      ['draw.source', undefined],
      ['items[lamp].place.name', undefined],
      ['items[lamp].place.latitude', undefined],
      ['items[lamp].place.longitude', undefined],
    ]);
    for (const { remedy } of found) expect(remedy).toEqual(STAYS);
  });

  test('neither adds items, nor takes them away, nor moves them', () => {
    const bed = anItem({ sku: 'bed' });
    expect(differencesOf(published(), file({ items: [bed, anItem()] }), caps())).toMatchObject([
      { path: 'items[sofa]', is: 'sofa', wanted: undefined, remedy: { kind: 'never' } },
      { path: 'items[bed]', is: undefined, wanted: 'bed', remedy: { kind: 'never' } },
    ]);
    const turned = file({ items: file().items.toReversed() });
    expect(differencesOf(published(), turned, caps())).toMatchObject([
      { path: 'the order of items', is: ['lamp', 'sofa'], wanted: ['sofa', 'lamp'] },
    ]);
  });

  test('says that an item of a product was none, where the file now gives it all', () => {
    const items = [anItem(), anItem({ sku: 'sofa' })];
    const paths = differencesOf(published(), file({ items }), caps()).map(({ path }) => path);
    expect(paths).toContain('items[sofa].product');
  });
});
