import {
  ConflictException,
  ResourceNotFoundException,
} from '@aws-sdk/client-cloudfront-keyvaluestore';
import { describe, expect, test } from '@jest/globals';
import { edgeSale, isDrawnAtEdge, putEdgeEntries } from '../../adapters/edge-store.ts';
import { readSaleFile } from '../../adapters/sale-file.ts';
import { mixedSeed } from '../../adapters/slots.ts';
import type { PublishedSale } from '../../domain/sale.ts';
import { aSaleFile, broken, print } from '../support/sale-files.ts';
import { aPublishedSale, OPENS_AT } from '../support/sales.ts';
import { fakeClient } from './fake-client.ts';

/** A store in which others come before, some times. */
const contested = (times: number, error: Error = aConflict()) => {
  let left = times;
  return fakeClient((name, before) => {
    if (name === 'DescribeKeyValueStoreCommand') return { ETag: `e${before}` };
    if (left-- > 0) throw error;
    return {};
  });
};

const aConflict = () => new ConflictException({ message: 'no', $metadata: {} });

const entryOf = (changes: Partial<PublishedSale> = {}) => {
  const { 'sale/night': entry } = edgeSale(aPublishedSale(changes));
  return JSON.parse(JSON.stringify(entry)) as Record<string, unknown>;
};

const DAY_MS = 86_400_000;
const admission = { expectedShoppers: 1000, perSecond: 100, difficulty: 0, ticketSeconds: 10 };

describe('edgeSale()', () => {
  test('says what the gate has to know, and nothing that the sale does not use', () => {
    expect(entryOf({ admission })).toEqual({
      ...{ o: OPENS_AT, c: OPENS_AT + 3_600_000, d: 'door-key-of-the-night', w: 10_000 },
      ...{ s: mixedSeed('seed'), p: false },
    });
  });

  test('never says the seed itself', () => {
    const entry = entryOf({ slotSeed: 'the-seed-itself', draw: { source: 'x' } });
    expect(JSON.stringify(entry)).not.toContain('the-seed-itself');
  });

  test('says that a sale is paused, and where slots begin after it', () => {
    expect(entryOf({ paused: true })).toMatchObject({ p: true });
    expect(entryOf({ slotsFrom: OPENS_AT + 9 })).toMatchObject({ p: false, e: OPENS_AT + 9 });
  });

  test('says that slots are not drawn until they are, and mixes what was drawn', () => {
    const draw = { source: 'drand round 7' };
    expect(entryOf({ draw })).toMatchObject({ n: true, s: mixedSeed('seed', '') });
    const drawn = entryOf({ draw, publicValue: 'heads' });
    expect(drawn).toMatchObject({ s: mixedSeed('seed', 'heads') });
    expect(drawn).not.toHaveProperty('n');
  });

  test('says what a challenge and a ticket are like where they are not the usual ones', () => {
    const entry = entryOf({ admission: { ...admission, difficulty: 50_000, ticketSeconds: 11 } });
    expect(entry).toMatchObject({ x: 50_000, t: 11_000 });
  });

  test('says who may have a ticket', () => {
    const access = {
      ...{ codeSha256: 'ab', captcha: true, memberships: ['gold'] },
      ...{ accountAgeDays: 30, countries: ['DE'] },
    };
    expect(entryOf({ access })).toMatchObject({
      ...{ h: 'ab', k: true, m: ['gold'], r: ['DE'], b: (OPENS_AT - 30 * DAY_MS) / 1000 },
    });
    expect(entryOf({ access: { accountAgeDays: 0 } })).toMatchObject({ b: OPENS_AT / 1000 });
    expect(entryOf({ access: { captcha: false } })).not.toHaveProperty('k');
  });

  test('stays within 1 KB in the largest sale that a sale file can describe', () => {
    const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
    const file = aSaleFile({
      opensAt: '2999-12-31T00:00:00.001Z',
      closesAt: '2999-12-31T00:00:00.002Z',
      admission: {
        ...{ expectedShoppers: 100_000_000, perSecond: 7 },
        ...{ difficulty: 1_000_000, ticketSeconds: 600 },
      },
      draw: { source: 'x' },
      access: {
        ...{ codeSha256: 'a'.repeat(64), captcha: true, accountAgeDays: 0 },
        memberships: Array.from({ length: 8 }, (_, i) => `${i}`.padEnd(40, 'm')),
        countries: letters
          .flatMap((one) => letters.map((other) => one + other))
          .filter((code) => broken({ access: { countries: [code] } }).length === 0)
          .slice(0, 50),
      },
    });
    const read = readSaleFile(print(file), 'x');
    if (!('sale' in read)) throw new Error(JSON.stringify(read.mistakes));
    const { items: _, ...sale } = read.sale;
    const [entry] = Object.values(
      edgeSale({
        ...aPublishedSale(),
        ...sale,
        ...{ doorKey: 'd'.repeat(22), paused: true, slotsFrom: sale.closesAt },
      }),
    );
    const bytes = Buffer.byteLength(JSON.stringify(entry));
    expect(bytes).toBeGreaterThan(900);
    expect(bytes).toBeLessThan(1024);
  });
});

describe('isDrawnAtEdge()', () => {
  const drawn = aPublishedSale({ draw: { source: 'x' }, publicValue: 'heads' });
  const atEdge = (entry: object | undefined) =>
    fakeClient(() => {
      if (entry === undefined) throw new ResourceNotFoundException({ message: '', $metadata: {} });
      return { Value: JSON.stringify(entry) };
    });

  test('is true where the gate has the very value, and false in every other case', async () => {
    const told = (sale: PublishedSale) => edgeSale(sale)['sale/night'];
    const { publicValue: _, ...undrawn } = drawn;
    const isDrawn = (entry: object | undefined) =>
      isDrawnAtEdge(atEdge(entry).client, 'arn', drawn);
    expect(await isDrawn(told(drawn))).toBe(true);
    expect(await isDrawn(told(undrawn))).toBe(false);
    expect(await isDrawn(told({ ...drawn, publicValue: 'tails' }))).toBe(false);
    expect(await isDrawn(undefined)).toBe(false);
  });

  test('throws what is no answer', async () => {
    const { client } = fakeClient(() => {
      throw new Error('no answer');
    });
    await expect(isDrawnAtEdge(client, 'arn', drawn)).rejects.toThrow('no answer');
  });
});

describe('putEdgeEntries()', () => {
  test('writes all entries in one update of the version that it saw', async () => {
    const { client, sent } = contested(0);
    await putEdgeEntries(client, 'arn', { a: { x: 1 }, b: { y: 2 } });
    const Puts = [
      { Key: 'a', Value: '{"x":1}' },
      { Key: 'b', Value: '{"y":2}' },
    ];
    expect(sent.map(({ input }) => input)).toEqual([
      { KvsARN: 'arn' },
      { KvsARN: 'arn', IfMatch: 'e0', Puts },
    ]);
  });

  test('takes away the entries that are undefined', async () => {
    const { client, sent } = contested(0);
    await putEdgeEntries(client, 'arn', { a: undefined });
    expect(sent.at(-1)?.input).toEqual({ KvsARN: 'arn', IfMatch: 'e0', Deletes: [{ Key: 'a' }] });
  });

  test('looks again where somebody else came before, four times', async () => {
    const { client, sent } = contested(4);
    await putEdgeEntries(client, 'arn', { a: {} });
    expect(sent.at(-1)?.input['IfMatch']).toBe('e8');
    await expect(putEdgeEntries(contested(5).client, 'arn', { a: {} })).rejects.toThrow(
      ConflictException,
    );
  });

  test('throws at once what is no conflict', async () => {
    const { client, sent } = contested(1, new Error('no answer'));
    await expect(putEdgeEntries(client, 'arn', { a: {} })).rejects.toThrow('no answer');
    expect(sent).toHaveLength(2);
  });
});
