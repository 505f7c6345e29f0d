/** @module Laws of slots: in range, uniform, the same for gate and functions, and to be checked by anybody. */

import { equal, notEqual, ok } from 'node:assert/strict';
import fc from 'fast-check';
import { edgeSale } from '../../adapters/edge-store.ts';
import { judgeSlots, slotsOfShopper } from '../../adapters/public-slots.ts';
import {
  codeHash,
  lotOf,
  mixedSeed,
  type PublicSlots,
  publicSlots,
  seedHash,
} from '../../adapters/slots.ts';
import type { PublishedSale } from '../../domain/sale.ts';
import { LOTS, slotBase, slotOf, slotWidthMs } from '../../domain/slots.ts';
import { anEvent, answered, aSession, gateAt } from '../edge/gate-scene.ts';
import { OPENS_AT } from '../support/sales.ts';
import { nearTexts, shopperIds, slottedSales } from './arbitraries.ts';
import { chiSquare } from './chi-square.ts';
import { type Law, law, same } from './law.ts';

const lots = fc.nat({ max: LOTS - 1 });
const widths = fc.oneof(fc.nat({ max: 100_000 }), fc.nat({ max: 100_000_000_000 }));
const seeds = fc.stringMatching(/^[!-~]{1,40}$/);
const values = fc.string({ unit: 'grapheme' });

const BINS = 16;
const SHOPPERS = 20_000;

/** Exceeded by one in a thousand million uniform samples, at 15 degrees of freedom. */
const CHI_SQUARE_15 = 73.7;

/** What anybody gets to read. */
const asFile = (sale: PublishedSale, now: number): PublicSlots =>
  JSON.parse(JSON.stringify(publicSlots(sale, now)));

/** What the gate answers a shopper who asks for a ticket. */
async function ticketOf(sale: PublishedSale, shopper: string, now: number) {
  const uri = `/api/sales/${sale.id}/ticket`;
  const cookie = aSession({ u: shopper, e: 9e12 });
  const entries = JSON.parse(JSON.stringify(edgeSale(sale)));
  return answered(await gateAt(now, entries)(anEvent({ method: 'POST', uri, cookie }))).body;
}

export const slotLaws: readonly Law[] = [
  law(
    'slot: lies in the width, at or after its base',
    [lots, widths, fc.nat()],
    (lot, width, later) => {
      const slot = slotOf(OPENS_AT + later, width, lot);
      ok(Number.isInteger(slot) && slot >= OPENS_AT + later);
      ok(slot < OPENS_AT + later + Math.max(1, width));
    },
    5,
  ),

  law(
    'slot: a smaller lot is never later, and a resume keeps everybody in their place',
    [lots, lots, widths, fc.nat()],
    (one, other, width, later) => {
      const apart = (base: number) => slotOf(base, width, one) - slotOf(base, width, other);
      equal(apart(OPENS_AT + later), apart(OPENS_AT));
      if (one < other) ok(apart(OPENS_AT) <= 0);
    },
    5,
  ),

  law(
    'slot: a lot is a whole number of 0 to 65,535, the same each time',
    [seeds, values, shopperIds],
    (seed, value, shopper) => {
      const lot = lotOf(mixedSeed(seed, value), shopper);
      ok(Number.isInteger(lot) && lot >= 0 && lot < LOTS);
      equal(lotOf(mixedSeed(seed, value), shopper), lot);
    },
  ),

  law(
    'slot: lots are uniform over shoppers, under any seed',
    [seeds],
    (seed) => {
      const mixed = mixedSeed(seed);
      const drawn = Array.from({ length: SHOPPERS }, (_, i) => lotOf(mixed, `g-shopper-${i}`));
      const chi = chiSquare(
        drawn.map((lot) => Math.floor((lot * BINS) / LOTS)),
        BINS,
      );
      ok(chi < CHI_SQUARE_15, `chi-square is ${chi}`);
    },
    1 / 200,
  ),

  law(
    'slot: another seed or public value is another draw',
    [nearTexts, nearTexts],
    ([seed, otherSeed], [value, otherValue]) => {
      const isOne = seed === otherSeed && value === otherValue;
      // A full stop in a seed could move: seeds of ours are base64url.
      if (seed.includes('.') || otherSeed.includes('.')) return;
      equal(mixedSeed(seed, value) === mixedSeed(otherSeed, otherValue), isOne);
    },
  ),

  law(
    'slot: gate, functions and the published file give a shopper the same',
    [slottedSales, shopperIds],
    async (sale, shopper) => {
      const { lot, slots } = slotsOfShopper(asFile(sale, sale.closesAt), shopper);
      const answer = await ticketOf(sale, shopper, OPENS_AT);
      same([answer['lot'], answer['shopper']], [lot, shopper]);
      equal(answer['slotEpochMs'], slots.at(-1));
      equal(slotOf(slotBase(sale), slotWidthMs(sale.admission), lot), slots.at(-1));
      equal(slots.length, 1 + (sale.slotEpochs?.length ?? 0));
    },
  ),

  law(
    'slot: the seed is public from the closing on, and is what was announced',
    [slottedSales, fc.nat()],
    (sale, ms) => {
      const before = asFile(sale, sale.closesAt - 1 - ms);
      const after = asFile(sale, sale.closesAt + ms);
      equal(JSON.stringify(before).includes(sale.slotSeed), false);
      equal(judgeSlots(before), 'not-revealed');
      equal(judgeSlots(after, before.seedHash), 'right');
      equal(judgeSlots({ ...after, seed: `${sale.slotSeed}x` }), 'wrong');
      notEqual(seedHash(`${sale.slotSeed}x`), before.seedHash);
    },
  ),

  law(
    'slot: a code is compared whatever its case and the spaces around it',
    [fc.string({ unit: 'grapheme' }).filter((text) => text.isWellFormed())],
    (code) => {
      const hash = codeHash('night', code);
      equal(codeHash('night', ` ${code.trim().toUpperCase()}\n`), hash);
      notEqual(codeHash('day', code), hash);
    },
  ),
];
