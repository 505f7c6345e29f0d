/** @module Laws of the audit: consistent books are clean, and each single corruption of them is found. */

import { deepEqual, notEqual, ok } from 'node:assert/strict';
import fc from 'fast-check';
import { findingsOf, PROMISES, type PromiseName, type Verdict } from '../../domain/audit.ts';
import type { ShopperAnswer } from '../../domain/audit-answers.ts';
import { sum } from '../../domain/audit-books.ts';
import { verdictOf } from '../domain/audit-builders.ts';
import type { Corruption } from './corruption.ts';
import { type Law, law } from './law.ts';
import { LIMIT, type World, worlds, worldsWith } from './made-up-books.ts';
import { orderCorruptions } from './order-corruptions.ts';
import { stockCorruptions } from './stock-corruptions.ts';

const judge = ({ books, caps, answers }: World): Verdict =>
  verdictOf(books, {
    item: { units: sum(caps), limit: LIMIT },
    answers: answers as ShopperAnswer[],
  });

const brokenIn = ({ promises }: Verdict): PromiseName[] =>
  PROMISES.filter((name) => findingsOf(promises[name]).length > 0);

const told = (verdict: Verdict): string => JSON.stringify(verdict.promises, null, 1);

const corruptionLaw = ({ name, breaks, needs, corrupt }: Corruption): Law =>
  law(
    `audit: finds ${name}`,
    [worldsWith(needs), fc.nat({ max: 99 })],
    (world, choice) => {
      const verdict = judge(corrupt(world, choice));
      const broken = brokenIn(verdict);
      for (const promise of breaks) ok(broken.includes(promise), told(verdict));
      const ids = breaks.flatMap((promise) => findingsOf(verdict.promises[promise]));
      for (const { id, what } of ids) ok(id !== '' && what !== '');
    },
    0.25,
  );

export const auditLaws: readonly Law[] = [
  law('audit: consistent books break no promise, and nothing is odd in them', [worlds], (world) => {
    const verdict = judge(world);
    deepEqual(brokenIn(verdict), [], told(verdict));
    deepEqual([...verdict.observations], []);
  }),

  law(
    'audit: without answers it calls what it cannot judge not judged, never kept',
    [worlds],
    (world) => {
      const { promises } = verdictOf(world.books, {
        item: { units: sum(world.caps), limit: LIMIT },
      });
      notEqual(promises['nothing-lost'], true);
      notEqual(promises['exact-sell-through'], true);
    },
    0.25,
  ),

  law(
    'audit: counts each unit of consistent books once',
    [worlds],
    (world) => {
      const [counts] = judge(world).items;
      ok(counts);
      deepEqual(counts.avail + counts.held + counts.settled, counts.cap);
      deepEqual(counts.cap, sum(world.caps));
    },
    0.25,
  ),

  ...[...stockCorruptions, ...orderCorruptions].map(corruptionLaw),
];
