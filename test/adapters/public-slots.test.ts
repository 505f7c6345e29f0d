import { createServer } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { fetchSlots, judgeSlots, slotsOfShopper } from '../../adapters/public-slots.ts';
import { lotOf, mixedSeed, publicSlots, seedHash } from '../../adapters/slots.ts';
import { listen } from '../../local/listening.ts';
import { aPublishedSale, OPENS_AT } from '../support/sales.ts';

const SALE = aPublishedSale({
  admission: { expectedShoppers: 1000, perSecond: 100, difficulty: 0, ticketSeconds: 10 },
  slotEpochs: [OPENS_AT + 600_000],
  publicValue: 'heads',
});
const BEFORE = publicSlots(SALE, OPENS_AT);
const AFTER = publicSlots(SALE, SALE.closesAt);

describe('judgeSlots()', () => {
  test('cannot judge before the closing', () => {
    expect(judgeSlots(BEFORE)).toBe('not-revealed');
  });

  test('finds the seed that was announced right', () => {
    expect(judgeSlots(AFTER)).toBe('right');
    expect(judgeSlots(AFTER, BEFORE.seedHash)).toBe('right');
  });

  test('finds a seed wrong that was put there afterwards, even with its hash', () => {
    const swapped = { ...AFTER, seed: 'a seed that suits me' };
    expect(judgeSlots(swapped)).toBe('wrong');
    const forged = { ...swapped, seedHash: seedHash(swapped.seed) };
    expect(judgeSlots(forged)).toBe('right');
    expect(judgeSlots(forged, BEFORE.seedHash)).toBe('wrong');
  });

  test('finds an announcement wrong that was changed although the seed is right', () => {
    expect(judgeSlots({ ...AFTER, seedHash: seedHash('other') }, BEFORE.seedHash)).toBe('wrong');
  });
});

describe('slotsOfShopper()', () => {
  test('computes the lot of the gate, and a slot in each epoch', () => {
    const lot = lotOf(mixedSeed(SALE.slotSeed, 'heads'), 'g-ada');
    const offset = Math.floor((lot * 10_000) / 65_536);
    expect(slotsOfShopper(AFTER, 'g-ada')).toEqual({
      lot,
      slots: [OPENS_AT + offset, OPENS_AT + 600_000 + offset],
    });
  });

  test('computes nothing before the closing', () => {
    expect(() => slotsOfShopper(BEFORE, 'g-ada')).toThrow(
      'Cannot compute a lot in "night": its seed is revealed at the closing',
    );
  });
});

describe('fetchSlots()', () => {
  let site: Awaited<ReturnType<typeof listen>>;
  beforeAll(async () => {
    const server = createServer(({ url }, response) => {
      const isThere = url === '/sales/night/slots.json';
      response.writeHead(isThere ? 200 : 404).end(isThere ? JSON.stringify(AFTER) : '');
    });
    site = await listen(server, 0);
  });
  afterAll(() => site?.close());

  test('reads the public file of a sale', async () => {
    expect(await fetchSlots(site.url, 'night')).toEqual(AFTER);
  });

  test('names the address that has no such file, or that nobody answers at', async () => {
    await expect(fetchSlots(site.url, 'day')).rejects.toThrow(
      `Cannot read ${site.url}/sales/day/slots.json: it answers 404`,
    );
    await expect(fetchSlots('http://127.0.0.1:1', 'day')).rejects.toThrow('nobody answers');
  });
});
