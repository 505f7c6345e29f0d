/** @module Random things that more than one law is about: names, holders, shoppers, keys, changes of a text. */

import fc from 'fast-check';
import { type HolderParts, holderOf } from '../../domain/order-id.ts';
import type { PublishedSale } from '../../domain/sale.ts';
import { aPublishedSale, OPENS_AT } from '../support/sales.ts';
import { shown } from './law.ts';

/** Sale ids and SKUs. */
export const names = fc.stringMatching(/^[A-Za-z0-9-]{1,40}$/);

export const shopperIds = fc.stringMatching(/^[gi]-[A-Za-z0-9_-]{22}$/);

export const transactionIds = fc.stringMatching(/^[A-Za-z0-9_-]{22}$/);

export const buyerKeys = fc
  .uint8Array({ minLength: 10, maxLength: 10 })
  .map((bytes) => Buffer.from(bytes).toString('base64url'));

/** What a holder can say. */
export const holderParts: fc.Arbitrary<HolderParts> = fc.record({
  buyerKey: buyerKeys,
  n: fc.integer({ min: 0, max: 255 }),
  attempt: fc.integer({ min: 0, max: 65_535 }),
  quantity: fc.integer({ min: 0, max: 255 }),
  since: fc.integer({ min: 0, max: 0xffffffff }),
});

export const holders = holderParts.map(holderOf);

/** Signing keys under two ids, the second of them active. */
export const keyRings = fc
  .record({
    ids: fc.uniqueArray(
      fc.stringMatching(/^[A-Za-z0-9_-]{1,32}$/).filter((id) => !RESERVED.has(id)),
      { minLength: 2, maxLength: 2 },
    ),
    keys: fc.uniqueArray(fc.stringMatching(/^[!-~]{8,40}$/), { minLength: 2, maxLength: 2 }),
  })
  .map(({ ids: [old = '', active = ''], keys: [oldKey = '', key = ''] }) => ({
    active,
    [old]: oldKey,
    [active]: key,
  }));

/** Names that stand for something else in a key ring, or in every object. */
const RESERVED = new Set(['active', 'made', '__proto__']);

/** Something done to a text. */
export type Tamper = (text: string) => string;

const odd = fc.constantFrom('.', '=', '+', '/', ' ', '\n', '\0', '%', 'é', '\u{1f600}', '#');
const char = fc.oneof(fc.stringMatching(/^[A-Za-z0-9_-]$/), odd);

/** Changes of one character, somewhere: another one there, one more, or one less. What comes out may be the same text. */
export const tampers: fc.Arbitrary<Tamper> = fc
  .record({ at: fc.nat({ max: 9999 }), char, less: fc.nat({ max: 1 }), more: fc.nat({ max: 1 }) })
  .map(({ at, char: drawn, less, more }) => {
    const put = more === 1 ? drawn : '';
    const tamper = (text: string) => {
      const place = at % (text.length + 1);
      return text.slice(0, place) + put + text.slice(place + less);
    };
    return shown(tamper, `${fc.stringify(put)} for ${less} characters at ${at}`);
  });

/** A text beside which there are others that differ from it in a character or two. */
export const nearTexts = fc
  .tuple(fc.string({ unit: 'grapheme' }), fc.array(tampers, { maxLength: 2 }))
  .map(([text, some]) => [text, some.reduce((now, tamper) => tamper(now), text)] as const);

/** Published sales that differ in all that decides slots and tickets. They open at {@link OPENS_AT}. */
export const slottedSales: fc.Arbitrary<PublishedSale> = fc
  .record({
    id: names,
    admission: fc.record({
      expectedShoppers: fc.nat({ max: 1_000_000 }),
      perSecond: fc.integer({ min: 1, max: 100_000 }),
      difficulty: fc.constant(0),
      ticketSeconds: fc.integer({ min: 1, max: 600 }),
    }),
    slotSeed: fc.stringMatching(/^[A-Za-z0-9_-]{16,24}$/),
    publicValue: fc.option(fc.string({ unit: 'grapheme', minLength: 1 }), { nil: undefined }),
    resumes: fc.uniqueArray(fc.integer({ min: 1, max: 10_000_000 }), { maxLength: 3 }),
  })
  .map(({ resumes, publicValue, ...changes }) => {
    const slotEpochs = resumes.toSorted((a, b) => a - b).map((ms) => OPENS_AT + ms);
    const slotsFrom = slotEpochs.at(-1);
    return aPublishedSale({
      ...{ ...changes, closesAt: OPENS_AT + 10_000_000_000 },
      ...(publicValue !== undefined && { publicValue, draw: { source: 'drand' } }),
      ...(slotsFrom !== undefined && { slotsFrom, slotEpochs }),
    });
  });
