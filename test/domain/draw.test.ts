import { describe, expect, test } from '@jest/globals';
import { findSale } from '../../domain/catalogue.ts';
import { type DrawWorld, draw } from '../../domain/draw.ts';
import type { PublishedSale } from '../../domain/sale.ts';
import { OPENS_AT } from '../support/sales.ts';
import { openShop } from '../support/shop.ts';

const NOW = OPENS_AT - 600_000;

/** A sale that waits for its value. */
async function scene(changes: Partial<PublishedSale> = { draw: { source: 'drand round 7' } }) {
  const shop = await openShop(changes);
  const seen: { edge?: PublishedSale; slots?: PublishedSale } = {};
  const state = { now: NOW, fails: '' };
  const step = (name: string) => {
    if (state.fails === name) throw new Error('killed');
  };
  const world: DrawWorld = {
    store: shop.store,
    edge: {
      async changeSale(sale) {
        step('edge');
        seen.edge = sale;
      },
      isDrawn: async (sale) => seen.edge?.publicValue === sale.publicValue,
    },
    site: {
      async putSlots(sale) {
        step('site');
        seen.slots = sale;
      },
    },
    clock: () => state.now,
  };
  const drawnValue = async () => (await findSale(shop.store, 'night'))?.publicValue;
  return { shop, world, seen, state, drawnValue };
}

describe('draw()', () => {
  test('mixes the value in, and tells the edge and everybody of it', async () => {
    const { world, seen, drawnValue } = await scene();
    expect(await draw(world, 'night', 'heads')).toEqual({ kind: 'drawn' });
    expect([seen.edge?.publicValue, seen.slots?.publicValue]).toEqual(['heads', 'heads']);
    expect(await drawnValue()).toBe('heads');
  });

  test('draws once: another value is refused, and the same one is the same draw', async () => {
    const { world, seen, drawnValue } = await scene();
    await draw(world, 'night', 'heads');
    const refusal = { kind: 'drawn-already', publicValue: 'heads' };
    expect(await draw(world, 'night', 'tails')).toEqual(refusal);
    expect([await drawnValue(), seen.edge?.publicValue]).toEqual(['heads', 'heads']);
    expect(await draw(world, 'night', 'heads')).toEqual({ kind: 'drawn' });
  });

  test('counts the first of two values that come at the same time', async () => {
    const { shop, world, seen } = await scene();
    let isFirst = true;
    const write: typeof shop.store.write = async (one) => {
      if (isFirst) {
        isFirst = false;
        await draw(world, 'night', 'tails');
      }
      return shop.store.write(one);
    };
    const late = { ...world, store: { ...shop.store, write } };
    expect(await draw(late, 'night', 'heads')).toEqual({
      kind: 'drawn-already',
      publicValue: 'tails',
    });
    expect(seen.edge?.publicValue).toBe('tails');
  });

  test('takes a value 120 seconds before the opening, and not a millisecond later', async () => {
    const late = await scene();
    late.state.now = OPENS_AT - 119_999;
    expect(await draw(late.world, 'night', 'heads')).toEqual({ kind: 'too-late' });
    expect([await late.drawnValue(), late.seen.edge]).toEqual([undefined, undefined]);
    const { world, state } = await scene();
    state.now = OPENS_AT - 120_000;
    expect(await draw(world, 'night', 'heads')).toEqual({ kind: 'drawn' });
  });

  test('refuses a sale that is not there, or that announced no source', async () => {
    const { world } = await scene({});
    expect(await draw(world, 'day', 'heads')).toEqual({ kind: 'unknown-sale' });
    expect(await draw(world, 'night', 'heads')).toEqual({ kind: 'no-draw' });
  });

  test.each(['edge', 'site'])(
    'is finished by a repetition after it stopped at the %s',
    async (at) => {
      const { world, state, seen } = await scene();
      state.fails = at;
      await expect(draw(world, 'night', 'heads')).rejects.toThrow('killed');
      state.fails = '';
      state.now = OPENS_AT - 90_000;
      expect(await draw(world, 'night', 'heads')).toEqual({ kind: 'drawn' });
      expect([seen.edge?.publicValue, seen.slots?.publicValue]).toEqual(['heads', 'heads']);
    },
  );

  test('takes the value back where the edges never heard of it, and it is too late for that', async () => {
    const { world, state, seen, drawnValue } = await scene();
    state.fails = 'edge';
    await expect(draw(world, 'night', 'heads')).rejects.toThrow('killed');
    state.fails = '';
    state.now = OPENS_AT - 89_999;
    expect(await draw(world, 'night', 'heads')).toEqual({ kind: 'too-late' });
    expect([await drawnValue(), seen.edge]).toEqual([undefined, undefined]);
  });

  test('publishes a value that the edges have, however late', async () => {
    const { world, state, seen } = await scene();
    state.fails = 'site';
    await expect(draw(world, 'night', 'heads')).rejects.toThrow('killed');
    state.fails = '';
    state.now = OPENS_AT + 1;
    expect(await draw(world, 'night', 'heads')).toEqual({ kind: 'drawn' });
    expect(seen.slots?.publicValue).toBe('heads');
  });
});
