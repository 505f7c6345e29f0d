import { describe, expect, test } from '@jest/globals';
import { codeHash, lotOf, mixedSeed, publicSlots, seedHash } from '../../adapters/slots.ts';
import { aPublishedSale, OPENS_AT } from '../support/sales.ts';

/** Computed with openssl, from the formulas of docs/architecture.md. */
const SEED = 'the-slot-seed';
const HASH = 'ddf316ef8538097a36cc1204552008de40a67260871b98aae8d485d90a259d5e';
const MIXED = 'd9cf873fcd1342240f4c8c5272184bfc9880ca29cf13e92fb6f3191148c94a27';
const MIXED_WITH_VALUE = '2b89cfeb6c05c126bc91f17ba4537b698edcf37caf323477f5a9d2630e95ded5';
const GREEN = '4fe46ea5d140fe73d2f241adbbb45659577c148a9d8fe3f3c04482cead7598a0';
const ADA = `g-${'A'.repeat(22)}`;

describe('the formulas', () => {
  test('are those that are announced', () => {
    expect(seedHash(SEED)).toBe(HASH);
    expect(mixedSeed(SEED)).toBe(MIXED);
    expect(mixedSeed(SEED, 'drand-123')).toBe(MIXED_WITH_VALUE);
    expect(lotOf(MIXED, ADA)).toBe(0x0c46);
    expect(lotOf(MIXED_WITH_VALUE, ADA)).toBe(0x3002);
  });

  test('bind a code to its sale, whatever its case and the spaces around it', () => {
    const hash = 'c3a703e3f710803ee021e56acf0d5c851a233adcfbdbb492b928fdbdd1d67733';
    expect(codeHash('night', 'LAMP-2026')).toBe(hash);
    expect(codeHash('night', ' lamp-2026\n')).toBe(hash);
    expect(codeHash('day', 'LAMP-2026')).not.toBe(hash);
    // As `printf 'night.%s' GR%C3%9CNE%20NACHT | sha256sum` says.
    expect(codeHash('night', 'grüne Nacht')).toBe(GREEN);
  });
});

describe('lotOf()', () => {
  test('is another for nearly everybody under another public value', () => {
    const one = mixedSeed(SEED, 'heads');
    const other = mixedSeed(SEED, 'tails');
    const same = Array.from({ length: 1000 }, (_, i) => `g-shopper-${i}`).filter(
      (shopper) => lotOf(one, shopper) === lotOf(other, shopper),
    );
    expect(same.length).toBeLessThan(5);
  });
});

describe('publicSlots()', () => {
  const sale = aPublishedSale({ slotSeed: SEED, draw: { source: 'drand round 7' } });

  test('announces the hash of the seed, and not the seed', () => {
    const slots = publicSlots(sale, OPENS_AT - 1);
    expect(slots).toEqual({
      ...{ saleId: 'night', seedHash: HASH, source: 'drand round 7', publicValue: null },
      ...{ opensAtEpochMs: OPENS_AT, widthMs: 0, slotsFromEpochMs: OPENS_AT },
      ...{ epochs: [OPENS_AT], seed: null, formula: expect.stringContaining('HMAC-SHA256') },
    });
    expect(JSON.stringify(slots)).not.toContain(SEED);
  });

  test('reveals the seed at the closing, and not one millisecond before', () => {
    expect(publicSlots(sale, sale.closesAt - 1).seed).toBeNull();
    expect(publicSlots(sale, sale.closesAt).seed).toBe(SEED);
  });

  test('tells of every slot epoch, and of the value that was drawn', () => {
    const later = OPENS_AT + 100_000;
    const resumed = { ...sale, slotsFrom: later, slotEpochs: [OPENS_AT, later], publicValue: 'x' };
    expect(publicSlots(resumed, OPENS_AT)).toMatchObject({
      ...{ publicValue: 'x', slotsFromEpochMs: later, epochs: [OPENS_AT, later] },
    });
  });

  test('names no source where none was announced', () => {
    expect(publicSlots(aPublishedSale(), OPENS_AT).source).toBeNull();
  });
});
