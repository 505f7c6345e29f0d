import { describe, expect, test } from '@jest/globals';
import { memoryStore } from '../../adapters/memory-store.ts';
import { eventIn, eventPartition, keepEvent } from '../../domain/last-events.ts';

const AT = Date.UTC(2026, 10, 21, 20);

const anEvent = (changes: object = {}) => ({
  type: 'sale.opened.v1',
  detail: { id: 'night/opened/-/1', at: AT, saleId: 'night', ...changes },
});

describe('keepEvent()', () => {
  test('keeps an event once, however often it comes', async () => {
    const store = memoryStore();
    expect(await store.write(keepEvent(anEvent()))).toMatchObject({ kind: 'done' });
    expect(await store.write(keepEvent(anEvent()))).toMatchObject({ kind: 'refused' });
    expect(store.items.size).toBe(1);
  });

  test('puts events of a sale in order of their instants', () => {
    const keys = [AT - 1, AT, AT + 1000].map((at) => keepEvent(anEvent({ at })).item);
    expect(new Set(keys.map(({ pk }) => pk))).toEqual(new Set(['EVENT#night']));
    expect(keys.map(({ sk }) => sk)).toEqual(keys.map(({ sk }) => sk).sort());
  });

  test('lets it go after 90 days', () => {
    expect(keepEvent(anEvent()).put['expiresAt']).toBe(AT / 1000 + 90 * 24 * 3600);
  });

  test('keeps what is of no one sale where no sale can be', () => {
    const { item } = keepEvent(anEvent({ saleId: undefined }));
    expect([item.pk, eventPartition()]).toEqual(['EVENT#-', 'EVENT#-']);
  });
});

describe('eventIn()', () => {
  test('reads back what was kept', () => {
    const event = anEvent({ sku: 'lamp', units: 5 });
    expect(eventIn(keepEvent(event).put)).toEqual(event);
  });
});
